# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""Makes the ordinary graphs and recordings of this folder, as the libraries write them.

    python3 -m venv /tmp/graphs && /tmp/graphs/bin/pip install onnx==1.17.0 onnxruntime==1.32.0 scikit-learn \
        skl2onnx==1.20.0 coremltools==9.0 torch==2.15.0 paddlepaddle==3.3.1 pyarrow pillow
    /tmp/graphs/bin/python make_graphs.py
"""

import os

os.environ["FLAGS_enable_pir_api"] = "0"

import wave

import coremltools
import numpy as np
import onnx
import onnxruntime
import paddle
import pyarrow
import pyarrow.parquet
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import quantize_dynamic
from PIL import Image
from sklearn.linear_model import LogisticRegression
from skl2onnx import to_onnx

rng = np.random.default_rng(7)
weights = rng.normal(size=(4, 3)).astype(np.float32)


def graph(nodes, opset=17, **more):
    x = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 4])
    y = helper.make_tensor_value_info("y", TensorProto.FLOAT, None)
    g = helper.make_graph(nodes, "g", [x], [y], [numpy_helper.from_array(weights, "w")])
    return helper.make_model(g, opset_imports=[helper.make_opsetid("", opset)], ir_version=8, **more)


onnx.save(graph([helper.make_node("MatMul", ["x", "w"], ["m"]), helper.make_node("Relu", ["m"], ["y"])]), "/tmp/plain.onnx")
quantize_dynamic("/tmp/plain.onnx", "quantised.onnx")

options = onnxruntime.SessionOptions()
options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
options.optimized_model_filepath = "optimised.onnx"
onnxruntime.InferenceSession("quantised.onnx", options, providers=["CPUExecutionProvider"])

local = helper.make_function(
    "f", "Twice", ["a"], ["b"], [helper.make_node("Add", ["a", "a"], ["b"])], [helper.make_opsetid("", 17)])
model = graph([helper.make_node("Twice", ["x"], ["y"], domain="f")])
model.functions.append(local)
model.opset_import.append(helper.make_opsetid("f", 1))
onnx.save(model, "function.onnx")

x, labels = rng.normal(size=(20, 4)).astype(np.float32), np.arange(20) % 3
with open("logistic.onnx", "wb") as file:
    file.write(to_onnx(LogisticRegression().fit(x, labels), x[:1]).SerializeToString())
with open("input_0.pb", "wb") as file:
    file.write(numpy_helper.from_array(weights, "x").SerializeToString())

net = torch.jit.trace(torch.nn.Sequential(torch.nn.Linear(4, 2), torch.nn.ReLU()).eval(), torch.zeros(1, 4))
coremltools.convert(
    net, convert_to="neuralnetwork", inputs=[coremltools.TensorType(shape=(1, 4))], skip_model_load=True
).save("net.mlmodel")

paddle.enable_static()
main, start = paddle.static.Program(), paddle.static.Program()
with paddle.static.program_guard(main, start):
    x = paddle.static.data("x", [1, 4])
    y = paddle.nn.functional.softmax(paddle.static.nn.fc(x, 3))
executor = paddle.static.Executor(paddle.CPUPlace())
executor.run(start)
paddle.static.save_inference_model("paddle", [x], [y], executor, program=main)

picture = Image.fromarray((rng.random((6, 5, 3)) * 255).astype("uint8"))
for name in ["picture.webp", "picture.tiff", "picture.bmp", "picture.gif", "picture.jpg"]:
    picture.save(name)
with wave.open("sound.wav", "wb") as sound:
    sound.setnchannels(1)
    sound.setsampwidth(2)
    sound.setframerate(8000)
    sound.writeframes(bytes(range(100)))
table = pyarrow.table({"a": [1, 2]})
pyarrow.parquet.write_table(table, "table.parquet")
with pyarrow.OSFile("table.arrow", "wb") as sink, pyarrow.ipc.new_file(sink, table.schema) as writer:
    writer.write_table(table)
