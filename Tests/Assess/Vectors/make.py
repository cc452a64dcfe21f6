# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""Make the vectors in this folder with torch, from the models and data in Examples/."""

import sys
from pathlib import Path

import numpy as np
import torch
from torch import nn

HERE = Path(__file__).resolve().parent
EXAMPLES = HERE.parents[2] / "Examples"
sys.path += [str(EXAMPLES / "digits"), str(EXAMPLES / "breast-cancer")]

import breast_cancer_network  # noqa: E402
import digits_network  # noqa: E402
import networks  # noqa: E402
from pgd import pgd  # noqa: E402


def test_set(path: Path) -> tuple[torch.Tensor, torch.Tensor]:
    data = np.load(path, allow_pickle=False)
    return torch.from_numpy(data["x_test"]), torch.from_numpy(data["y_test"])


def write(name: str, **arrays: torch.Tensor) -> None:
    np.savez_compressed(HERE / name, **{key: value.numpy() for key, value in arrays.items()})


def write_gradient(name: str, network: nn.Module, x: torch.Tensor, y: torch.Tensor) -> None:
    """The cross-entropy of each row and its gradient by that row."""
    point = x.clone().requires_grad_()
    logits = network(point)
    loss = nn.functional.cross_entropy(logits, y, reduction="none")
    (gradient,) = torch.autograd.grad(loss.sum(), point)
    write(name, x=x, y=y, logits=logits.detach(), loss=loss.detach(), gradient=gradient)


def main() -> None:
    torch.use_deterministic_algorithms(True)
    torch.set_num_threads(2)

    network = digits_network.load(EXAMPLES / "digits/digits.onnx")
    x, y = test_set(EXAMPLES / "digits/digits.npz")
    write_gradient("digits-gradient.npz", network, x[:32], y[:32])
    clean, robust = pgd(network, x, y)
    write("pgd-digits.npz", clean=clean.byte(), robust=robust.byte())
    print(f"digits: clean {clean.float().mean():.4f}, robust {robust.float().mean():.4f}")

    network = breast_cancer_network.load(EXAMPLES / "breast-cancer/mlp.onnx")
    x, y = test_set(EXAMPLES / "breast-cancer/breast-cancer.npz")
    write_gradient("breast-cancer-mlp-gradient.npz", network, x[:32], y[:32])

    for name, (_, shape) in networks.NETWORKS.items():
        network = networks.made(name)
        for exporter, legacy in (("", False), ("-legacy", True)):
            networks.export(network, shape, str(HERE / f"{name}{exporter}.onnx"), legacy)
        x = torch.rand(4, *shape, generator=torch.Generator().manual_seed(1))
        write_gradient(f"{name}-gradient.npz", network, x, torch.arange(4))


if __name__ == "__main__":
    main()
