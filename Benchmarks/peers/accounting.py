#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""Times `martlet privacy epsilon` beside Google's dp-accounting, on trainings whose epsilon is known, and holds the bounds against it.

    pip install dp-accounting==0.6.0
    make build && python3 Benchmarks/peers/accounting.py [--rounds N] [--without-peer]

Seconds are the best of some rounds, in turn. Martlet's are those of the computation, which it reports itself, and of the whole process;
dp-accounting's those of the computation, in a process where it is loaded already.
"""
import argparse
import csv
import json
import math
import os
import pathlib
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
MARTLET = os.environ.get("MARTLET", str(ROOT / ".build/release/martlet"))
ROWS = ROOT / "Tests/Assess/Accounting/epsilons.csv"


def ours(row: dict[str, str]) -> tuple[dict, float]:
    command = [MARTLET, "privacy", "epsilon", "--noise-multiplier", row["noise"], "--sampling-rate", row["rate"]]
    command += ["--steps", row["steps"], "--delta", row["delta"], "--format", "json"]
    start = time.perf_counter()
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return json.loads(printed), time.perf_counter() - start


def theirs(row: dict[str, str]) -> tuple[float, float]:
    import dp_accounting
    from dp_accounting import pld

    noise, rate, steps = float(row["noise"]), float(row["rate"]), int(row["steps"])
    step = dp_accounting.GaussianDpEvent(noise)
    event = step if rate == 1 else dp_accounting.PoissonSampledDpEvent(rate, step)
    # What the figure for a million steps was made with.
    interval = 1e-5 if steps == 1_000_000 else 1e-4
    start = time.perf_counter()
    accountant = pld.PLDAccountant(value_discretization_interval=interval)
    accountant.compose(dp_accounting.SelfComposedDpEvent(event, steps))
    return accountant.get_epsilon(float(row["delta"])), time.perf_counter() - start


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--without-peer", action="store_true", help="where dp-accounting is not installed")
    options = parser.parse_args()
    print("| noise, rate, steps, delta | known | bounds | above known | seconds: martlet (process), dp-accounting | ratio |")
    print("|---|---|---|---|---|---|")
    outside = 0
    with ROWS.open() as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        known = float(row["epsilon"])
        seconds, process, peer, value = math.inf, math.inf, math.inf, math.nan
        for _ in range(options.rounds):
            document, whole = ours(row)
            seconds, process = min(seconds, document["seconds"]), min(process, whole)
            if not options.without_peer:
                value, spent = theirs(row)
                peer = min(peer, spent)
        lower, upper = document["epsilonLower"], document["epsilon"]
        outside += not lower <= known <= upper
        name = ", ".join(f"{float(row[key]):.3g}" for key in ("noise", "rate", "steps", "delta"))
        print(
            f"| {name} | {known} | {lower} to {upper} | {upper / known - 1:.0e} "
            f"| {seconds:.4f} ({process:.3f}), {peer:.3f} → {value:.6f} | {seconds / peer:.4f} |",
            flush=True,
        )
    print(f"\n{len(rows) - outside} of {len(rows)} known values lie between the bounds")
    return 1 if outside else 0


if __name__ == "__main__":
    sys.exit(main())
