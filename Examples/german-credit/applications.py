# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""The columns of Statlog German Credit as the two models take them: numbers in their own units, categories one-hot."""

import csv
from pathlib import Path

import numpy as np

# Codes of the original file, and what a column of their own is called here.
GROUPS = {
    "checking": (0, {"A14": "none", "A11": "overdrawn", "A12": "below_200", "A13": "from_200"}),
    "history": (2, {"A30": "none", "A31": "all_paid", "A32": "paid_so_far", "A33": "delays", "A34": "critical"}),
    "purpose": (
        3,
        {
            "A40": "new_car", "A41": "used_car", "A42": "furniture", "A43": "television", "A44": "appliances",
            "A45": "repairs", "A46": "education", "A48": "retraining", "A49": "business", "A410": "other",
        },
    ),
    "savings": (
        5,
        {"A65": "none", "A61": "below_100", "A62": "below_500", "A63": "below_1000", "A64": "from_1000"},
    ),
    "guarantee": (9, {"A101": "none", "A102": "co_applicant", "A103": "guarantor"}),
    "property": (11, {"A124": "none", "A123": "car", "A122": "life_insurance", "A121": "real_estate"}),
    "housing": (14, {"A151": "rented", "A152": "owned", "A153": "free"}),
}
NUMBERS = {"duration": 1, "amount": 4, "rate": 7, "residence": 10, "age": 12, "credits": 15, "dependants": 17}
# The original has these as codes with an order.
EMPLOYMENT = {"A71": 0, "A72": 1, "A73": 2, "A74": 3, "A75": 4}

COLUMNS = (
    ["duration", "amount", "monthly", "rate", "residence", "age", "credits", "dependants", "employment"]
    + ["telephone", "foreign"]
    + [f"{group}_{name}" for group, (_, names) in GROUPS.items() for name in names.values()]
)


def encode(fields: list[str]) -> list[float]:
    row = {name: float(fields[place]) for name, place in NUMBERS.items()}
    row["monthly"] = float(np.float32(row["amount"] / row["duration"]))
    row["employment"] = EMPLOYMENT[fields[6]]
    row["telephone"] = fields[18] == "A192"
    row["foreign"] = fields[19] == "A201"
    for group, (place, names) in GROUPS.items():
        for code, name in names.items():
            row[f"{group}_{name}"] = fields[place] == code
    return [float(row[name]) for name in COLUMNS]


def read(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Rows as float32, and 1 for an application that turned out well."""
    with path.open() as file:
        rows = [line.replace(",", " ").split() for line in file if line.strip()]
    x = np.array([encode(row) for row in rows], dtype=np.float32)
    return x, np.array([int(row[20] == "1") for row in rows], dtype=np.int64)


def write(path: Path, x: np.ndarray, y: np.ndarray) -> None:
    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*COLUMNS, "risk"])
        for row, label in zip(x, y):
            numbers = [str(int(value)) if value == int(value) else f"{value:.7g}" for value in row]
            writer.writerow([*numbers, ["bad", "good"][label]])
