#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""Measures what the guard costs a served question, and what a long run does to the server's memory.

    make build && apt-get install wrk && pip install numpy && python3 Benchmarks/guarding.py cost [ROUNDS]
    python3 Benchmarks/guarding.py memory [QUESTIONS]

The first has one server answer for the same model twice, with a guard (rate, budget, ranges, three channels, three parties,
rounding) and without, in turns of a second, so that whatever else the machine does falls on both alike. It compares the median time of a
question on one connection and the processor's time that the server takes for one.

The second has 200 keys ask from 200 connections, one question of twenty malformed, and compares resident memory.
"""
import json
import os
import pathlib
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time

import numpy

ROOT = pathlib.Path(__file__).resolve().parent.parent
MARTLET = os.environ.get("MARTLET", str(ROOT / ".build/release/martlet"))
MODEL = ROOT / "Examples/digits/digits.onnx"
DATA = ROOT / "Examples/digits/digits.npz"
LENIENT = "name: lenient\nrelease:\n  - require: scan.verdict == safe\n"
SETTINGS = """models:
  preload: ["*"]
  limits:
    - {name: plain, guard: {calibration: none}}
    - name: guarded
      guard:
        rate: {key: {burst: 1000000000, perSecond: 1000000000}}
        budget: {tenant: {queries: 4000000000}, network: {queries: 4000000000}}
        response: {decimals: 2, top: 3}
"""


class Server:
    """A martlet that answers for the digits twice, until the end of the block."""

    def __init__(self, scratch: pathlib.Path):
        self.scratch = scratch
        self.environment = {**os.environ, "MARTLET_HOME": str(scratch / "store")}
        policy = scratch / "lenient.yaml"
        policy.write_text(LENIENT)
        for name in ("plain", "guarded"):
            self.martlet("protect", str(MODEL), "--name", name, "--policy", str(policy))
        self.martlet("guard", "calibrate", str(MODEL), "--data", str(DATA), "--seed", "1", "-o", str(scratch / "guard.json"))
        self.martlet("guard", "keep", str(scratch / "guard.json"))
        (scratch / "serve.yaml").write_text(SETTINGS)

    def martlet(self, *arguments: str) -> str:
        done = subprocess.run([MARTLET, *arguments], capture_output=True, text=True, env=self.environment)
        if done.returncode:
            sys.exit(f"martlet {' '.join(arguments)}: {done.stderr}")
        return done.stdout.strip()

    def __enter__(self):
        self.process = subprocess.Popen(
            [MARTLET, "serve", "--config", str(self.scratch / "serve.yaml"), "--port", "0", "--format", "json"],
            stdout=subprocess.PIPE, text=True, env=self.environment,
        )
        text = ""
        for line in self.process.stdout:
            text += line
            if line.startswith("}"):
                break
        self.address = json.loads(text)["address"]
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        if self.process.wait(120):
            sys.exit("the server did not end well")

    def seconds(self) -> float:
        """The processor's time that the server has taken."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def resident(self) -> float:
        """MB."""
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", text).group(1)) / 1024


def ask(
    server: Server, model: str, keys: list[str], connections: int, seconds: int, malformed: int = 0
) -> tuple[int, float]:
    """How many questions were answered, and the median time of one in microseconds.

    Every question is another held-out picture, in turn, as a customer's would be.
    """
    pictures = numpy.load(DATA)["x_test"].astype("<f4")
    head = json.dumps(
        {
            "inputs": [{"name": "image", "shape": [1, 1, 8, 8], "datatype": "FP32", "parameters": {"binary_data_size": 256}}],
            "parameters": {"binary_data_output": True},
        },
        separators=(",", ":"),
    ).encode()
    (server.scratch / "bodies").write_bytes(b"".join(head + picture.tobytes() for picture in pictures))
    length = len(head) + 256
    lines = [
        'wrk.method = "POST"',
        f'local file = io.open("{server.scratch}/bodies", "rb")',
        'local bodies = file:read("*a")',
        "file:close()",
        f'wrk.headers["Inference-Header-Content-Length"] = "{len(head)}"',
        "local keys = {" + ",".join(f'"{key}"' for key in keys) + "}",
        "local turn = 0",
        "request = function()",
        "  turn = turn + 1",
        '  wrk.headers["Authorization"] = "Bearer " .. keys[turn % #keys + 1]',
        f"  local start = turn % {len(pictures)} * {length}",
        f"  local body = bodies:sub(start + 1, start + {length})",
        f"  if {malformed} > 0 and turn % {max(1, malformed)} == 0 then body = body:sub(1, -2) end",
        "  return wrk.format(nil, nil, nil, body)",
        "end",
        "done = function(summary, latency, requests)",
        '  io.write(string.format("RESULT %d %f %d\\n", summary.requests, latency:percentile(50), summary.errors.status))',
        "end",
    ]
    script = server.scratch / "ask.lua"
    script.write_text("\n".join(lines))
    said = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(script), f"{server.address}/v2/models/{model}/infer"],
        capture_output=True, text=True, check=True,
    ).stdout
    found = re.search(r"RESULT (\d+) ([\d.]+) (\d+)", said)
    if not found:
        sys.exit(said)
    if int(found.group(3)) and not malformed:
        sys.exit(f"{found.group(3)} questions were refused")
    return int(found.group(1)), float(found.group(2))


def interval(values: list[float]) -> str:
    """The middle and the quarters around it."""
    low, middle, high = statistics.quantiles(values, n=4)
    return f"{middle:.1f} ({low:.1f} to {high:.1f})"


def cost(server: Server, rounds: int) -> None:
    key = server.martlet("token", "create", "customer", "--role", "predictor")
    with server:
        for model in ("plain", "guarded"):
            ask(server, model, [key], 1, 2)
        times: dict[str, list[float]] = {"plain": [], "guarded": []}
        taken: dict[str, list[float]] = {"plain": [], "guarded": []}
        for turn in range(rounds):
            for model in ("plain", "guarded") if turn % 2 else ("guarded", "plain"):
                before = server.seconds()
                count, median = ask(server, model, [key], 1, 1)
                times[model].append(median)
                taken[model].append((server.seconds() - before) / count * 1e6)
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} shared cores, {rounds} turns of a second each\n")
    print("| | without a guard | with | difference | ratio |\n|---|---|---|---|---|")
    for name, found in (("median time of a question, µs", times), ("processor's time of the server, µs", taken)):
        differences = [two - one for one, two in zip(found["plain"], found["guarded"])]
        ratios = [two / one for one, two in zip(found["plain"], found["guarded"])]
        print(
            f"| {name} | {interval(found['plain'])} | {interval(found['guarded'])} | {interval(differences)} "
            f"| {statistics.median(ratios):.3f} |"
        )
    shown = server.martlet("guard", "show", "guarded", "--all")
    print("\n" + shown)


def memory(server: Server, questions: int) -> None:
    keys = [server.martlet("token", "create", f"client {number}", "--role", "predictor") for number in range(200)]
    with server:
        count, _ = ask(server, "guarded", keys, 200, 10, malformed=20)
        # What is free goes back to the system every ten seconds.
        time.sleep(15)
        before, total = server.resident(), 0
        print(f"warm: {count:,} questions, {before:.1f} MB at rest")
        while total < questions:
            count, _ = ask(server, "guarded", keys, 200, 10, malformed=20)
            total += count
            print(f"{total:,} questions, {server.resident():.1f} MB", flush=True)
        time.sleep(15)
        after = server.resident()
    print(
        f"{total:,} questions of 200 keys on 200 connections, one of twenty malformed: {before:.1f} MB before, {after:.1f} MB after, both at rest "
        f"({(after / before - 1) * 100:+.1f} %)"
    )
    print(server.martlet("log", "verify"))


def main() -> None:
    what = sys.argv[1] if len(sys.argv) > 1 else "cost"
    with tempfile.TemporaryDirectory() as folder:
        server = Server(pathlib.Path(folder))
        if what == "memory":
            memory(server, int(sys.argv[2]) if len(sys.argv) > 2 else 300_000)
        else:
            cost(server, int(sys.argv[2]) if len(sys.argv) > 2 else 20)


main()
