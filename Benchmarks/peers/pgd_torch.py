# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""Time the attack of pgd-digits.npz in torch on two CPU threads, for a side-by-side.

Prints one JSON object. The time is that of the attack alone, after one short warm-up: without
starting Python, importing torch and reading the model.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np
import torch

ROOT = Path(__file__).resolve().parents[2]
sys.path += [str(ROOT / "Examples/digits"), str(ROOT / "Tests/Assess/Vectors")]

import digits_network  # noqa: E402
from pgd import pgd  # noqa: E402


def main() -> None:
    torch.set_num_threads(2)
    network = digits_network.load(ROOT / "Examples/digits/digits.onnx").requires_grad_(False)
    data = np.load(ROOT / "Examples/digits/digits.npz", allow_pickle=False)
    x, y = torch.from_numpy(data["x_test"]), torch.from_numpy(data["y_test"])

    pgd(network, x, y, steps=2)
    start = time.perf_counter()
    clean, robust = pgd(network, x, y)
    seconds = time.perf_counter() - start
    result = {
        "seconds": round(seconds, 4),
        "cleanAccuracy": clean.double().mean().item(),
        "robustAccuracy": robust.double().mean().item(),
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
