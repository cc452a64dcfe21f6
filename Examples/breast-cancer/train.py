# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""Train mlp.onnx and forest.onnx: benign or malignant, from 30 measurements of cell nuclei."""

import argparse
import io
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType
from sklearn.ensemble import RandomForestClassifier
from torch import nn

from breast_cancer_network import BreastCancerNetwork

HERE = Path(__file__).resolve().parent
DOC = (
    "Malignant (0) or benign (1) from 30 measurements of cell nuclei, in raw units. Trained on "
    "380 rows of UCI Breast Cancer Wisconsin (Diagnostic) (CC BY 4.0). Not for medical use."
)


def train_mlp(x: torch.Tensor, y: torch.Tensor, epochs: int = 40) -> BreastCancerNetwork:
    network = BreastCancerNetwork().train()
    network.mean.copy_(x.double().mean(0))
    network.scale.copy_(x.double().std(0, unbiased=False))
    # Smoothed labels keep the logits moderate, so that the gradients an attack follows are not
    # lost to rounding.
    loss = nn.CrossEntropyLoss(label_smoothing=0.1)
    optimiser = torch.optim.AdamW(network.parameters(), lr=2e-3, weight_decay=5e-2)
    for _ in range(epochs):
        for rows in torch.randperm(len(x)).split(32):
            optimiser.zero_grad()
            loss(network(x[rows]), y[rows]).backward()
            optimiser.step()
    return network.eval()


def export_mlp(network: nn.Module) -> onnx.ModelProto:
    buffer = io.BytesIO()
    torch.onnx.export(
        network,
        (torch.zeros(1, 30),),
        buffer,
        dynamo=False,
        opset_version=17,
        input_names=["features"],
        output_names=["logits"],
        dynamic_axes={"features": {0: "batch"}, "logits": {0: "batch"}},
    )
    return onnx.load_from_string(buffer.getvalue())


def train_forest(x: np.ndarray, y: np.ndarray, seed: int) -> RandomForestClassifier:
    return RandomForestClassifier(n_estimators=50, max_depth=6, random_state=seed).fit(x, y)


def export_forest(forest: RandomForestClassifier) -> onnx.ModelProto:
    model = to_onnx(
        forest,
        initial_types=[("features", FloatTensorType([None, 30]))],
        options={"zipmap": False},
        target_opset={"": 17, "ai.onnx.ml": 3},
    )
    # The converter names the default domain once for the model and once for its operator.
    opsets = {opset.domain: opset.version for opset in model.opset_import}
    del model.opset_import[:]
    model.opset_import.extend(onnx.helper.make_opsetid(*opset) for opset in sorted(opsets.items()))
    for value in (*model.graph.input, *model.graph.output):
        value.type.tensor_type.shape.dim[0].dim_param = "batch"
    return model


def save(model: onnx.ModelProto, path: Path) -> None:
    model.doc_string = DOC
    model.graph.name = path.stem
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, path)


def accuracy(path: Path, x: np.ndarray, y: np.ndarray) -> float:
    """Measured on the written file with ONNX Runtime, not on the model in memory."""
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    scores = session.run(None, {"features": x})[-1]
    return float((scores.argmax(1) == y).mean())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=HERE / "breast-cancer.npz")
    parser.add_argument("--out", type=Path, default=HERE, help="folder for the two models")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()

    torch.manual_seed(arguments.seed)
    torch.use_deterministic_algorithms(True)
    torch.set_num_threads(2)
    data = np.load(arguments.data, allow_pickle=False)
    x, y = data["x_train"], data["y_train"]
    mlp = train_mlp(torch.from_numpy(x), torch.from_numpy(y))
    save(export_mlp(mlp), arguments.out / "mlp.onnx")
    save(export_forest(train_forest(x, y, arguments.seed)), arguments.out / "forest.onnx")
    for name in ("mlp", "forest"):
        path = arguments.out / f"{name}.onnx"
        print(f"{name:6} train accuracy {accuracy(path, x, y):.4f}")
        print(f"{name:6} test accuracy  {accuracy(path, data['x_test'], data['y_test']):.4f}")


if __name__ == "__main__":
    main()
