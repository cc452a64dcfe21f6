# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""Applications for credit that are drawn at random, about nobody: numbers in their own units, categories one-hot."""

import csv
from pathlib import Path

import numpy as np

GROUPS = {
    "checking": ["none", "overdrawn", "below_200", "from_200"],
    "history": ["none", "all_paid", "paid_so_far", "delays", "critical"],
    "purpose": [
        "new_car", "used_car", "furniture", "television", "appliances", "repairs", "education", "retraining", "business", "other",
    ],
    "savings": ["none", "below_100", "below_500", "below_1000", "from_1000"],
    "guarantee": ["none", "co_applicant", "guarantor"],
    "property": ["none", "car", "life_insurance", "real_estate"],
    "housing": ["rented", "owned", "free"],
}  # fmt: skip
NUMBERS = ["duration", "amount", "monthly", "rate", "residence", "age", "credits", "dependants", "employment", "telephone", "foreign"]
COLUMNS = NUMBERS + [f"{group}_{name}" for group, names in GROUPS.items() for name in names]


def draw(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows as float32, and 1 for an application that turned out well: in about seven of ten.

    Behind each stands how well off the applicant is, which shows in savings, property, age and work; how it turns out hangs on that, on
    the burden each month, on what went before, and on luck.
    """
    random = np.random.default_rng(seed)
    wealth = random.normal(size=count)

    def steps(most: int, weight: float) -> np.ndarray:
        """Whole numbers from 0 to `most`, the higher the better off."""
        level = weight * wealth + random.normal(size=count)
        return np.clip(np.floor((level + 2) / 4 * (most + 1)), 0, most)

    row = {name: np.zeros(count) for name in COLUMNS}
    row["duration"] = np.clip(np.round(random.gamma(3, 7, count) / 3) * 3, 4, 72)
    row["amount"] = np.clip(np.round(row["duration"] * random.lognormal(4.9, 0.5, count)), 250, 20000)
    row["monthly"] = (row["amount"] / row["duration"]).astype(np.float32)
    row["rate"] = 1 + steps(3, -0.3)
    row["residence"] = 1 + steps(3, 0.1)
    row["age"] = np.clip(np.round(24 + random.gamma(2, 6, count) + 2 * wealth), 18, 90)
    row["credits"] = 1 + random.binomial(3, 0.15, count)
    row["dependants"] = 1 + random.binomial(1, 0.15, count)
    row["employment"] = steps(4, 0.5)
    row["telephone"] = random.random(count) < 0.4
    row["foreign"] = random.random(count) < 0.04
    chosen = {
        "checking": steps(3, 0.9), "savings": steps(4, 0.9), "property": steps(3, 0.7), "history": random.integers(0, 5, count),
        "purpose": random.integers(0, 10, count), "guarantee": (random.random(count) < 0.1) * random.integers(1, 3, count),
        "housing": np.minimum(2, steps(2, 0.6)),
    }  # fmt: skip
    for group, names in GROUPS.items():
        for place, name in enumerate(names):
            row[f"{group}_{name}"] = chosen[group] == place
    burden = np.log(row["monthly"] / 150) + row["duration"] / 40
    past = np.array([0.0, 0.5, 0.6, -0.6, -0.9])[chosen["history"]]
    score = 1.2 + 1.1 * wealth - 0.9 * burden + past + 0.4 * (chosen["guarantee"] == 2) + 0.15 * row["employment"]
    good = score + random.logistic(scale=0.6, size=count) > 0.35
    return np.stack([row[name] for name in COLUMNS], 1).astype(np.float32), good.astype(np.int64)


def write(path: Path, x: np.ndarray, y: np.ndarray) -> None:
    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*COLUMNS, "risk"])
        for row, label in zip(x, y):
            numbers = [str(int(value)) if value == int(value) else f"{value:.7g}" for value in row]
            writer.writerow([*numbers, ["bad", "good"][label]])
