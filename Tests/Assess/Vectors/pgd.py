# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""Projected gradient descent in the maximum norm (Madry et al., arXiv 1706.06083), in torch."""

import torch
from torch import nn


def pgd(
    network: nn.Module,
    x: torch.Tensor,
    y: torch.Tensor,
    radius: float = 0.1,
    steps: int = 40,
) -> tuple[torch.Tensor, torch.Tensor]:
    """Which examples are classified right, and which of them stay so at every iterate.

    No random start; the step is 2.5 radii over all steps. Every iterate is within `radius` of its example and in the box [0, 1].
    An example leaves the batch as soon as one of its iterates is misclassified.
    """
    step_size = 2.5 * radius / steps
    clean = _correct(network, x, y)
    robust = clean.clone()
    adversarial = x.clone()
    for _ in range(steps):
        alive = robust.nonzero().flatten()
        if len(alive) == 0:
            break
        original, label = x[alive], y[alive]
        point = adversarial[alive].requires_grad_()
        loss = nn.functional.cross_entropy(network(point), label, reduction="sum")
        (gradient,) = torch.autograd.grad(loss, point)
        moved = point.detach() + step_size * gradient.sign()
        moved = moved.clamp(original - radius, original + radius).clamp(0, 1)
        adversarial[alive] = moved
        robust[alive] = _correct(network, moved, label)
    return clean, robust


@torch.no_grad()
def _correct(network: nn.Module, x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    return network(x).argmax(1) == y
