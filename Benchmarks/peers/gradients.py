#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""Times the slope of the loss by the input and by the weights, from Martlet's graphs in ONNX Runtime and from torch, in turn, and compares
the numbers.

    make build && python3 Benchmarks/peers/gradients.py

Needs torch, onnx, onnxscript and onnxruntime 1.32. Both use two cores unless --threads says otherwise; the seconds are those of processors, for one batch of 32; torch
runs the form that was faster of plain and channels-last. Martlet's run as the program runs them: by the input, the rows are shared out among workers with one thread each,
at most 8 at a time; by the weights, as many batches as there are cores are run at once, one thread each, as trainings of several models are, and count by the batch. With
--together, ONNX Runtime's own threads work on one batch together. By the weights, the graph is the one that training follows: its weights are an input.
MARTLET names another program than the release build.
"""
import argparse
import concurrent.futures
import os
import pathlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

import numpy as np
import onnxruntime
import torch
from torch.nn import functional

ROOT = pathlib.Path(__file__).resolve().parents[2]
MARTLET = os.environ.get("MARTLET", str(ROOT / ".build/release/martlet"))
sys.path.insert(0, str(ROOT / "Tests/Assess/Vectors"))

import networks  # noqa: E402

CASES = {
    "ResNet-18 for CIFAR, width 64": (
        "resnet", {"width": 64, "classes": 10, "depth": 2, "stages": 4, "groups": 1}, (3, 32, 32)),
    "ViT, 192 wide, 6 layers, 64 tokens": (
        "vit", {"side": 32, "patch": 4, "width": 192, "layers": 6, "heads": 3, "classes": 10}, (3, 32, 32)),
}  # fmt: skip
BATCH = 32


def graph(folder: str, threads: int, *options: str) -> tuple[onnxruntime.InferenceSession, dict[str, list[str]]]:
    """The graph that Martlet makes of the model in a folder, and the names of its inputs and outputs."""
    said = subprocess.run(
        [MARTLET, "assess", "gradient", f"{folder}/model.onnx", *options, "-o", f"{folder}/slope.onnx"],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = threads
    settings.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Weights that are only defaults are told about in a line each.
    settings.log_severity_level = 3
    session = onnxruntime.InferenceSession(f"{folder}/slope.onnx", settings, providers=["CPUExecutionProvider"])
    return session, {line[:10].strip(): line[10:].split(", ") for line in said.splitlines()}


def torch_slope(network: torch.nn.Module, x: torch.Tensor, y: torch.Tensor) -> np.ndarray:
    for parameter in network.parameters():
        parameter.requires_grad_(False)
    point = x.clone().requires_grad_()
    loss = functional.cross_entropy(network(point), y, reduction="sum")
    return torch.autograd.grad(loss, point)[0].numpy()


def torch_weight_slope(network: torch.nn.Module, x: torch.Tensor, y: torch.Tensor) -> float:
    for parameter in network.parameters():
        parameter.requires_grad_(True)
    loss = functional.cross_entropy(network(x), y)
    torch.autograd.grad(loss, list(network.parameters()))
    return loss.item()


def shared(session: onnxruntime.InferenceSession, outputs: list[str], feed: dict[str, np.ndarray], workers: int, most: int) -> list[np.ndarray]:
    """The rows of a batch on workers, as `Sharing` has it."""
    most = min(most, -(-BATCH // workers))
    parts = [{name: rows[start : start + most] for name, rows in feed.items()} for start in range(0, BATCH, most)]
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        found = list(pool.map(lambda part: session.run(outputs, part), parts))
    return [np.concatenate(rows) for rows in zip(*found)]


def at_once(session: onnxruntime.InferenceSession, outputs: list[str], feed: dict[str, np.ndarray], workers: int) -> None:
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        list(pool.map(lambda _: session.run(outputs, feed), range(workers)))


def times(rounds: int, ways: dict[str, Callable[[], object]], batches: int = 1) -> tuple[float, float]:
    """The best seconds of processors of Martlet for one of so many batches, and of the faster form of torch."""
    spent: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(rounds):
        for way, run in ways.items():
            start = time.process_time()
            run()
            spent[way].append(time.process_time() - start)
    best = {way: min(seconds) for way, seconds in spent.items()}
    return best.pop("martlet") / batches, min(best.values())


def line(title: str, ours: float, theirs: float, wanted: str, check: str) -> str:
    return f"| {title} | {1000 * ours:.0f} ms | {1000 * theirs:.0f} ms | {ours / theirs:.2f} | {wanted} | {check} |"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--together", action="store_true")
    options = parser.parse_args()
    inside = options.threads if options.together else 1
    workers, most = (1, BATCH) if options.together else (options.threads, 8)
    torch.set_num_threads(options.threads)
    print(f"load average {os.getloadavg()[0]:.1f}, torch {torch.__version__}, ONNX Runtime {onnxruntime.__version__}\n")
    by_weights = []
    print("By the input:\n")
    print("| | martlet | torch | ratio | wanted | to torch in float64 |\n|---|---|---|---|---|---|")
    for title, (name, sizes, shape) in CASES.items():
        x = torch.rand(BATCH, *shape, generator=torch.Generator().manual_seed(1))
        y = torch.arange(BATCH) % 10
        plain, last = networks.made(name, **sizes), networks.made(name, **sizes).to(memory_format=torch.channels_last)
        x_last = x.contiguous(memory_format=torch.channels_last)
        with tempfile.TemporaryDirectory() as folder:
            networks.export(plain, shape, f"{folder}/model.onnx", legacy=True)
            session, names = graph(folder, inside)
            weight_session, weight_names = graph(folder, inside, "--weights")
        feed = dict(zip(names["inputs"], (x.numpy(), y.numpy())))
        ours, theirs = times(options.rounds, {
            "martlet": lambda: shared(session, names["outputs"], feed, workers, most),
            "torch": lambda: torch_slope(plain, x, y),
            "torch, channels last": lambda: torch_slope(last, x_last, y),
        })  # fmt: skip
        exact = torch_slope(networks.made(name, **sizes).double(), x.double(), y)
        found = session.run(names["outputs"], feed)[2]
        # By example: where an activation is zero up to rounding, each takes one of the two slopes that it has there.
        off = np.abs(exact - found).reshape(BATCH, -1).max(1) / np.abs(exact).max()
        near = off < 1e-4
        check = f"{near.sum()} of {BATCH} examples within {off[near].max():.0e}"
        print(line(title, ours, theirs, "1.05" if name == "resnet" else "0.7", check), flush=True)

        targets, shares = np.eye(10, dtype=np.float32)[y], np.full(BATCH, 1 / BATCH, np.float32)
        weight_feed = dict(zip(weight_names["inputs"], (x.numpy(), targets, shares)))
        ours, theirs = times(options.rounds, {
            "martlet": lambda: at_once(weight_session, weight_names["outputs"], weight_feed, workers),
            "torch": lambda: torch_weight_slope(plain, x, y),
            "torch, channels last": lambda: torch_weight_slope(last, x_last, y),
        }, workers)  # fmt: skip
        exact_loss = torch_weight_slope(networks.made(name, **sizes).double(), x.double(), y)
        off_loss = abs(float(weight_session.run(weight_names["outputs"][:1], weight_feed)[0]) / exact_loss - 1)
        by_weights.append(line(title, ours, theirs, "1.2", f"the loss within {off_loss:.0e}"))
    print("\nBy the weights:\n\n| | martlet | torch | ratio | wanted | to torch in float64 |\n|---|---|---|---|---|---|")
    print("\n".join(by_weights))
    return 0


if __name__ == "__main__":
    sys.exit(main())
