#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""Measures what docs/benchmarks.md reports, with the release build: start-up, one whole protect, the requests a server answers.

Absolute times depend on the machine and on what else it does; the table says what they were taken beside.
Peers are measured in the same run where they are installed (torch for the attack, age for sealing).
"""
import concurrent.futures
import http.client
import json
import os
import pathlib
import shutil
import ssl
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
DIGITS = ROOT / "Examples/digits"


def seconds(command: list[str], **options) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **options)
    return time.perf_counter() - start


def median(values: list[float]) -> str:
    return f"{statistics.median(values) * 1000:.1f} ms (min {min(values) * 1000:.1f}, max {max(values) * 1000:.1f}, n {len(values)})"


def requests(home: str, martlet: str) -> str:
    """One prediction after another from 8 connections that stay open."""
    server = subprocess.Popen(
        [martlet, "serve", "--one-time-key", "--port", "0", "--format", "json"],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "MARTLET_HOME": home},
    )
    try:
        text = ""
        for line in server.stdout:
            text += line
            if line.startswith("}"):
                break
        ready = json.loads(text)
        port = int(ready["address"].rsplit(":", 1)[1])
        body = (DIGITS / "request.json").read_bytes()
        headers = {"Authorization": f"Bearer {ready['key']}"}
        context = ssl.create_default_context(cafile=ready["certificate"])

        def ask(count: int) -> list[float]:
            connection = http.client.HTTPSConnection("localhost", port, context=context)
            taken = []
            for _ in range(count):
                start = time.perf_counter()
                connection.request("POST", "/v2/models/digits/infer", body, headers)
                answer = connection.getresponse()
                answer.read()
                assert answer.status == 200, answer.status
                taken.append(time.perf_counter() - start)
            return taken

        ask(50)
        start = time.perf_counter()
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            taken = sorted(sum(pool.map(ask, [250] * 8), []))
        wall = time.perf_counter() - start
        return (
            f"{len(taken) / wall:.0f} requests/s, median {taken[len(taken) // 2] * 1000:.1f} ms, "
            f"p99 {taken[len(taken) * 99 // 100] * 1000:.1f} ms (Python client on the same cores)"
        )
    finally:
        server.terminate()
        server.wait()


def main() -> int:
    martlet = str(
        pathlib.Path(
            subprocess.run(
                [ROOT / "Scripts/build", "--show-bin-path"], check=True, capture_output=True, text=True
            ).stdout.strip()
        )
        / "martlet"
    )
    print(f"load average before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    true = shutil.which("true")
    print("start-up, martlet --help:  ", median([seconds([martlet, "--help"]) for _ in range(31)]))
    print("beside it, true:           ", median([seconds([true]) for _ in range(31)]))
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "MARTLET_HOME": home}
        command = [martlet, "protect", str(DIGITS / "digits.onnx"), "--data", str(DIGITS / "digits.npz"), "--attack", "pgd"]
        ours = [seconds(command, env=environment) for _ in range(5)]
        print("martlet protect, digits:   ", median(ours))
        peer = subprocess.run(
            [sys.executable, ROOT / "Benchmarks/peers/pgd_torch.py"], capture_output=True, text=True
        )
        if peer.returncode == 0:
            measured = json.loads(peer.stdout.strip().splitlines()[-1])
            print(f"torch, the same attack:     {measured['seconds'] * 1000:.1f} ms, attack alone, model and data loaded")
        else:
            print("torch is not installed here: its line is left out")
        print("serve, digits, JSON, TLS:  ", requests(home, martlet))
    return 0


sys.exit(main())
