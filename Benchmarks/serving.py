#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""Measures `martlet serve` with wrk on the same machine, and MLServer 1.7.1 beside it with the same models.

    make build && apt-get install wrk && python3 Benchmarks/serving.py [SECONDS [PYTHON]]
    python3 Benchmarks/serving.py million

The second has a million questions asked from 200 connections, one of twenty malformed, and compares memory before and after,
and what was answered with what is in the log. PYTHON is an interpreter with mlserver==1.7.1 and onnxruntime; without it only martlet is measured. Martlet answers over TLS
1.3 and asks for a key with each request; MLServer answers without either. Access is what it takes to recognise and allow a
request and to note it for the record, as the server itself counts it.
"""
import json
import os
import pathlib
import re
import shutil
import signal
import ssl
import struct
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
MARTLET = os.environ.get("MARTLET", str(ROOT / ".build/release/martlet"))
MODELS = {
    "network": (ROOT / "Examples/breast-cancer/mlp.onnx", "features", [1, 30]),
    "digits": (ROOT / "Examples/digits/digits.onnx", "image", [1, 1, 8, 8]),
}
LENIENT = "name: lenient\nrelease:\n  - require: scan.verdict == safe\n"


def bodies(name: str, shape: list[int]) -> dict[str, tuple[bytes, dict[str, str]]]:
    """A question in JSON and with raw tensors, each with its header fields."""
    count = 1
    for size in shape:
        count *= size
    values = [round(0.01 * index, 2) for index in range(count)]
    plain = {"inputs": [{"name": name, "shape": shape, "datatype": "FP32", "data": values}]}
    raw = struct.pack(f"<{count}f", *values)
    head = json.dumps(
        {
            "inputs": [{"name": name, "shape": shape, "datatype": "FP32", "parameters": {"binary_data_size": len(raw)}}],
            "parameters": {"binary_data_output": True},
        },
        separators=(",", ":"),
    ).encode()
    return {
        "binary": (head + raw, {"Inference-Header-Content-Length": str(len(head))}),
        "JSON": (json.dumps(plain, separators=(",", ":")).encode(), {"Content-Type": "application/json"}),
    }


def load(
    url: str, body: bytes, fields: dict[str, str], connections: int, seconds: int, scratch: pathlib.Path, malformed: int = 0
) -> dict:
    """What wrk says, with one thread of its own. One question of so many is cut off at the end, if any."""
    (scratch / "body").write_bytes(body)
    lines = [
        'wrk.method = "POST"',
        f'local file = io.open("{scratch}/body", "rb")',
        'wrk.body = file:read("*a")',
        "file:close()",
        *[f'wrk.headers["{name}"] = "{value}"' for name, value in fields.items()],
        "local turn = 0",
        *(
            [
                "request = function()",
                "  turn = turn + 1",
                f"  if turn % {malformed} == 0 then return wrk.format(nil, nil, nil, wrk.body:sub(1, -2)) end",
                "  return wrk.format()",
                "end",
            ]
            if malformed
            else []
        ),
        "done = function(summary, latency, requests)",
        '  io.write(string.format("RESULT %d %d %f %f %d\\n", summary.requests, summary.duration,',
        "    latency:percentile(50), latency:percentile(99),",
        "    summary.errors.status + summary.errors.read + summary.errors.write + summary.errors.timeout + summary.errors.connect))",
        "end",
    ]
    script = scratch / "ask.lua"
    script.write_text("\n".join(lines))
    said = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(script), url], capture_output=True, text=True, check=True
    ).stdout
    found = re.search(r"RESULT (\d+) (\d+) ([\d.]+) ([\d.]+) (\d+)", said)
    if not found:
        sys.exit(said)
    requests, duration, median, slow, errors = map(float, found.groups())
    return {"rate": requests / duration * 1e6, "p50": median / 1000, "p99": slow / 1000, "errors": int(errors)}


def resident(pid: int) -> float:
    """MB, of a process and those that it started."""
    total = 0.0
    for status in pathlib.Path("/proc").glob("[0-9]*/status"):
        try:
            text = status.read_text()
        except OSError:
            continue
        number = int(status.parent.name)
        parent = int(re.search(r"PPid:\s+(\d+)", text).group(1))
        if pid in (number, parent) and (size := re.search(r"VmRSS:\s+(\d+)", text)):
            total += int(size.group(1)) / 1024
    return total


def quantile(metrics: str, share: float) -> str:
    """Between which bounds a share of all that martlet_access_seconds counts lies."""
    buckets = [
        (float(bound), int(count))
        for bound, count in re.findall(r'martlet_access_seconds_bucket\{le="([^"]+)"\} (\d+)', metrics)
    ]
    total = buckets[-1][1]
    for bound, count in buckets:
        if count >= total * share:
            return f"at most {bound * 1e6:.0f} µs"
    return "?"


class Server:
    """A martlet that serves the models, until the end of the block."""

    def __init__(self, scratch: pathlib.Path):
        self.environment = {**os.environ, "MARTLET_HOME": str(scratch / "store")}
        policy = scratch / "lenient.yaml"
        policy.write_text(LENIENT)
        for name, (path, _, _) in MODELS.items():
            subprocess.run(
                [MARTLET, "protect", str(path), "--name", name, "--policy", str(policy)],
                check=True, stdout=subprocess.DEVNULL, env=self.environment,
            )

    def __enter__(self):
        self.process = subprocess.Popen(
            [MARTLET, "serve", "--one-time-key", "--port", "0", "--format", "json"],
            stdout=subprocess.PIPE, text=True, env=self.environment,
        )
        text = ""
        for line in self.process.stdout:
            text += line
            if line.startswith("}"):
                break
        ready = json.loads(text)
        self.address = ready["address"]
        self.key = {"Authorization": f"Bearer {ready['key']}"}
        self.context = ssl.create_default_context(cafile=ready["certificate"])
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        if self.process.wait(120):
            sys.exit("the server did not end well")

    def metrics(self) -> str:
        request = urllib.request.Request(self.address + "/metrics", headers=self.key)
        with urllib.request.urlopen(request, context=self.context) as answer:
            return answer.read().decode()

    def logged(self) -> tuple[int, str]:
        """How many questions the log says were let in, and what its verification says."""
        shown = subprocess.Popen(
            [MARTLET, "log", "show", "--last", "100000000", "--format", "json"],
            stdout=subprocess.PIPE, text=True, env=self.environment,
        )
        count = sum('"action":"serve.predict"' in line and '"outcome":"allowed"' in line for line in shown.stdout)
        shown.wait()
        said = subprocess.run([MARTLET, "log", "verify"], capture_output=True, text=True, env=self.environment).stdout
        return count, said.strip()


def answered(metrics: str, *statuses: str) -> int:
    found = re.findall(r'martlet_requests_total\{route="infer",status="(\d+)"\} (\d+)', metrics)
    return sum(int(count) for status, count in found if status in statuses)


def martlet(seconds: int, scratch: pathlib.Path) -> dict:
    results = {}
    served = Server(scratch)
    with served as server:
        begun = resident(server.process.pid)
        for name, (_, tensor, shape) in MODELS.items():
            for form, (body, fields) in bodies(tensor, shape).items():
                url = f"{server.address}/v2/models/{name}/infer"
                for connections in (1, 8, 32):
                    results[name, form, connections] = load(
                        url, body, {**fields, **server.key}, connections, seconds, scratch
                    )
        results["memory"] = (begun, resident(server.process.pid))
        metrics = server.metrics()
        results["access"] = (quantile(metrics, 0.5), quantile(metrics, 0.99))
    results["log"] = (answered(metrics, "200"), *served.logged())
    return results


def million(scratch: pathlib.Path) -> None:
    served = Server(scratch)
    with served as server:
        (_, tensor, shape) = MODELS["network"]
        body, fields = bodies(tensor, shape)["JSON"]
        url = f"{server.address}/v2/models/network/infer"
        ask = lambda seconds: load(url, body, {**fields, **server.key}, 200, seconds, scratch, malformed=20)  # noqa: E731
        ask(20)
        before = resident(server.process.pid)
        while answered(server.metrics(), "200", "400") < 1_000_000:
            ask(30)
        after = resident(server.process.pid)
        metrics = server.metrics()
    good, bad = answered(metrics, "200"), answered(metrics, "400")
    count, said = served.logged()
    print(f"{good + bad:,} questions from 200 connections, {bad:,} of them malformed and refused")
    print(f"memory: {before:.0f} MB before, {after:.0f} MB after ({(after / before - 1) * 100:+.1f} %)")
    print(f"log: {good + bad:,} questions let in, {count:,} in the log; {said}")


def mlserver(python: str, seconds: int, scratch: pathlib.Path) -> dict:
    folder = scratch / "mlserver"
    folder.mkdir()
    shutil.copy(ROOT / "Benchmarks/peers/serving.py", folder / "serving.py")
    (folder / "settings.json").write_text(
        json.dumps({"http_port": 18080, "grpc_port": 18081, "metrics_port": 18082, "parallel_workers": 0, "debug": False})
    )
    for name, (path, _, _) in MODELS.items():
        (folder / name).mkdir()
        (folder / name / "model-settings.json").write_text(
            json.dumps({"name": name, "implementation": "serving.OnnxModel", "parameters": {"uri": str(path)}})
        )
    with open(scratch / "mlserver.log", "w") as log:
        server = subprocess.Popen(
            [str(pathlib.Path(python).parent / "mlserver"), "start", str(folder)], stdout=log, stderr=log,
            env={**os.environ, "PYTHONPATH": str(folder)},
        )
    results = {}
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen("http://127.0.0.1:18080/v2/health/ready", timeout=1).read()
                break
            except OSError:
                time.sleep(0.5)
        for name, (_, tensor, shape) in MODELS.items():
            body, fields = bodies(tensor, shape)["JSON"]
            for connections in (1, 8, 32):
                url = f"http://127.0.0.1:18080/v2/models/{name}/infer"
                results[name, "JSON", connections] = load(url, body, fields, connections, seconds, scratch)
        results["memory"] = resident(server.pid)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(60)
    return results


def main() -> None:
    if sys.argv[1:] == ["million"]:
        with tempfile.TemporaryDirectory() as folder:
            return million(pathlib.Path(folder))
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        print(f"load average {os.getloadavg()[0]:.1f} before the run; wrk on the same {os.cpu_count()} cores, {seconds} s a line\n")
        ours = martlet(seconds, scratch)
        theirs = mlserver(sys.argv[2], seconds, scratch) if len(sys.argv) > 2 else {}
        print("| model, form, connections | martlet: requests a second | p50, p99 | MLServer 1.7.1 | p50, p99 | ratio |")
        print("|---|---|---|---|---|---|")
        for key, result in ours.items():
            if not isinstance(key, tuple):
                continue
            other = theirs.get((key[0], "JSON", key[2]))
            beside = f"{other['rate']:,.0f} (JSON) | {other['p50']:.1f}, {other['p99']:.1f} ms | {result['rate'] / other['rate']:.1f}x" if other else " | | "
            errors = f" ({result['errors']} errors)" if result["errors"] else ""
            print(f"| {key[0]}, {key[1]}, {key[2]} | {result['rate']:,.0f}{errors} | {result['p50']:.2f}, {result['p99']:.2f} ms | {beside} |")
        print(f"\naccess: median {ours['access'][0]}, p99 {ours['access'][1]}")
        print(f"memory: martlet {ours['memory'][0]:.0f} MB at the start, {ours['memory'][1]:.0f} MB at the end; MLServer {theirs.get('memory', 0):.0f} MB")
        print(f"log: {ours['log'][0]} questions answered, {ours['log'][1]} in the log; {ours['log'][2]}")


main()
