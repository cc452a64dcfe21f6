# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""Train digits.onnx: a small convolutional network on 8x8 handwritten digits."""

import argparse
import io
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from torch import nn

from digits_network import DigitsNetwork

HERE = Path(__file__).resolve().parent
DOC = (
    "Handwritten digits 0 to 9 from 8x8 grey images in [0, 1]. Trained on 1,200 images of "
    "UCI Optical Recognition of Handwritten Digits (CC BY 4.0), without adversarial training."
)


def train(x: torch.Tensor, y: torch.Tensor, epochs: int = 30, batch: int = 64) -> DigitsNetwork:
    network = DigitsNetwork().train()
    # Smoothed labels keep the logits moderate, so that the gradients an attack follows are not
    # lost to rounding.
    loss = nn.CrossEntropyLoss(label_smoothing=0.1)
    optimiser = torch.optim.AdamW(network.parameters(), lr=2e-3, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, epochs)
    for _ in range(epochs):
        for rows in torch.randperm(len(x)).split(batch):
            optimiser.zero_grad()
            loss(network(x[rows]), y[rows]).backward()
            optimiser.step()
        schedule.step()
    return network.eval()


def save(network: nn.Module, path: Path) -> None:
    """Write the network as one ONNX file, with the batch dimension left open."""
    buffer = io.BytesIO()
    torch.onnx.export(
        network,
        (torch.zeros(1, 1, 8, 8),),
        buffer,
        dynamo=False,
        opset_version=17,
        input_names=["image"],
        output_names=["logits"],
        dynamic_axes={"image": {0: "batch"}, "logits": {0: "batch"}},
        # The network is already in inference mode. These two keep the normalisation as its own
        # operator, so that the file's weights are the network's weights.
        training=torch.onnx.TrainingMode.PRESERVE,
        do_constant_folding=False,
    )
    model = onnx.load_from_string(buffer.getvalue())
    model.doc_string = DOC
    model.graph.name = "digits"
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, path)


def accuracy(path: Path, x: np.ndarray, y: np.ndarray) -> float:
    """Measured on the written file with ONNX Runtime, not on the network in memory."""
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    (logits,) = session.run(["logits"], {"image": x})
    return float((logits.argmax(1) == y).mean())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=HERE / "digits.npz")
    parser.add_argument("--out", type=Path, default=HERE / "digits.onnx")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()

    torch.manual_seed(arguments.seed)
    torch.use_deterministic_algorithms(True)
    torch.set_num_threads(2)
    data = np.load(arguments.data, allow_pickle=False)
    network = train(torch.from_numpy(data["x_train"]), torch.from_numpy(data["y_train"]))
    save(network, arguments.out)
    print(f"train accuracy {accuracy(arguments.out, data['x_train'], data['y_train']):.4f}")
    print(f"test accuracy  {accuracy(arguments.out, data['x_test'], data['y_test']):.4f}")


if __name__ == "__main__":
    main()
