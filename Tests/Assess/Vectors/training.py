# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""What torch's optimisers make of a small network in a few steps: `python training.py` writes training.onnx and training.npz."""

import io
from pathlib import Path

import numpy as np
import onnx
import torch
from torch import nn

HERE = Path(__file__).resolve().parent
STEPS, BATCH, RATE = 8, 16, 0.02
OPTIMISERS = {
    "sgd": lambda weights: torch.optim.SGD(weights, RATE),
    "momentum": lambda weights: torch.optim.SGD(weights, RATE, momentum=0.9, weight_decay=0.01),
    "adamw": lambda weights: torch.optim.AdamW(weights, RATE),
    "adamw-decay": lambda weights: torch.optim.AdamW(weights, RATE, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.3),
    "clipped": lambda weights: torch.optim.SGD(weights, RATE, momentum=0.9),
}  # fmt: skip
CLIPPING = {"clipped": 0.5}
SOFT = {"momentum"}


def network() -> nn.Module:
    """Images [batch, 2, 6, 6] to three logits, with normalisations that have seen something.

    No bias stands in front of a normalisation: its slope is rounding, of which AdamW makes whole steps.
    """
    torch.manual_seed(3)
    made = nn.Sequential(
        nn.Conv2d(2, 4, 3, padding=1, bias=False), nn.BatchNorm2d(4), nn.ReLU(),
        nn.Conv2d(4, 6, 3, stride=2, bias=False), nn.BatchNorm2d(6), nn.Tanh(), nn.Flatten(), nn.Linear(24, 3),
    )  # fmt: skip
    for module in made:
        if isinstance(module, nn.BatchNorm2d):
            nn.init.normal_(module.running_mean, 0, 0.3)
            nn.init.uniform_(module.running_var, 0.5, 2)
    return made


def write_model() -> None:
    buffer = io.BytesIO()
    torch.onnx.export(
        network().eval(), (torch.zeros(1, 2, 6, 6),), buffer, dynamo=False, opset_version=17, input_names=["x"],
        output_names=["logits"], dynamic_axes={"x": {0: "batch"}}, do_constant_folding=False,
        # So that the normalisations stay operators of their own.
        training=torch.onnx.TrainingMode.PRESERVE,
    )  # fmt: skip
    onnx.save(onnx.load_from_string(buffer.getvalue()), HERE / "training.onnx")


def main() -> None:
    torch.use_deterministic_algorithms(True)
    write_model()
    numbers = torch.Generator().manual_seed(4)
    x = torch.randn(STEPS * BATCH, 2, 6, 6, generator=numbers)
    y = torch.randint(0, 3, (STEPS * BATCH,), generator=numbers)
    soft = torch.softmax(2 * torch.randn(STEPS * BATCH, 3, generator=numbers), 1)
    arrays = {"x": x.numpy(), "y": y.numpy(), "soft": soft.numpy()}
    for statistics in ("batch", "running"):
        for name, optimiser in OPTIMISERS.items():
            learner = network().train(statistics == "batch")
            update = optimiser(learner.parameters())
            losses = []
            for rows in torch.arange(STEPS * BATCH).split(BATCH):
                update.zero_grad()
                target = soft[rows] if name in SOFT else y[rows]
                loss = nn.functional.cross_entropy(learner(x[rows]), target)
                loss.backward()
                if name in CLIPPING:
                    nn.utils.clip_grad_norm_(learner.parameters(), CLIPPING[name])
                update.step()
                losses.append(loss.item())
            arrays[f"{statistics}.{name}.losses"] = np.array(losses, np.float32)
            for key, value in learner.state_dict().items():
                if "num_batches" not in key:
                    arrays[f"{statistics}.{name}.{key}"] = value.detach().numpy()
    np.savez_compressed(HERE / "training.npz", **arrays)


if __name__ == "__main__":
    main()
