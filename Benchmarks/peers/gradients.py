#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""Times the slope of the loss by the input, from Martlet's graph in ONNX Runtime and from torch, in turn, and compares the numbers.

    make build && python3 Benchmarks/peers/gradients.py

Needs torch, onnx, onnxscript and onnxruntime 1.32. Both use two threads; the seconds are those of processors, for one batch of 32; torch
runs the form that was faster of plain and channels-last.
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import time

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
BATCH, ROUNDS = 32, 15


def torch_slope(network: torch.nn.Module, x: torch.Tensor, y: torch.Tensor) -> np.ndarray:
    point = x.clone().requires_grad_()
    loss = functional.cross_entropy(network(point), y, reduction="sum")
    return torch.autograd.grad(loss, point)[0].numpy()


def main() -> int:
    torch.set_num_threads(2)
    print(f"load average {os.getloadavg()[0]:.1f}, torch {torch.__version__}, ONNX Runtime {onnxruntime.__version__}\n")
    print("| | martlet | torch | ratio | wanted | to torch in float64 |\n|---|---|---|---|---|---|")
    for title, (name, sizes, shape) in CASES.items():
        network = networks.made(name, **sizes)
        for parameter in network.parameters():
            parameter.requires_grad_(False)
        x = torch.rand(BATCH, *shape, generator=torch.Generator().manual_seed(1))
        y = torch.arange(BATCH) % 10
        with tempfile.TemporaryDirectory() as folder:
            networks.export(network, shape, f"{folder}/model.onnx", legacy=True)
            said = subprocess.run(
                [MARTLET, "assess", "gradient", f"{folder}/model.onnx", "-o", f"{folder}/loss.onnx"],
                check=True, capture_output=True, text=True,
            ).stdout  # fmt: skip
            names = {line[:10].strip(): line[10:].split(", ") for line in said.splitlines()}
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = 2
            session = onnxruntime.InferenceSession(f"{folder}/loss.onnx", options, providers=["CPUExecutionProvider"])
        feed = dict(zip(names["inputs"], (x.numpy(), y.numpy())))
        plain, last = network, networks.made(name, **sizes).to(memory_format=torch.channels_last)
        for parameter in last.parameters():
            parameter.requires_grad_(False)
        x_last = x.contiguous(memory_format=torch.channels_last)
        ways = {
            "martlet": lambda: session.run(names["outputs"], feed)[2],
            "torch": lambda: torch_slope(plain, x, y),
            "torch, channels last": lambda: torch_slope(last, x_last, y),
        }
        times: dict[str, list[float]] = {way: [] for way in ways}
        for _ in range(ROUNDS):
            for way, run in ways.items():
                start = time.process_time()
                run()
                times[way].append(time.process_time() - start)
        best = {way: min(seconds) for way, seconds in times.items()}
        theirs = min(best["torch"], best["torch, channels last"])
        exact = torch_slope(networks.made(name, **sizes).double(), x.double(), y)
        # By example: where an activation is zero up to rounding, each takes one of the two slopes that it has there.
        off = np.abs(exact - ways["martlet"]()).reshape(BATCH, -1).max(1) / np.abs(exact).max()
        near = off < 1e-4
        wanted = "1.05" if name == "resnet" else "0.7"
        print(
            f"| {title} | {1000 * best['martlet']:.0f} ms | {1000 * theirs:.0f} ms | {best['martlet'] / theirs:.2f} | {wanted} | {near.sum()} of {BATCH} examples within {off[near].max():.0e} |",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
