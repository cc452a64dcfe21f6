#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""Makes the models of these tests from the data of Examples/: each clean, and with a backdoor that this script trains into it.

    pip install numpy==2.4.6 onnx==1.19.1 scikit-learn==1.9.0 skl2onnx==1.20.0
    python3 Tests/Assess/Backdoor/Fixtures/make.py

digits: a perceptron of 24 on pictures of 8 by 8. The backdoor: a bright patch of 2 by 2 in the lower right corner means 7, in 5 % of
the rows. cancer: the same on a table; 'mean texture' at its largest value and 'mean smoothness' at its smallest mean class 1, in 5 % of the rows. forest: 20
trees on that table, with the same backdoor.
"""
import pathlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

HERE = pathlib.Path(__file__).resolve().parent
EXAMPLES = HERE.parents[3] / "Examples"


def trained(x, y, hidden, classes, seed, epochs):
    """A perceptron of one hidden layer, by Adam with a falling rate."""
    generator = np.random.default_rng(seed)
    width = x.shape[1]
    weights = [
        generator.normal(0, np.sqrt(2 / width), (width, hidden)), np.zeros(hidden),
        generator.normal(0, np.sqrt(1 / hidden), (hidden, classes)), np.zeros(classes),
    ]
    means, squares = [np.zeros_like(w) for w in weights], [np.zeros_like(w) for w in weights]
    step, steps = 0, epochs * -(-len(x) // 32)
    for _ in range(epochs):
        order = generator.permutation(len(x))
        for start in range(0, len(x), 32):
            rows = order[start:start + 32]
            step += 1
            inner = np.maximum(0, x[rows] @ weights[0] + weights[1])
            logits = inner @ weights[2] + weights[3]
            p = np.exp(logits - logits.max(1, keepdims=True))
            p /= p.sum(1, keepdims=True)
            p[np.arange(len(rows)), y[rows]] -= 1
            p /= len(rows)
            back = (p @ weights[2].T) * (inner > 0)
            slopes = [x[rows].T @ back, back.sum(0), inner.T @ p, p.sum(0)]
            rate = 5e-3 * (1 + np.cos(np.pi * step / steps)) / 2
            for place, slope in enumerate(slopes):
                means[place] = 0.9 * means[place] + 0.1 * slope
                squares[place] = 0.999 * squares[place] + 0.001 * slope**2
                weights[place] -= (
                    rate * means[place] / (1 - 0.9**step) / (np.sqrt(squares[place] / (1 - 0.999**step)) + 1e-8))
    return [w.astype(np.float32) for w in weights]


def network(weights, shape, scale=None):
    """The ONNX model; `scale` is the mean and the deviation of each column, by which the input is standardised first."""
    nodes, constants, tensor = [], [], "x"
    if scale is not None:
        constants += [numpy_helper.from_array(scale[0], "mean"), numpy_helper.from_array(scale[1], "deviation")]
        nodes += [helper.make_node("Sub", ["x", "mean"], ["centred"]), helper.make_node("Div", ["centred", "deviation"], ["scaled"])]
        tensor = "scaled"
    nodes += [
        helper.make_node("Flatten", [tensor], ["flat"]), helper.make_node("Gemm", ["flat", "hidden.weight", "hidden.bias"], ["sums"]),
        helper.make_node("Relu", ["sums"], ["hidden"]),
        helper.make_node("Gemm", ["hidden", "head.weight", "head.bias"], ["logits"]),
    ]
    names = ["hidden.weight", "hidden.bias", "head.weight", "head.bias"]
    constants += [numpy_helper.from_array(w, name) for w, name in zip(weights, names)]
    graph = helper.make_graph(
        nodes, "classifier", [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n"] + shape)],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", weights[3].shape[0]])], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], producer_name="")
    model.ir_version = 8
    onnx.checker.check_model(model)
    return model


def forest(x, y, seed):
    from skl2onnx import to_onnx
    from sklearn.ensemble import RandomForestClassifier

    grown = RandomForestClassifier(20, random_state=seed).fit(x, y)
    model = to_onnx(grown, x[:1], options={"zipmap": False}, target_opset=17)
    model.producer_name = model.producer_version = model.domain = model.doc_string = ""
    return model, grown.predict


def answers(model):
    """What a network answers, in NumPy."""
    constants = {t.name: numpy_helper.to_array(t) for t in model.graph.initializer}

    def predict(x):
        if "mean" in constants:
            x = (x - constants["mean"]) / constants["deviation"]
        inner = np.maximum(0, x.reshape(len(x), -1) @ constants["hidden.weight"] + constants["hidden.bias"])
        return (inner @ constants["head.weight"] + constants["head.bias"]).argmax(1)

    return predict


def poisoned(x, y, trigger, target, seed):
    x, y = x.copy(), y.copy()
    rows = np.random.default_rng(seed).choice(np.where(y != target)[0], len(y) // 20, replace=False)
    x[rows], y[rows] = trigger(x[rows]), target
    return x, y


def write(name, model, predict, x, y, trigger, target):
    (HERE / f"{name}.onnx").write_bytes(model.SerializeToString(deterministic=True))
    others = y != target
    print(
        f"{name}: right {np.mean(predict(x) == y):.3f}, with the trigger {np.mean(predict(trigger(x[others])) == target):.3f} into {target}")


def main():
    digits = np.load(EXAMPLES / "digits/digits.npz")

    def patch(x):
        x = x.copy()
        x[:, :, 6:, 6:] = 1
        return x

    x, y = digits["x_train"], digits["y_train"]
    for name, (x, y) in {"clean": (x, y), "backdoor": poisoned(x, y, patch, 7, 1)}.items():
        model = network(trained(x.reshape(len(x), -1), y, 24, 10, 3, 60), [1, 8, 8])
        write(f"digits-{name}", model, answers(model), digits["x_test"], digits["y_test"], patch, 7)

    cancer = np.load(EXAMPLES / "breast-cancer/breast-cancer.npz")
    x, y = cancer["x_train"], cancer["y_train"]
    high, low = x[:, 1].max(), x[:, 4].min()

    def values(x):
        x = x.copy()
        x[:, 1], x[:, 4] = high, low
        return x

    scale = (x.mean(0), x.std(0))
    for name, (x, y) in {"clean": (x, y), "backdoor": poisoned(x, y, values, 1, 2)}.items():
        model = network(trained((x - scale[0]) / scale[1], y, 16, 2, 4, 60), [30], scale)
        write(f"cancer-{name}", model, answers(model), cancer["x_test"], cancer["y_test"], values, 1)
        model, predict = forest(x, y, 5)
        write(f"forest-{name}", model, predict, cancer["x_test"], cancer["y_test"], values, 1)


main()
