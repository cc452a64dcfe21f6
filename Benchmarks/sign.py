#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""Measures `martlet sign` and `martlet verify` beside the reference tool, model-signing, on models that it makes in a temporary folder.

    make build && Scripts/peers && python3 Benchmarks/sign.py

Every line is one whole process, start-up included; the two take turns, and the ratio is that of the medians. Memory is the
peak resident size. The files are in the page cache. `openssl speed` says in the same run what two cores can hash.
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
PEERS = {**os.environ, "PYTHONPATH": str(ROOT / ".build/peers")}
REFERENCE = [sys.executable, "-m", "model_signing"]


def large(folder: pathlib.Path) -> None:
    """2 GiB in 8 files."""
    block = bytearray(os.urandom(1 << 20))
    for index in range(8):
        with open(folder / f"shard-{index}.safetensors", "wb") as file:
            for part in range(256):
                block[:2] = bytes([index, part])
                file.write(block)


def many(folder: pathlib.Path) -> None:
    """5,000 files of 2 KB."""
    for index in range(5_000):
        place = folder / f"part-{index % 50}"
        place.mkdir(exist_ok=True)
        (place / f"{index}.bin").write_bytes(os.urandom(2_000))


def measure(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Seconds, and the peak of resident memory in MB."""
    start = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    taken = time.perf_counter() - start
    if status:
        sys.exit(f"{' '.join(command)} failed: {errors.decode()}")
    return taken, usage.ru_maxrss / 1024


def in_turn(ours: list[str], theirs: list[str], rounds: int, environment: dict[str, str]) -> tuple[list, list]:
    pairs = [(measure(ours, environment), measure(theirs, PEERS)) for _ in range(rounds)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def line(name: str, ours: list, theirs: list, wanted: str) -> float:
    mine = statistics.median(taken for taken, _ in ours)
    other = statistics.median(taken for taken, _ in theirs)
    memory = max(peak for _, peak in ours)
    print(
        f"| {name} | {mine * 1000:,.0f} ms ({min(t for t, _ in ours) * 1000:,.0f} to {max(t for t, _ in ours) * 1000:,.0f}), "
        f"{memory:.0f} MB | {other * 1000:,.0f} ms, {max(peak for _, peak in theirs):.0f} MB | {other / mine:.1f}x | {wanted} |"
    )
    return mine


def hash_limit() -> float:
    """Bytes a second that two processes of openssl hash."""
    said = subprocess.run(
        ["openssl", "speed", "-mr", "-multi", "2", "-seconds", "2", "-bytes", "262144", "-evp", "sha256"],
        capture_output=True, text=True, check=True).stdout
    return float(re.findall(r"^\+F:\d+:[^:]*:([\d.]+)$", said, re.MULTILINE)[-1])


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    print(f"2 cores, load average {os.getloadavg()[0]:.1f} before the run, n = {rounds}\n")
    print("| | martlet | model-signing 1.1.1 | ratio | wanted |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR", "/var/tmp")) as name:
        folder = pathlib.Path(name)
        home = {**os.environ, "MARTLET_HOME": str(folder / "home")}
        key = str(folder / "key.pem")
        subprocess.run([MARTLET, "keygen", "signing", "-o", key], check=True, env=home, stdout=subprocess.DEVNULL)
        for label, make, ratio in [("2 GiB in 8 files", large, "3x"), ("5,000 files of 2 KB", many, "4x")]:
            model = folder / "model"
            model.mkdir()
            make(model)
            ours, theirs = str(folder / "ours.sig"), str(folder / "theirs.sig")
            sign = [MARTLET, "sign", str(model), "--key", key, "-o", ours]
            verify = [MARTLET, "verify", str(model), "--signature", ours, "--key", key + ".pub"]
            peer = REFERENCE + ["sign", "key", "--private_key", key, "--signature", theirs, str(model)]
            check = REFERENCE + ["verify", "key", "--public_key", key + ".pub", "--signature", ours, str(model)]
            limit = hash_limit()
            signing = line(f"sign {label}", *in_turn(sign, peer, rounds, home), ratio)
            line(f"verify {label}, every byte", *in_turn(verify + ["--no-cache"], check, rounds, home), ratio)
            if make is large:
                rate = (2 << 30) / signing
                share = rate / limit
                print(f"| hashing while signing | {rate / 1e9:.2f} GB/s | openssl, two cores: {limit / 1e9:.2f} GB/s | {share:.0%} | 85 % |")
            time.sleep(3)  # Files that were just written are not remembered.
            measure(verify, home)
            again = [measure(verify, home) for _ in range(rounds)]
            said = json.loads(subprocess.run(verify + ["--format", "json"], env=home, capture_output=True, check=True).stdout)
            median = statistics.median(taken for taken, _ in again)
            print(
                f"| verify {label} again, unchanged ({said['read']:,} bytes read) | {median * 1000:.0f} ms, "
                f"{max(peak for _, peak in again):.0f} MB | | | 50 ms |")
            subprocess.run(["rm", "-rf", str(model)], check=True)


main()
