#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""Measures `martlet data seal` and `verify` on files that it makes in a temporary folder, beside what one core hashes.

    make build && pip install numpy && python3 Benchmarks/data.py

Every line is one whole process, start-up included, the median of several; memory is the peak resident size. The files are in the
page cache. `openssl speed` says in the same run, between the rounds, what one core hashes.
"""
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
MARTLET = os.environ.get("MARTLET", str(ROOT / ".build/release/martlet"))


MAKE = """
import sys
import numpy as np
folder = sys.argv[1]
generator = np.random.default_rng(0)
rows = 1 << 20
wide = generator.standard_normal((rows, 256), dtype=np.float32)
np.save(folder + "/wide.npy", wide)
pictures = wide[: rows // 4].view(np.uint8).reshape(rows // 4, 1, 32, 32)
np.savez(folder + "/pictures.npz", x=pictures, y=np.arange(rows // 4) % 10)
columns = np.round(generator.standard_normal((400_000, 20)), 4)
np.savetxt(folder + "/table.csv", columns, "%.4f", ",", header=",".join(f"c{i}" for i in range(20)), comments="")
"""
CHANGE = """
import sys
import numpy as np
rows = np.load(sys.argv[1], mmap_mode="r+")
rows[777_777, 100] += 1
rows.flush()
"""


def hash_speed() -> float:
    """Bytes a second that one process of openssl hashes, of pieces of 256 KiB."""
    said = subprocess.run(
        ["openssl", "speed", "-mr", "-seconds", "1", "-bytes", "262144", "-evp", "sha256"],
        capture_output=True, text=True, check=True).stdout
    return float(re.findall(r"^\+F:\d+:[^:]*:([\d.]+)$", said, re.MULTILINE)[-1])


def measure(command: list[str], expected: int = 0) -> tuple[float, float, float]:
    """Seconds, processor seconds, and the peak of resident memory in MB."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    taken = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) != expected:
        sys.exit(f"{' '.join(command)} failed: {errors.decode()}")
    return taken, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def line(name: str, command: list[str], size: int, rounds: int, expected: int = 0) -> None:
    runs, speeds = [], []
    for _ in range(rounds):
        speeds.append(hash_speed())
        runs.append(measure(command, expected))
    speed = statistics.median(speeds)
    taken = statistics.median(run[0] for run in runs)
    processor = statistics.median(run[1] for run in runs)
    print(
        f"| {name} | {taken:.2f} s | {size / taken / 1e9:.2f} GB/s | {processor:.2f} s | {max(run[2] for run in runs):.0f} MB | "
        f"{speed / 1e9:.2f} GB/s | {size / taken / speed:.0%} |", flush=True)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    print(f"{os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f} before the run, n = {rounds}\n")
    print("| | time | speed | processors | memory | one core's SHA-256 | ratio |\n|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR", "/var/tmp")) as name:
        folder = pathlib.Path(name)
        key = str(folder / "key.pem")
        subprocess.run([MARTLET, "keygen", "signing", "-o", key], check=True, stdout=subprocess.DEVNULL)
        # In a process of its own: what a process has before it becomes another counts as memory of the other.
        subprocess.run([sys.executable, "-c", MAKE, str(folder)], check=True)
        for label, file in [
            ("1 GiB, rows of 1 KiB: 256 float32 columns (npy)", "wide.npy"),
            ("256 MiB, pictures of 1 KiB and labels (npz)", "pictures.npz"),
            ("400,000 rows of 20 numbers (csv)", "table.csv"),
        ]:
            path, manifest = folder / file, str(folder / (file + ".manifest"))
            size = path.stat().st_size
            line(f"seal {label}", [MARTLET, "data", "seal", str(path), "--key", key, "-o", manifest], size, rounds)
            check = [MARTLET, "data", "verify", str(path), "--manifest", manifest, "--key", key + ".pub"]
            line(f"verify {label}", check, size, rounds)
            row = check + ["--row", "1000"]
            if file == "wide.npy":
                runs = [measure(row) for _ in range(rounds)]
                print(f"| one row of it, proved | {statistics.median(run[0] for run in runs) * 1000:.0f} ms | | | {max(run[2] for run in runs):.0f} MB | | |")
                subprocess.run([sys.executable, "-c", CHANGE, str(path)], check=True)
                line("verify it after a change, naming it", check, size, rounds, expected=1)
                found = json.loads(subprocess.run(check + ["--format", "json"], capture_output=True).stdout)["changes"]
                assert [row["now"] for row in found["changed"]] == [777_777], found


main()
