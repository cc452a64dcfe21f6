# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""The network in mlp.onnx, and the way back from that file to torch."""

from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import nn


class BreastCancerNetwork(nn.Module):
    """Features [batch, 30] in their raw units to two logits.

    The scaler is part of the network: who serves it, attacks it or certifies it needs no
    second file, and speaks in the units of the measurement.
    """

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(30))
        self.register_buffer("scale", torch.ones(30))
        self.layers = nn.Sequential(
            nn.Linear(30, 32), nn.ReLU(), nn.Linear(32, 16), nn.ReLU(), nn.Linear(16, 2)
        )

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        return self.layers((features - self.mean) / self.scale)


def load(path: Path) -> BreastCancerNetwork:
    """The network with the weights of an ONNX file: its initialisers carry torch's names."""
    network = BreastCancerNetwork()
    network.load_state_dict(
        {
            tensor.name: torch.from_numpy(numpy_helper.to_array(tensor).copy())
            for tensor in onnx.load(path).graph.initializer
        }
    )
    return network.eval()
