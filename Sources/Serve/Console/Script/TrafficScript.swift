// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Looks again every two seconds while somebody looks at the page.
let trafficScript = #"""
  (() => {
    const place = document.getElementById("traffic");
    if (!place) return;
    document.getElementById("still").hidden = true;
    const look = async () => {
      if (!document.hidden) {
        try {
          const answer = await fetch(place.dataset.address, { redirect: "error" });
          if (answer.ok) {
            // The text comes from our own template, which has escaped every name in it.
            const page = new DOMParser().parseFromString(await answer.text(), "text/html");
            place.replaceChildren(...page.body.childNodes);
          }
        } catch { /* the server may be back the next time */ }
      }
      setTimeout(look, 2000);
    };
    setTimeout(look, 2000);
  })();

  """#
