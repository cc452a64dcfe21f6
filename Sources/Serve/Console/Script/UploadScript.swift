// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Sends the files of the upload form by pieces, with progress. A piece that does not get through is sent again, and an upload
/// that broke off goes on where it was when the same files are chosen again.
let uploadScript = #"""
  (() => {
    const form = document.getElementById("upload");
    if (!form) return;
    const [bar, doing, detail, progress, failure] =
      ["bar", "doing", "detail", "progress", "failure"].map((id) => document.getElementById(id));
    const button = form.querySelector("button");
    const headers = { "X-Martlet-Form": form.dataset.token };

    const size = (bytes) =>
      bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB`
        : bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;

    const show = (words, done, all) => {
      progress.hidden = false;
      doing.textContent = words;
      if (all === undefined) {
        bar.removeAttribute("value");
        detail.textContent = "";
      } else {
        bar.value = all > 0 ? done / all : 1;
        detail.textContent = `${size(done)} of ${size(all)}`;
      }
    };

    const ask = async (method, path, body, type) => {
      const answer = await fetch(path, {
        method, body, headers: type ? { ...headers, "Content-Type": type } : headers, redirect: "error",
      });
      if (answer.ok) return answer;
      const words = (await answer.text()).trim();
      const error = new Error(answer.status === 303 ? "You are not signed in any more." : words);
      error.isFinal = answer.status < 500;
      throw error;
    };

    // What the network loses is sent again a few times.
    const again = async (work) => {
      for (let attempt = 1; ; attempt += 1) {
        try { return await work(); } catch (error) {
          if (error.isFinal || attempt === 5) throw error;
          await new Promise((resolve) => setTimeout(resolve, attempt * 1000));
        }
      }
    };

    const digest = async (file, step) => {
      const hash = new sha256();
      const piece = 4 << 20;
      for (let start = 0; start < file.size; start += piece) {
        const bytes = new Uint8Array(await file.slice(start, start + piece).arrayBuffer());
        hash.update(bytes);
        step(bytes.length);
      }
      return hash.hex();
    };

    const inside = (file, isAlone) => {
      if (isAlone) return ".";
      const path = file.webkitRelativePath;
      return path ? path.split("/").slice(1).join("/") : file.name;
    };

    const send = async (model, files) => {
      const all = files.reduce((sum, file) => sum + file.size, 0);
      let done = 0;
      const offered = [];
      for (const file of files) {
        const hash = await digest(file, (bytes) => show("Reading", done += bytes, all));
        offered.push({ name: inside(file, files.length === 1), digest: hash, size: file.size });
      }
      const offer = JSON.stringify({ model, files: offered });
      const begun = await (await again(() => ask("POST", "/upload/offers", offer, "application/json"))).json();
      if (begun.page) return begun.page;
      const { id, pieceSize, missing } = begun.push;
      const pieces = missing.flatMap(({ file, pieces }) => pieces.map((piece) => [file, piece]));
      const part = ([file, piece]) => files[file].slice(piece * pieceSize, (piece + 1) * pieceSize);
      done = all - pieces.reduce((sum, place) => sum + part(place).size, 0);
      show("Uploading", done, all);
      for (const place of pieces) {
        const body = part(place);
        await again(() => ask(
          "PUT", `/upload/${id}/files/${place[0]}/pieces/${place[1]}`, body, "application/octet-stream"));
        show("Uploading", done += body.size, all);
      }
      show("Scanning and sealing");
      return (await (await ask("POST", `/upload/${id}/complete`)).json()).page;
    };

    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      failure.hidden = true;
      button.disabled = true;
      try {
        location.assign(await send(form.elements.model.value.trim(), Array.from(form.elements.files.files)));
      } catch (error) {
        progress.hidden = true;
        failure.hidden = false;
        failure.textContent = error.message || "The upload failed.";
        button.disabled = false;
      }
    });
  })();

  """#
