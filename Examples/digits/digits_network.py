# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""The network in digits.onnx, and the way back from that file to torch."""

from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import nn


class DigitsNetwork(nn.Module):
    """Grey images [batch, 1, 8, 8] in [0, 1] to ten logits."""

    def __init__(self) -> None:
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(1, 16, kernel_size=5, padding=2),
            nn.BatchNorm2d(16),
            nn.ReLU(),
            nn.Conv2d(16, 32, kernel_size=3, padding=1),
            nn.BatchNorm2d(32),
            nn.ReLU(),
            nn.MaxPool2d(2),
        )
        self.classifier = nn.Sequential(
            nn.Flatten(), nn.Linear(32 * 4 * 4, 32), nn.ReLU(), nn.Linear(32, 10)
        )

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        return self.classifier(self.features(image))


def load(path: Path) -> DigitsNetwork:
    """The network with the weights of an ONNX file, ready for inference.

    The initialisers carry torch's own parameter names. Only the batch counters of the
    normalisation layers are not in the file, and inference does not use them.
    """
    network = DigitsNetwork()
    state = {name: value for name, value in network.state_dict().items() if "num_batches" in name}
    for tensor in onnx.load(path).graph.initializer:
        state[tensor.name] = torch.from_numpy(numpy_helper.to_array(tensor).copy())
    network.load_state_dict(state)
    return network.eval()
