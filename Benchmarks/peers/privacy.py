#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""Membership inference by `martlet assess privacy`, beside LiRA with 24 shadows that scikit-learn trained.

    make build && pip install numpy scikit-learn==1.7.2 onnx==1.19.1 skl2onnx
    python3 Benchmarks/peers/privacy.py FOLDER

For each set-up 33 models are trained on random halves of the data (seed 0). The first 8 are the targets, 24 of the others the
shadows of the comparison, which are of the very same code as the targets; Martlet has only the ONNX file, the data, and trains
shadows of its own. FOLDER keeps the models. MARTLET names another program than the release build.
"""
import argparse
import json
import os
import pathlib
import subprocess
import time
import warnings

import numpy as np
from sklearn.datasets import load_breast_cancer, load_digits
from sklearn.ensemble import RandomForestClassifier
from sklearn.neural_network import MLPClassifier

ROOT = pathlib.Path(__file__).resolve().parents[2]
MARTLET = os.environ.get("MARTLET", str(ROOT / ".build/release/martlet"))
MODELS, TARGETS, SHADOWS = 33, 8, 24


def digits() -> tuple[np.ndarray, np.ndarray]:
    data = load_digits()
    return (data.data / 16).astype(np.float32), data.target


def noisy_digits() -> tuple[np.ndarray, np.ndarray]:
    """Digits of which every tenth has a random label."""
    x, y = digits()
    random = np.random.default_rng(0)
    wrong = random.choice(len(y), len(y) // 10, replace=False)
    y = y.copy()
    y[wrong] = random.integers(0, 10, len(wrong))
    return x, y


def cancer() -> tuple[np.ndarray, np.ndarray]:
    data = load_breast_cancer()
    return data.data.astype(np.float32), data.target


def purchase() -> tuple[np.ndarray, np.ndarray]:
    """Baskets of 100 goods by 20 kinds of customers, who buy each good with a probability of their own."""
    random = np.random.default_rng(0)
    taste = random.beta(0.6, 1.4, (20, 100))
    y = random.integers(0, 20, 2000)
    mixed = 0.45 * taste[y] + 0.55 * taste.mean(0)
    return (random.random((2000, 100)) < mixed).astype(np.float32), y


def network(seed: int) -> MLPClassifier:
    return MLPClassifier((128,), max_iter=200, random_state=seed)


def forest(seed: int) -> RandomForestClassifier:
    return RandomForestClassifier(100, random_state=seed, n_jobs=1)


SETUPS = {
    "digits MLP": (digits, network),
    "digits MLP, noisy labels": (noisy_digits, network),
    "purchase MLP": (purchase, network),
    "digits RF": (digits, forest),
    "cancer RF": (cancer, forest),
}


def halves(rows: int) -> np.ndarray:
    """[MODELS, rows]: whether a row is in the training of a model."""
    random = np.random.default_rng(0)
    inside = np.zeros((MODELS, rows), bool)
    for model in range(MODELS):
        inside[model, random.permutation(rows)[: rows // 2]] = True
    return inside


def prepare(name: str, folder: pathlib.Path) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Trains the models, and writes the targets and their records.

    Returns the data, who is in which model, and how sure each model is of the right class, [MODELS, rows]."""
    from skl2onnx import to_onnx

    make, learner = SETUPS[name]
    x, y = make()
    inside = halves(len(y))
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / "right.npy"
    if not kept.exists():
        right = np.zeros((MODELS, len(y)))
        for model in range(MODELS):
            rows = inside[model]
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                trained = learner(model).fit(x[rows], y[rows])
            right[model] = trained.predict_proba(x)[np.arange(len(y)), y]
            if model < TARGETS:
                file = to_onnx(trained, x[:1], options={"zipmap": False}, target_opset={"": 18, "ai.onnx.ml": 3})
                (folder / f"{model}.onnx").write_bytes(file.SerializeToString())
                np.savez(folder / f"{model}-members.npz", x=x[rows], y=y[rows].astype(np.int64))
                np.savez(folder / f"{model}-nonmembers.npz", x=x[~rows], y=y[~rows].astype(np.int64))
        np.save(kept, right)
    return x, y, inside, np.load(kept)


def logits(right: np.ndarray, clip: float) -> np.ndarray:
    p = np.clip(right, clip, 1 - clip)
    return np.log(p) - np.log1p(-p)


def rates(scores: np.ndarray, member: np.ndarray) -> tuple[float, float]:
    """AUC, and the share of members above a threshold that at most 1 % of the others are above."""
    outside = np.sort(scores[~member])[::-1]
    allowed = int(0.01 * len(outside) + 1e-9)
    ranks = np.searchsorted(outside[::-1], scores[member], "left") + np.searchsorted(
        outside[::-1], scores[member], "right"
    )
    return ranks.mean() / 2 / len(outside), float((scores[member] > outside[allowed]).mean())


def lira(target: np.ndarray, shadows: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """Online LiRA (Carlini et al. 2022, Algorithm 1), with one variance for all, as they do for few shadows."""
    inner, outer = np.where(inside, shadows, np.nan), np.where(inside, np.nan, shadows)
    mean_in, mean_out = np.nanmean(inner, 0), np.nanmean(outer, 0)
    var_in, var_out = np.nanvar(inner - mean_in), np.nanvar(outer - mean_out)
    return (
        (target - mean_out) ** 2 / (2 * var_out) - (target - mean_in) ** 2 / (2 * var_in)
        + np.log(var_out / var_in) / 2
    )  # fmt: skip


def martlet(folder: pathlib.Path, target: int, *options: str) -> tuple[dict, float]:
    begin = time.monotonic()
    said = subprocess.run(
        [MARTLET, "assess", "privacy", f"{folder}/{target}.onnx", "--members", f"{folder}/{target}-members.npz",
         "--nonmembers", f"{folder}/{target}-nonmembers.npz", "--format", "json", *options],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    return json.loads(said), time.monotonic() - begin


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--only", choices=SETUPS)
    parser.add_argument("--shadows", default="4,8")
    parser.add_argument("--prepare", action="store_true", help="train the models, and stop")
    arguments = parser.parse_args()
    print("| set-up | attack | AUC | TPR at 1 % FPR | seconds |\n|---|---|---|---|---|")
    for name in [arguments.only] if arguments.only else SETUPS:
        folder = arguments.folder / name.replace(" ", "-").replace(",", "")
        x, y, inside, right = prepare(name, folder)
        clip = 1 / 200 if "RF" in name else 1e-9
        scaled = logits(right, clip)
        chosen = slice(TARGETS, TARGETS + SHADOWS)
        rows: list[tuple[str, np.ndarray, float]] = []
        loss = [rates(scaled[t], inside[t]) for t in range(TARGETS)]
        rows.append(("loss, in Python", np.mean(loss, 0), 0))
        online = [rates(lira(scaled[t], scaled[chosen], inside[chosen]), inside[t]) for t in range(TARGETS)]
        rows.append((f"LiRA online, {SHADOWS} shadows of scikit-learn, in Python", np.mean(online, 0), 0))
        if not arguments.prepare:
            runs = [(f"{count} shadows", ["--shadows", count]) for count in arguments.shadows.split(",")]
            if "MLP" in name:
                runs += [(f"{words}, the target's batch", [*options, "--batch", "200"]) for words, options in runs]
            for words, options in runs:
                found: dict[str, list[tuple[float, float]]] = {}
                seconds = []
                for target in range(TARGETS):
                    report, took = martlet(folder, target, *options, "--no-cache")
                    seconds.append(took)
                    for attack in report["attacks"]:
                        found.setdefault(attack["name"], []).append((attack["allAuc"], attack["allTprAt1PctFpr"]))
                for attack, values in found.items():
                    rows.append((f"Martlet {attack}, {words}", np.mean(values, 0), float(np.mean(seconds))))
        for attack, (auc, tpr), took in rows:
            print(f"| {name} | {attack} | {auc:.3f} | {100 * tpr:.1f} | {took:.1f} |", flush=True)


if __name__ == "__main__":
    main()
