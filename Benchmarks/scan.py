#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""Measures `martlet scan` beside picklescan, whose pip package must be installed, on files that it makes in a temporary folder.

    make build && pip install picklescan==1.0.5 && python3 Benchmarks/scan.py
    pip install modelscan==0.8.8 fickling==0.1.12 modelaudit==0.2.54 && python3 Benchmarks/scan.py --all

Every line is one whole process, start-up included; the two take turns, and the ratio is that of the medians. Memory is the
peak resident size. Nothing is unpickled.
"""
import collections
import io
import os
import pathlib
import pickle
import resource
import statistics
import struct
import subprocess
import sys
import tempfile
import time
import types
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
MARTLET = str(ROOT / ".build/release/martlet")


def storage_type() -> type:
    """A class that pickles as `torch.FloatStorage`, without torch."""
    torch = types.ModuleType("torch")
    utils = types.ModuleType("torch._utils")
    torch.FloatStorage = type("FloatStorage", (), {"__module__": "torch"})

    def _rebuild_tensor_v2(*_):
        raise RuntimeError

    _rebuild_tensor_v2.__module__ = "torch._utils"
    utils._rebuild_tensor_v2 = _rebuild_tensor_v2
    _rebuild_tensor_v2.__qualname__ = "_rebuild_tensor_v2"
    sys.modules.update({"torch": torch, "torch._utils": utils})
    return torch.FloatStorage


def torch_archive(path: pathlib.Path, gigabytes: int) -> None:
    """What `torch.save` writes for a dictionary of large tensors."""
    kind = storage_type()
    rebuild = sys.modules["torch._utils"]._rebuild_tensor_v2
    count = (1 << 30) // 4 // 4

    class Key:
        def __init__(self, index):
            self.index = index

    class Tensor:
        def __init__(self, index):
            self.index = index

        def __reduce__(self):
            return rebuild, (Key(self.index), 0, (count,), (1,), False, collections.OrderedDict())

    class Writer(pickle.Pickler):
        def persistent_id(self, value):
            return ("storage", kind, str(value.index), "cpu", count) if isinstance(value, Key) else None

    members = 4 * gigabytes
    text = io.BytesIO()
    Writer(text, protocol=2).dump(collections.OrderedDict((f"layer{n}.weight", Tensor(n)) for n in range(members)))
    block = os.urandom(1 << 20)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        archive.writestr("archive/data.pkl", text.getvalue())
        archive.writestr("archive/byteorder", "little")
        for index in range(members):
            with archive.open(f"archive/data/{index}", "w", force_zip64=False) as member:
                for _ in range(count * 4 >> 20):
                    member.write(block)
        archive.writestr("archive/version", "3\n")


def numpy_pickle(path: pathlib.Path, megabytes: int) -> None:
    """An array of bytes in a pickle of protocol 4, as numpy writes it."""
    size = megabytes << 20
    with path.open("wb") as file:
        file.write(b"\x80\x04cnumpy._core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\x00\x85C\x01b\x87R(K\x01")
        file.write(b"\x8a\x05" + size.to_bytes(5, "little") + b"\x85")
        file.write(b"cnumpy\ndtype\n\x8c\x02u1\x89\x88\x87R(K\x03\x8c\x01|NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb\x89")
        file.write(b"\x8e" + struct.pack("<Q", size))
        block = os.urandom(1 << 20)
        for _ in range(megabytes):
            file.write(block)
        file.write(b"tb.")


def opcodes(path: pathlib.Path, millions: int) -> None:
    """Lists of small numbers and texts."""
    with path.open("wb") as file:
        file.write(b"\x80\x04](")
        part = b"".join(b"](K%cM\x10\x27\x8c\x04name\x94e" % (n % 250) for n in range(1000)) + b"e("
        for _ in range(millions * 1000 // 8):
            file.write(part)
        file.write(b"e.")


def texts(folder: pathlib.Path) -> list[pathlib.Path]:
    """JSON of 36 MB, XML of 23 MB and YAML of 20 MB, written in pieces: a child's peak begins with the memory of this script."""
    folder.mkdir()
    parts = {
        "large.json": ("[0", lambda n: f',{{"name":"n{n}","v":[{n},2,3]}}', 1_000_000, "]"),
        "large.xml": ("<PMML>", lambda n: f'<a b="{n}">text {n}</a>', 800_000, "</PMML>"),
        "large.yaml": ("", lambda n: f"k{n}: {{a: {n}, b: [1,2,3]}}\n", 600_000, ""),
    }
    for name, (begin, part, count, end) in parts.items():
        with (folder / name).open("w") as file:
            file.write(begin)
            for n in range(count):
                file.write(part(n))
            file.write(end)
    return sorted(folder.iterdir())


def run(command: list[str]) -> tuple[float, float, int]:
    """Seconds, peak MB and exit status of one process."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return time.perf_counter() - start, usage.ru_maxrss / 1024, child.returncode


def compare(name: str, path: pathlib.Path, options: list[str], times: int, peer: bool = True) -> None:
    commands = {"martlet": [MARTLET, "scan", "--no-cache", *options, str(path)]}
    if peer:
        commands["picklescan"] = [sys.executable, "-m", "picklescan", "--path", str(path)]
    taken = {tool: [] for tool in commands}
    peak = dict.fromkeys(commands, 0.0)
    codes = {}
    for _ in range(times):
        for tool, command in commands.items():
            seconds, memory, codes[tool] = run(command)
            taken[tool].append(seconds)
            peak[tool] = max(peak[tool], memory)
    cells = [f"{statistics.median(taken[tool]) * 1000:.0f} ms, {peak[tool]:.0f} MB, exit {codes[tool]}" for tool in commands]
    ratio = statistics.median(taken["picklescan"]) / statistics.median(taken["martlet"]) if peer else None
    print(f"| {name} | {' | '.join(cells)} | {f'{ratio:.1f}x' if ratio else ''} |", flush=True)


def others(name: str, path: pathlib.Path, tools: list[str]) -> None:
    """Each of the slower scanners once, beside one run of ours."""
    bin_ = pathlib.Path(sys.executable).parent
    commands = {
        "martlet": [MARTLET, "scan", "--no-cache", str(path)],
        "modelscan": [str(bin_ / "modelscan"), "-p", str(path)],
        "fickling": [str(bin_ / "fickling"), "--check-safety", str(path)],
        "modelaudit": [str(bin_ / "modelaudit"), "scan", str(path)],
    }
    cells = []
    ours = 0.0
    for tool, command in commands.items():
        if tool not in tools and tool != "martlet":
            cells.append("")
            continue
        seconds, memory, code = run(["timeout", "120", *command])
        ours = ours or seconds
        slower = "" if tool == "martlet" else f", {seconds / ours:.0f}x"
        cells.append("over 120 s" if code == 124 else f"{seconds:.2f} s, {memory:.0f} MB, exit {code}{slower}")
    print(f"| {name} | {' | '.join(cells)} |", flush=True)


def main() -> int:
    print(f"load average {os.getloadavg()[0]:.1f}")
    print("| | martlet | picklescan | |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR", "/var/tmp")) as place:
        folder = pathlib.Path(place)
        small = folder / "small"
        small.mkdir()
        (small / "one").mkdir()
        for index in range(2000):
            value = {"id": index, "weights": [n / 7 for n in range(300)], "name": f"model {index}"}
            (small / f"{index}.pkl").write_bytes(pickle.dumps(value, protocol=4))
        (folder / "empty.pkl").write_bytes(pickle.dumps({}))
        compare("start-up: one tiny pickle", folder / "empty.pkl", [], 15)
        compare("2,000 pickles of 3 KB", small, [], 7)
        torch_archive(folder / "large.pt", 2)
        compare("2 GiB torch archive, without hash", folder / "large.pt", ["--no-hash"], 7)
        compare("2 GiB torch archive, with SHA-256", folder / "large.pt", [], 3, peer=False)
        numpy_pickle(folder / "array.pkl", 512)
        compare("512 MiB numpy pickle, without hash", folder / "array.pkl", ["--no-hash"], 5)
        opcodes(folder / "opcodes.pkl", 12)
        compare("12 million opcodes, without hash", folder / "opcodes.pkl", ["--no-hash"], 1)
        for path in texts(folder / "texts"):
            compare(f"{path.suffix[1:].upper()} of {path.stat().st_size // 1_000_000} MB", path, [], 3, peer=False)
        if "--all" in sys.argv:
            print("\n| | martlet, with SHA-256 | modelscan | fickling | modelaudit |\n|---|---|---|---|---|")
            hundred = folder / "hundred"
            hundred.mkdir()
            for index in range(100):
                (hundred / f"{index}.pkl").write_bytes((small / f"{index}.pkl").read_bytes())
            others("one tiny pickle", folder / "empty.pkl", ["modelscan", "fickling", "modelaudit"])
            others("100 pickles of 3 KB", hundred, ["modelscan", "modelaudit"])
            others("2 GiB torch archive", folder / "large.pt", ["modelscan", "fickling", "modelaudit"])
            others("512 MiB numpy pickle", folder / "array.pkl", ["modelscan", "fickling", "modelaudit"])
            others("12 million opcodes", folder / "opcodes.pkl", ["modelscan", "fickling", "modelaudit"])
            print()
        seconds, _, _ = run(["openssl", "dgst", "-sha256", str(folder / "large.pt")])
        print(f"\n`openssl dgst -sha256` on the 2 GiB archive: {seconds * 1000:.0f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
