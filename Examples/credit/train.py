# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""Train mlp.onnx and forest.onnx on applications for credit, and write the rows that test.csv keeps back."""

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

import applications

HERE = Path(__file__).resolve().parent
DOC = (
    "Bad (0) or good (1) credit risk from an application in raw units. Trained on 700 applications drawn at random. An "
    "example, not for decisions about people."
)


class CreditNetwork(nn.Module):
    """Standardises an application, then two hidden layers."""

    def __init__(self, mean: np.ndarray, scale: np.ndarray) -> None:
        super().__init__()
        self.register_buffer("mean", torch.from_numpy(mean))
        self.register_buffer("scale", torch.from_numpy(scale))
        width = len(mean)
        self.layers = nn.Sequential(
            nn.Linear(width, 16), nn.ReLU(), nn.Linear(16, 16), nn.ReLU(), nn.Linear(16, 2)
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.layers((x - self.mean) / self.scale)


def train_mlp(x: np.ndarray, y: np.ndarray, epochs: int = 12) -> CreditNetwork:
    scale = x.std(0)
    network = CreditNetwork(x.mean(0), np.where(scale > 0, scale, 1).astype(np.float32)).train()
    loss = nn.CrossEntropyLoss(label_smoothing=0.05)
    optimiser = torch.optim.AdamW(network.parameters(), lr=2e-3, weight_decay=1.0)
    rows_x, rows_y = torch.from_numpy(x), torch.from_numpy(y)
    for _ in range(epochs):
        for rows in torch.randperm(len(x)).split(32):
            optimiser.zero_grad()
            loss(network(rows_x[rows]), rows_y[rows]).backward()
            optimiser.step()
    return network.eval()


def export_mlp(network: nn.Module, width: int) -> onnx.ModelProto:
    buffer = io.BytesIO()
    torch.onnx.export(
        network,
        (torch.zeros(1, width),),
        buffer,
        dynamo=False,
        opset_version=17,
        input_names=["application"],
        output_names=["logits"],
        dynamic_axes={"application": {0: "batch"}, "logits": {0: "batch"}},
    )
    return onnx.load_from_string(buffer.getvalue())


def export_forest(forest: RandomForestClassifier, width: int) -> onnx.ModelProto:
    model = to_onnx(
        forest,
        initial_types=[("application", FloatTensorType([None, width]))],
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
    scores = session.run(None, {"application": x})[-1]
    return float((scores.argmax(1) == y).mean())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=HERE, help="folder for the models and test.csv")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()

    torch.manual_seed(arguments.seed)
    torch.use_deterministic_algorithms(True)
    torch.set_num_threads(1)
    x, y = applications.draw(1000, arguments.seed)
    train, test = slice(0, 700), slice(700, 1000)
    applications.write(arguments.out / "test.csv", x[test], y[test])
    width = x.shape[1]
    save(export_mlp(train_mlp(x[train], y[train]), width), arguments.out / "mlp.onnx")
    forest = RandomForestClassifier(
        n_estimators=30, max_depth=6, min_samples_leaf=3, random_state=arguments.seed
    ).fit(x[train], y[train])
    save(export_forest(forest, width), arguments.out / "forest.onnx")
    for name in ("mlp", "forest"):
        path = arguments.out / f"{name}.onnx"
        print(f"{name:6} train accuracy {accuracy(path, x[train], y[train]):.4f}")
        print(f"{name:6} test accuracy  {accuracy(path, x[test], y[test]):.4f}")


if __name__ == "__main__":
    main()
