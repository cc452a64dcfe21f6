# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""Makes the ordinary files of torch, scikit-learn and joblib in this folder.

    pip install torch==2.13.0 scikit-learn==1.9.1 joblib==1.6.0 pandas==3.1.1 lightgbm xgboost-cpu==3.2.0
    python make_torch.py
"""

import pickle

import joblib
import numpy as np
import pandas as pd
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier

torch.manual_seed(7)
net = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.ReLU())
torch.save(net, "torch-module.pt")
torch.save(net.state_dict(), "torch-legacy.pt", _use_new_zipfile_serialization=False)
torch.save(torch.optim.Adam(net.parameters()), "torch-optimizer.pt")
torch.save({"sparse": torch.eye(2).to_sparse(), "q": torch.quantize_per_tensor(torch.ones(2), 0.1, 0, torch.quint8),
            "u": torch.zeros(1, dtype=torch.uint16)}, "torch-tensors.pt")
torch.jit.script(net).save("torchscript.pt")
torch.export.save(torch.export.export(net, (torch.zeros(1, 3),)), "torch-export.pt2")
with open("torch-tensor-3.pkl", "wb") as file:
    pickle.dump(torch.ones(2), file, 3)

rng = np.random.RandomState(7)
x = rng.randn(12, 2)
y = (x[:, 0] > 0).astype(int)
pipe = make_pipeline(StandardScaler(), LogisticRegression()).fit(x, y)
for protocol in (2, 5):
    with open(f"sklearn-pipeline-{protocol}.pkl", "wb") as file:
        pickle.dump(pipe, file, protocol)
joblib.dump(pipe, "sklearn-pipeline.joblib")
joblib.dump(DecisionTreeClassifier(max_depth=2).fit(x, y), "sklearn-tree.joblib")
joblib.dump(KNeighborsClassifier(algorithm="ball_tree").fit(x, y), "sklearn-neighbours.joblib")
joblib.dump({"objects": np.array(["a", None, [1]], dtype=object), "text": np.array(["ab", "c"]),
             "fields": np.zeros(2, dtype=[("a", "i4"), ("b", "O")]), "rng": rng}, "arrays.joblib")
with open("table.pkl", "wb") as file:
    pickle.dump(pd.DataFrame({"a": [1.0, 2.0], "b": ["x", "y"], "c": pd.Categorical(["p", "q"])}), file)
