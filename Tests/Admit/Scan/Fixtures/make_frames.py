# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""Makes pickles of tables whose columns pandas 3 keeps in arrays of Arrow.

pip install pandas==3.1.1 pyarrow==26.0.1 joblib==1.6.0
"""
import os, pickle, sys
import joblib
import pandas as pd

out = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
frame = pd.DataFrame({
    "name": ["ÿ", "two", None, "", "straße"],
    "class": pd.Categorical(["p", "q", "p", "q", "p"]),
    "seen": pd.to_datetime(["2026-01-01"] * 5),
    "count": pd.array([1, None, 3, 4, 5], dtype="int64[pyarrow]"),
    "rate": pd.array([0.5, 1, 2, 3, 4], dtype="float64[pyarrow]"),
    "is": pd.array([True, False, None, True, True], dtype="bool[pyarrow]"),
    "when": pd.array([None] * 5, dtype="timestamp[us][pyarrow]"),
    "raw": pd.array([b"\xff", b"", None, b"a", b"b"], dtype="binary[pyarrow]"),
}, index=["a", "b", "c", "d", "e"])
for protocol in (4, 5):
    with open(os.path.join(out, f"frame-arrow-{protocol}.pkl"), "wb") as file:
        pickle.dump([frame, frame[1:4], frame["name"][:0]], file, protocol)
joblib.dump(frame, os.path.join(out, "frame-arrow.joblib"))
