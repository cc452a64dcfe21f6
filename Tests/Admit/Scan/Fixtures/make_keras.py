# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""Makes the ordinary HDF5, Keras and skops files of this folder.

    python3 -m venv /tmp/fixtures && /tmp/fixtures/bin/pip install h5py==3.14.0 keras==3.15.1 \
        tensorflow-cpu==2.21.0 tf_keras==2.21.0 skops==0.16.0 scikit-learn==1.9.1
    /tmp/fixtures/bin/python make_keras.py
"""

import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import h5py
import keras
import numpy as np
import skops.io
import tf_keras
from sklearn.linear_model import LogisticRegression

rng = np.random.default_rng(7)

with h5py.File("old.h5", "w") as file:
    file.create_dataset("x", data=np.arange(6), chunks=(2,), compression="gzip", shuffle=True)
    file.attrs["text"] = "of no fixed length"

with h5py.File("new.h5", "w", libver="latest") as file:
    file["soft"] = h5py.SoftLink("/nothing")
    file["table"] = np.zeros(2, dtype=[("a", "<i4"), ("b", "S3")])
    file.create_dataset("names", data=["a", "bb", "ccc"], maxshape=(None,), chunks=(2,), dtype=h5py.string_dtype())
    file.create_dataset("grows", shape=(3, 2), maxshape=(None, None), chunks=(2, 2), compression="lzf")

with h5py.File("dense.h5", "w", libver="latest") as file:
    for number in range(9):
        file.attrs[f"a{number}"] = number
        file.create_group(f"g{number}")

for name, library in [("keras-3", keras), ("keras-2", tf_keras)]:
    layers = library.layers
    model = library.Sequential([library.Input((2,)), layers.Dense(1, activation="relu", kernel_regularizer="l2")])
    model.compile("sgd", "mse", metrics=["mae"])
    open(f"{name}.json", "w").write(model.to_json())
    if library is keras:
        model.save("model.keras")

skops.io.dump(LogisticRegression().fit(rng.normal(size=(8, 2)), np.arange(8) % 2), "logistic.skops")
