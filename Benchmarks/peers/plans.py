#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""What the plan `fast` misses: the same models under `fast`, `standard` and `plus`, and under the attacks that others report.

    make build && python3 Benchmarks/peers/plans.py [--mnist mnist.npz] [--examples N]

Trains small networks with torch (Examples/digits/requirements.txt): a perceptron and a vision transformer on the digits, and with --mnist
(arrays x_train, y_train, x_test and y_test of 28x28 bytes) a convolutional network, once as usual and once by adversarial training.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
import torch
from torch import nn

ROOT = pathlib.Path(__file__).resolve().parents[2]
MARTLET = os.environ.get("MARTLET", str(ROOT / ".build/release/martlet"))
sys.path.insert(0, str(ROOT / "Tests/Assess/Vectors"))

import networks  # noqa: E402

PLANS = ["fast", "standard", "plus", "pgd", "fgsm"]


class Digits(nn.Module):
    """The small vision transformer on digits, which have one channel and 8x8 pixels."""

    def __init__(self) -> None:
        super().__init__()
        self.body = networks.ViT(side=8, patch=2, width=48, layers=2, heads=4, classes=10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.body(x.expand(-1, 3, -1, -1))


def perceptron() -> nn.Module:
    return nn.Sequential(nn.Flatten(), nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 10))


def convolutions() -> nn.Module:
    return nn.Sequential(
        nn.Conv2d(1, 16, 3, stride=2, padding=1), nn.ReLU(), nn.Conv2d(16, 32, 3, stride=2, padding=1), nn.ReLU(),
        nn.Flatten(), nn.Linear(32 * 49, 64), nn.ReLU(), nn.Linear(64, 10),
    )  # fmt: skip


def train(
    network: nn.Module, x: torch.Tensor, y: torch.Tensor, epochs: int, radius: float = 0.0, rate: float = 2e-3
) -> nn.Module:
    """With a radius, on examples that seven steps of projected gradient descent have changed (Madry et al. 2018)."""
    optimiser = torch.optim.Adam(network.parameters(), lr=rate)
    for _ in range(epochs):
        for rows in torch.randperm(len(x)).split(64):
            batch, labels = x[rows], y[rows]
            if radius:
                point = (batch + (torch.rand_like(batch) * 2 - 1) * radius).clamp(0, 1)
                for _ in range(7):
                    point.requires_grad_()
                    (slope,) = torch.autograd.grad(nn.functional.cross_entropy(network(point), labels), point)
                    point = (point.detach() + radius / 4 * slope.sign()).clamp(batch - radius, batch + radius).clamp(0, 1)
                batch = point.detach()
            optimiser.zero_grad()
            nn.functional.cross_entropy(network(batch), labels).backward()
            optimiser.step()
    return network.eval()


def export(network: nn.Module, shape: tuple[int, ...], path: str) -> str:
    torch.onnx.export(
        network, (torch.zeros(2, *shape),), path, dynamo=False, input_names=["x"], output_names=["logits"],
        dynamic_axes={"x": {0: "n"}, "logits": {0: "n"}},
    )  # fmt: skip
    return path


def attacked(model: str, data: str, radius: float, plan: str) -> dict:
    run = subprocess.run(
        [MARTLET, "assess", "robustness", model, "--data", data, "--radius", str(radius), "--attack", plan, "--format", "json"],
        stdout=subprocess.PIPE, text=True, check=True, env={**os.environ, "MARTLET_HOME": "/nonexistent"},
    )  # fmt: skip
    return json.loads(run.stdout)


def line(name: str, model: str, data: str, radius: float) -> None:
    cells = []
    for plan in PLANS:
        report = attacked(model, data, radius, plan)
        seconds = sum(attack["seconds"] for attack in report["attacks"])
        cells.append(f"{100 * report['robustAccuracy']:.1f} {report['trust']} ({seconds:.0f} s)")
    print(f"| {name}, {radius} | {100 * report['cleanAccuracy']:.1f} | " + " | ".join(cells) + " |", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mnist")
    parser.add_argument("--examples", type=int, default=200)
    options = parser.parse_args()
    torch.manual_seed(0)
    torch.set_num_threads(2)
    folder = tempfile.mkdtemp()
    print("| model, radius | clean | " + " | ".join(PLANS) + " |\n|---|---|" + "---|" * len(PLANS))

    def data(x: np.ndarray, y: np.ndarray, name: str) -> str:
        np.savez(f"{folder}/{name}.npz", x=x[: options.examples], y=y[: options.examples])
        return f"{folder}/{name}.npz"

    digits = np.load(ROOT / "Examples/digits/digits.npz")
    x, y = torch.from_numpy(digits["x_train"]), torch.from_numpy(digits["y_train"])
    test = data(digits["x_test"], digits["y_test"], "digits")
    line("digits, convolutions", str(ROOT / "Examples/digits/digits.onnx"), test, 0.1)
    line("digits, perceptron", export(train(perceptron(), x, y, 30), (1, 8, 8), f"{folder}/mlp.onnx"), test, 0.1)
    line("digits, transformer", export(train(Digits(), x, y, 30), (1, 8, 8), f"{folder}/vit.onnx"), test, 0.1)
    line("digits, trained adversarially", export(train(perceptron(), x, y, 30, 0.1), (1, 8, 8), f"{folder}/hard.onnx"), test, 0.1)
    cancer = np.load(ROOT / "Examples/breast-cancer/breast-cancer.npz")
    table = data(cancer["x_test"], cancer["y_test"], "cancer")
    line("breast cancer, perceptron", str(ROOT / "Examples/breast-cancer/mlp.onnx"), table, 0.05)
    if options.mnist:
        mnist = np.load(options.mnist)
        x, y = torch.from_numpy(mnist["x_train"]).float() / 255, torch.from_numpy(mnist["y_train"]).long()
        x = x.reshape(-1, 1, 28, 28)
        test = data(mnist["x_test"].reshape(-1, 1, 28, 28).astype(np.float32) / 255, mnist["y_test"].astype(np.int64), "mnist")
        line("MNIST, convolutions", export(train(convolutions(), x, y, 4), (1, 28, 28), f"{folder}/conv.onnx"), test, 0.1)
        hard = train(convolutions(), x, y, 6, 0.2)
        line("MNIST, trained adversarially", export(hard, (1, 28, 28), f"{folder}/madry.onnx"), test, 0.2)
    return 0


if __name__ == "__main__":
    sys.exit(main())
