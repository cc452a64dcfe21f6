# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""Makes the ordinary files of this folder: what the libraries write when nothing is wrong.

    python3 -m venv /tmp/fixtures && /tmp/fixtures/bin/pip install numpy torch safetensors onnx
    /tmp/fixtures/bin/python make.py
"""

import collections
import datetime
import json
import pickle

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import save_file

rng = np.random.default_rng(7)
table = rng.normal(size=(3, 4)).astype(np.float32)

np.save("array.npy", table)
np.save("fortran.npy", np.asfortranarray(np.arange(6, dtype=">i4").reshape(2, 3)))
np.save("objects.npy", np.array([{"a": 1}, [1, 2.5], "text", None], dtype=object), allow_pickle=True)
np.save("structured.npy", np.array([(1, 2.0)], dtype=[("a", "<i4"), ("b", "<f8", (1,))]))
np.savez("arrays.npz", x=table, y=np.arange(3))
np.savez_compressed("compressed.npz", x=np.zeros((64, 64)), y=np.array([True, False]))
save_file({"weight": table, "bias": np.zeros(4, dtype=np.float16)}, "weights.safetensors", {"format": "np"})

plain = {
    "numbers": [1, -2, 3.5, 2**70, True, None],
    "bytes": b"\x00\xff",
    "set": {1, 2},
    "frozen": frozenset({"a"}),
    "ordered": collections.OrderedDict(a=1),
    "default": collections.defaultdict(list, {"k": [1]}),
    "when": datetime.datetime(2024, 5, 6, 7, 8, 9),
    "complex": 1 + 2j,
    "array": table,
    "scalar": np.float64(1.5),
    "ints": np.arange(5),
}
for protocol in range(6):
    with open(f"plain-{protocol}.pkl", "wb") as file:
        pickle.dump(plain, file, protocol)

torch.manual_seed(7)
model = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.BatchNorm1d(4))
torch.save(model.state_dict(), "state.pt")
torch.save(
    {"epoch": 3, "model": model.state_dict(), "optimizer": torch.optim.Adam(model.parameters()).state_dict(),
     "parameter": torch.nn.Parameter(torch.ones(2)), "half": torch.ones(2, dtype=torch.bfloat16), "dtype": torch.float32},
    "checkpoint.pt")


def node(*args, **kwargs):
    return helper.make_node(*args, **kwargs)


weight = numpy_helper.from_array(table, "weight")
branch = helper.make_graph([node("Identity", ["x"], ["b"])], "branch", [], [helper.make_tensor_value_info("b", 1, None)])
graph = helper.make_graph(
    [
        node("MatMul", ["x", "weight"], ["m"]),
        node("If", ["c"], ["i"], then_branch=branch, else_branch=branch),
        node("Twice", ["m"], ["y"], domain="local"),
    ],
    "graph",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["batch", 3]),
     helper.make_tensor_value_info("c", TensorProto.BOOL, [])],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["batch", 4])],
    [weight],
)
twice = helper.make_function(
    "local", "Twice", ["a"], ["b"], [node("Add", ["a", "a"], ["b"])], [helper.make_opsetid("", 17)])
onnx_model = helper.make_model(
    graph, opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid("local", 1)], functions=[twice],
    ir_version=9)
onnx.save(onnx_model, "model.onnx")

with open("config.json", "w") as file:
    json.dump({"hidden_size": 4, "architectures": ["Plain"]}, file)
with open("README.txt", "w") as file:
    file.write("# A model\n\nNothing to see here. Count the classes first.\n\n```python\nimport torch\n```\n")
