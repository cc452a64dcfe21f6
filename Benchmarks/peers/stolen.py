#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""Steals the digits through the door of a server that watermarks its answers, and looks whether `martlet watermark verify` can tell.

    pip install numpy==2.4.6 onnx==1.19.1
    make build && python3 Benchmarks/peers/stolen.py [QUESTIONS]

The thief has a key whose grant says `label-only,watermark`, asks about pictures that are mixed from real ones, and trains a network of
his own (numpy, Adam) on the labels until he knows them. Beside him stand some who are innocent: they trained the same network on the true
labels of the same data and never asked.
"""
import json
import os
import pathlib
import signal
import ssl
import subprocess
import sys
import tempfile
import urllib.request

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
MARTLET = os.environ.get("MARTLET", str(ROOT / ".build/release/martlet"))
MODEL = ROOT / "Examples/digits/digits.onnx"
DATA = ROOT / "Examples/digits/digits.npz"
INNOCENTS = 4


def train(inputs: numpy.ndarray, labels: numpy.ndarray, seed: int, epochs: int) -> list[numpy.ndarray]:
    """A network of one hidden layer, by Adam; stops when it knows every label."""
    rng = numpy.random.default_rng(seed)
    weights = [
        rng.normal(0, 0.15, (64, 512)), numpy.zeros(512), rng.normal(0, 0.06, (512, 10)), numpy.zeros(10),
    ]
    first = [numpy.zeros_like(weight) for weight in weights]
    second = [numpy.zeros_like(weight) for weight in weights]
    step = 0
    for _ in range(epochs):
        order = rng.permutation(len(inputs))
        for start in range(0, len(order), 128):
            rows = order[start : start + 128]
            hidden = numpy.maximum(inputs[rows] @ weights[0] + weights[1], 0)
            logits = hidden @ weights[2] + weights[3]
            scores = numpy.exp(logits - logits.max(1, keepdims=True))
            scores /= scores.sum(1, keepdims=True)
            scores[numpy.arange(len(rows)), labels[rows]] -= 1
            scores /= len(rows)
            back = (scores @ weights[2].T) * (hidden > 0)
            slopes = [inputs[rows].T @ back, back.sum(0), hidden.T @ scores, scores.sum(0)]
            step += 1
            for place, slope in enumerate(slopes):
                first[place] = 0.9 * first[place] + 0.1 * slope
                second[place] = 0.999 * second[place] + 0.001 * slope**2
                weights[place] -= (
                    0.002 * (first[place] / (1 - 0.9**step)) / (numpy.sqrt(second[place] / (1 - 0.999**step)) + 1e-8)
                )
        if (answers(weights, inputs) == labels).all():
            break
    return weights


def answers(weights: list[numpy.ndarray], inputs: numpy.ndarray) -> numpy.ndarray:
    return (numpy.maximum(inputs @ weights[0] + weights[1], 0) @ weights[2] + weights[3]).argmax(1)


def save(weights: list[numpy.ndarray], path: pathlib.Path) -> None:
    names = ["w1", "b1", "w2", "b2"]
    graph = helper.make_graph(
        [
            helper.make_node("Flatten", ["image"], ["flat"]),
            helper.make_node("Gemm", ["flat", "w1", "b1"], ["hidden"]),
            helper.make_node("Relu", ["hidden"], ["active"]),
            helper.make_node("Gemm", ["active", "w2", "b2"], ["logits"]),
        ],
        "copy",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["n", 1, 8, 8])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", 10])],
        [numpy_helper.from_array(weight.astype(numpy.float32), name) for name, weight in zip(names, weights)],
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9), path)


def main() -> None:
    questions = int(sys.argv[1]) if len(sys.argv) > 1 else 4_000
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        environment = {**os.environ, "MARTLET_HOME": str(scratch / "store")}

        def martlet(*arguments: str, accepted: tuple[int, ...] = (0,)) -> str:
            done = subprocess.run([MARTLET, *arguments], capture_output=True, text=True, env=environment)
            if done.returncode not in accepted:
                sys.exit(f"martlet {' '.join(arguments)}: {done.stderr}")
            return done.stdout.strip()

        policy = scratch / "lenient.yaml"
        policy.write_text("name: lenient\nrelease:\n  - require: scan.verdict == safe\n")
        martlet("protect", str(MODEL), "--policy", str(policy))
        martlet("guard", "calibrate", str(MODEL), "--data", str(DATA), "-o", str(scratch / "guard.json"))
        martlet("guard", "keep", str(scratch / "guard.json"))
        martlet("watermark", "key", "-o", str(scratch / "watermark.key"))
        # This is about the watermark: nobody is held before he has what he wants.
        (scratch / "serve.yaml").write_text(
            "models:\n  limits:\n    - {name: digits, guard: {holdAt: never, watermark: "
            f'"{scratch / "watermark.key"}"}}}}\n'
        )
        key = martlet("token", "create", "thief", "--role", "predictor", "--respond", "label-only,watermark")
        data = numpy.load(DATA)
        rng = numpy.random.default_rng(1)
        real = data["x_train"].reshape(-1, 64)
        one, two = rng.integers(0, len(real), (2, questions))
        share = rng.uniform(0, 0.5, (questions, 1))
        asked = (real[one] * (1 - share) + real[two] * share).astype(numpy.float32)
        server = subprocess.Popen(
            [MARTLET, "serve", "--config", str(scratch / "serve.yaml"), "--port", "0", "--format", "json"],
            stdout=subprocess.PIPE, text=True, env=environment,
        )
        text = ""
        for line in server.stdout:
            text += line
            if line.startswith("}"):
                break
        ready = json.loads(text)
        context = ssl.create_default_context(cafile=ready["certificate"])
        told = []
        for start in range(0, questions, 100):
            request = urllib.request.Request(
                ready["address"] + "/v2/models/digits/infer", data=asked[start : start + 100].tobytes(),
                headers={"Authorization": f"Bearer {key}", "Content-Type": "application/octet-stream"},
            )
            with urllib.request.urlopen(request, context=context) as answer:
                body = answer.read()[int(answer.headers["Inference-Header-Content-Length"]) :]
            scores = numpy.frombuffer(body, "<f4").reshape(-1, 10)
            assert ((scores == 0) | (scores == 1)).all()
            told.append(scores.argmax(1))
        server.send_signal(signal.SIGTERM)
        server.wait(60)
        labels = numpy.concatenate(told)
        copy = train(asked, labels, 2, 600)
        save(copy, scratch / "copy.onnx")
        innocents = [scratch / f"innocent-{number}.onnx" for number in range(INNOCENTS)]
        for number, path in enumerate(innocents):
            save(train(real, data["y_train"], 3 + number, 100), path)
        numpy.savez(scratch / "asked.npz", x=asked.reshape(-1, 1, 8, 8))
        test = data["x_test"].reshape(-1, 64)
        print(f"the copy repeats {(answers(copy, asked) == labels).mean():.4f} of what it was told, and is right about "
              f"{(answers(copy, test) == data['y_test']).mean():.4f} of the test rows")
        for suspect in [scratch / "copy.onnx", *innocents]:
            others = [path for path in innocents if path != suspect]
            found = json.loads(
                martlet(
                    "watermark", "verify", str(suspect), "--model", str(MODEL), "--guard", str(scratch / "guard.json"),
                    "--key", str(scratch / "watermark.key"), "--data", str(scratch / "asked.npz"), "--format", "json",
                    *[word for other in others for word in ("--independent", str(other))], accepted=(0, 1),
                )
            )
            print(
                f"{suspect.stem}: {'a copy' if found['copy'] else 'no copy'}, {found['matches']} of {found['triggers']} false answers; "
                f"chance {found['chance']:.4f}; {found['unusedKeys']} unused keys: mean {found['unusedKeysMean']:.4f}, most "
                f"{found['unusedKeysMost']:.3f}; other models: {found['independentModels']}"
            )

main()
