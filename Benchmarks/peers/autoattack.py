#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""Holds `martlet assess robustness --attack standard` against the reference AutoAttack, driven by torch, on the same model, data and
radius: robust accuracy, and example by example.

    git clone https://github.com/fra31/auto-attack COPY
    make build && python3 Benchmarks/peers/autoattack.py COPY [--norm linf|l2] [--radius R …] [--examples N]

Needs torch and onnx (Examples/digits/requirements.txt). The copy is not part of this project.
"""
import argparse
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

import numpy as np
import torch

ROOT = pathlib.Path(__file__).resolve().parents[2]
MARTLET = os.environ.get("MARTLET", str(ROOT / ".build/release/martlet"))
MODEL = ROOT / "Examples/digits/digits.onnx"
DATA = ROOT / "Examples/digits/digits.npz"
sys.path.insert(0, str(ROOT / "Examples/digits"))

import digits_network  # noqa: E402


def reference(copy: str, norm: str, radius: float, x: torch.Tensor, y: torch.Tensor) -> tuple[np.ndarray, float]:
    """Which examples stay right, and seconds of processors."""
    sys.path.insert(0, copy)
    from autoattack import AutoAttack

    network = digits_network.load(MODEL)
    start = time.process_time()
    attack = AutoAttack(
        network, norm={"linf": "Linf", "l2": "L2"}[norm], eps=radius, version="standard", seed=0, device="cpu", verbose=False
    )
    adversarial = attack.run_standard_evaluation(x, y, bs=len(x))
    taken = time.process_time() - start
    with torch.no_grad():
        return (network(adversarial).argmax(1) == y).numpy(), taken


def ours(norm: str, radius: float, data: str, plan: str) -> tuple[np.ndarray, float, dict]:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.run(
        [MARTLET, "assess", "robustness", str(MODEL), "--data", data, "--norm", norm, "--radius", str(radius),
         "--attack", plan, "--format", "json"],
        stdout=subprocess.PIPE, text=True, check=True, env={**os.environ, "MARTLET_HOME": "/nonexistent"},
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    report = json.loads(run.stdout)
    robust = np.array([example["outcome"] == "resisted" for example in report["examples"]])
    taken = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return robust, taken, report


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("copy")
    parser.add_argument("--norm", choices=["linf", "l2"], default="linf")
    parser.add_argument("--radius", type=float, nargs="+", default=[0.05, 0.1, 0.15])
    parser.add_argument("--examples", type=int, default=300)
    options = parser.parse_args()
    torch.set_num_threads(2)
    archive = np.load(DATA)
    x, y = archive["x_test"][: options.examples], archive["y_test"][: options.examples]
    part = tempfile.mkdtemp() + "/part.npz"
    np.savez(part, x=x, y=y)
    print(f"| {options.norm}, radius | reference | standard | agreement | fast | CPU: reference, standard, attacks of fast |")
    print("|---|---|---|---|---|---|")
    for radius in options.radius:
        theirs, their_time = reference(options.copy, options.norm, radius, torch.from_numpy(x), torch.from_numpy(y))
        mine, my_time, _ = ours(options.norm, radius, part, "standard")
        fast, _, report = ours(options.norm, radius, part, "fast")
        attacks = sum(attack["seconds"] for attack in report["attacks"])
        print(
            f"| {radius} | {100 * theirs.mean():.2f} % | {100 * mine.mean():.2f} % | {100 * (theirs == mine).mean():.2f} % |"
            f" {100 * fast.mean():.2f} % | {their_time:.0f} s, {my_time:.0f} s, {attacks:.1f} s |",
            flush=True,
        )
    os.remove(part)
    return 0


if __name__ == "__main__":
    sys.exit(main())
