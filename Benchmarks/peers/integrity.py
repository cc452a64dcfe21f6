#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""`martlet assess integrity` beside cleanlab, and ART's spectral signatures and activation clustering, on data that this script
manipulates: labels turned at random and between two classes, patches and blends that come with another label.

    make build && pip install cleanlab==2.9.0 scikit-learn adversarial-robustness-toolbox==1.20.1 torch==2.13.0 onnx onnxscript
    python3 Benchmarks/peers/integrity.py [--seeds 5] [--mnist mnist.npz]

Labels: average precision of all rows ordered by how suspicious their labels are. Backdoors: the area under the curve of the rows
within the class that the trigger stands for; ART ranks by its spectral score, and its clustering says which rows it takes for
poison (recall and precision). Both get the network that was trained on the poisoned rows, as Martlet does with --model: a perceptron
(128, 64) for digits, and for MNIST also two convolutions of 16 and 32 channels with a layer of 64. Without it Martlet looks at the
pixels alone.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
from sklearn.datasets import load_breast_cancer, load_digits
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.preprocessing import StandardScaler

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
MARTLET = os.environ.get("MARTLET", str(ROOT / ".build/release/martlet"))


def flipped(kind: str, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    if kind.startswith("cancer"):
        x, y = load_breast_cancer(return_X_y=True)
        x = StandardScaler().fit_transform(x)
    else:
        x, y = load_digits(return_X_y=True)
        x = x / 16
    classes, given = y.max() + 1, y.copy()
    if kind == "digits, 3 turned to 8, 4 % of rows":
        rows = generator.choice(np.where(y == 3)[0], int(0.04 * len(y)), replace=False)
        given[rows] = 8
    else:
        share = float(kind.split()[1]) / 100
        rows = generator.choice(len(y), int(share * len(y)), replace=False)
        given[rows] = (y[rows] + generator.integers(1, classes, len(rows))) % classes
    bad = np.zeros(len(y), int)
    bad[rows] = 1
    return x.astype(np.float32), given, bad


def poisoned(kind: str, share: float, seed: int, x: np.ndarray, y: np.ndarray, target: int = 0):
    """A bright patch in the corner, a sixteenth of the picture, or a fixed random picture blended in with a fifth."""
    generator = np.random.default_rng(seed)
    rows = generator.choice(np.where(y != target)[0], int(share * len(y)), replace=False)
    x, y = x.copy(), y.copy()
    side = x.shape[-1]
    if kind == "patch":
        width = max(2, side // 8)
        x[rows, :, -width:, -width:] = 1
    else:
        pattern = np.random.default_rng(99).random(x.shape[1:]).astype(np.float32)
        x[rows] = 0.8 * x[rows] + 0.2 * pattern
    y[rows] = target
    bad = np.zeros(len(y), int)
    bad[rows] = 1
    return x, y, bad


def martlet(folder: str, x: np.ndarray, y: np.ndarray, *arguments: str) -> dict:
    data = folder + "/data.npz"
    np.savez(data, x=x.astype(np.float32), y=y.astype(np.int64))
    ended = subprocess.run(
        [MARTLET, "assess", "integrity", "--data", data, "--format", "json", "--scores", *arguments], capture_output=True)
    if ended.returncode not in (0, 1):
        sys.exit(ended.stderr.decode())
    return json.loads(ended.stdout)


def labels(seeds: int, folder: str) -> None:
    from cleanlab.rank import get_label_quality_scores

    print("| labels | cleanlab, forest | cleanlab, logistic regression | Martlet | taken for wrong: precision, recall |\n|---|---|---|---|---|")
    for kind in ["digits 5 %", "digits 10 %", "digits, 3 turned to 8, 4 % of rows", "cancer 5 %"]:
        found = {"forest": [], "linear": [], "martlet": [], "precision": [], "recall": []}
        for seed in range(seeds):
            x, y, bad = flipped(kind, seed)
            for name, model in [
                ("forest", RandomForestClassifier(100, random_state=0)), ("linear", LogisticRegression(max_iter=1000))
            ]:
                folds = StratifiedKFold(5, shuffle=True, random_state=0)
                told = cross_val_predict(model, x, y, cv=folds, method="predict_proba")
                found[name].append(average_precision_score(bad, 1 - get_label_quality_scores(y, told)))
            said = martlet(folder, x, y)
            found["martlet"].append(average_precision_score(bad, said["scores"]["label"]))
            taken = [row["row"] for row in said["suspicious"] if {"wrong label", "turned label"} & set(row["reasons"])]
            found["precision"].append(bad[taken].mean() if taken else 0)
            found["recall"].append(bad[taken].sum() / bad.sum())
        mean = {name: np.mean(values) for name, values in found.items()}
        print(
            f"| {kind} | {mean['forest']:.3f} | {mean['linear']:.3f} | {mean['martlet']:.3f} ({min(found['martlet']):.3f} to "
            f"{max(found['martlet']):.3f}) | {mean['precision']:.2f}, {mean['recall']:.2f} |", flush=True)


def perceptron(shape: tuple, classes: int):
    from torch import nn

    return nn.Sequential(
        nn.Flatten(), nn.Linear(int(np.prod(shape)), 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, classes))


def convolutions(shape: tuple, classes: int):
    from torch import nn

    return nn.Sequential(
        nn.Conv2d(shape[0], 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(32 * (shape[1] // 4) * (shape[2] // 4), 64), nn.ReLU(), nn.Linear(64, classes))


def trained(network, x: np.ndarray, y: np.ndarray, seed: int, epochs: int, path: str):
    """The network as torch module, and as ONNX file."""
    import torch

    torch.manual_seed(seed)
    model = network(x.shape[1:], int(y.max()) + 1)
    optimiser = torch.optim.Adam(model.parameters(), 1e-3)
    inputs, targets = torch.tensor(x), torch.tensor(y)
    for _ in range(epochs):
        for rows in torch.randperm(len(inputs)).split(64):
            optimiser.zero_grad()
            torch.nn.functional.cross_entropy(model(inputs[rows]), targets[rows]).backward()
            optimiser.step()
    model.eval()
    torch.onnx.export(
        model, (inputs[:2],), path, input_names=["x"], output_names=["logits"], dynamo=False,
        dynamic_axes={"x": {0: "n"}, "logits": {0: "n"}})
    return model


def art(model, x: np.ndarray, y: np.ndarray, bad: np.ndarray, target: int = 0) -> tuple[float, float, float]:
    import torch
    from art.defences.detector.poison import ActivationDefence, SpectralSignatureDefense
    from art.estimators.classification import PyTorchClassifier

    classes = int(y.max()) + 1
    # ART takes the layers of a Sequential by their places; the last one but one is what it uses.
    wrapped = PyTorchClassifier(model, torch.nn.CrossEntropyLoss(), x.shape[1:], classes)
    hot = np.eye(classes, dtype=np.float32)[y]
    spectral = SpectralSignatureDefense(wrapped, x, hot, expected_pp_poison=0.33, batch_size=256, eps_multiplier=1.0)
    spectral.detect_poison()
    features = wrapped.get_activations(x, layer=len(wrapped.layer_names) - 2, batch_size=256)
    own = y == target
    scores = SpectralSignatureDefense.spectral_signature_scores(features[own].reshape(own.sum(), -1))
    area = roc_auc_score(bad[own], np.ravel(scores))
    clustering = ActivationDefence(wrapped, x, hot)
    _, kept = clustering.detect_poison(nb_clusters=2, nb_dims=10, reduce="PCA")
    taken = (1 - np.array(kept)) * own
    return area, (taken * bad).sum() / bad.sum(), (taken * bad).sum() / max(1, taken.sum())


def backdoors(
    name: str, network, x: np.ndarray, y: np.ndarray, cases: list, seeds: int, epochs: int, folder: str) -> None:
    print(
        f"\n| backdoors in {name} | ART spectral | ART clustering: recall, precision | Martlet, pixels | Martlet, pixels and layer | "
        "found by pixels: recall, precision | by both: recall, precision | patch shown |\n|---|---|---|---|---|---|---|---|")
    for kind, share in cases:
        rows = []
        for seed in range(seeds):
            px, py, bad = poisoned(kind, share, seed, x, y)
            own = py == 0
            file = folder + "/model.onnx"
            model = trained(network, px, py, seed, epochs, file)
            peer = art(model, px, py, bad)
            plain = martlet(folder, px, py)
            layered = martlet(folder, px, py, "--model", file)
            measured = [*peer]
            for said in (plain, layered):
                measured.append(roc_auc_score(bad[own], np.array(said["scores"]["group"])[own]))
            for said in (plain, layered):
                taken = sorted({row for group in said["groups"] if group["kind"] == "trigger" for row in group["rows"]})
                measured += [bad[taken].sum() / bad.sum(), bad[taken].mean() if taken else 0]
            boxes = [group.get("box") for group in layered["groups"] if group["kind"] == "trigger" and group["label"] == "0"]
            rows.append([*measured, float(any(boxes))])
        mean = np.mean(rows, axis=0)
        print(
            f"| {kind} {share:.0%} | {mean[0]:.3f} | {mean[1]:.2f}, {mean[2]:.2f} | {mean[3]:.3f} | {mean[4]:.3f} | "
            f"{mean[5]:.2f}, {mean[6]:.2f} | {mean[7]:.2f}, {mean[8]:.2f} | {int(sum(row[9] for row in rows))} of {seeds} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--mnist")
    parser.add_argument("--mnist-seeds", type=int, default=1)
    parser.add_argument("--only", choices=["labels", "digits", "mnist"])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.only in (None, "labels"):
            labels(options.seeds, folder)
        x, y = load_digits(return_X_y=True)
        x = (x / 16).astype(np.float32).reshape(-1, 1, 8, 8)
        if options.only in (None, "digits"):
            backdoors(
                "digits, perceptron", perceptron, x, y, [("patch", 0.05), ("patch", 0.02), ("blend", 0.05), ("blend", 0.02)], options.seeds, 60,
                folder)
            print(f"\nclean digits: {martlet(folder, x, y)['findings']}")
        if options.mnist and options.only in (None, "mnist"):
            archive = np.load(options.mnist)
            x, y = archive["x_train"].astype(np.float32) / 255, archive["y_train"].astype(np.int64)
            for name, network in (("perceptron", perceptron), ("convolutions", convolutions)):
                backdoors(f"MNIST, {name}", network, x, y, [("patch", 0.01), ("blend", 0.01)], options.mnist_seeds, 6, folder)
            print(f"\nclean MNIST: {martlet(folder, x, y)['findings']}")


main()
