#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""Holds `martlet assess corruptions` against the scripts that made CIFAR-10-C and ImageNet-C, on the same pictures: by how much each
corruption changes a value on average, and how many pictures it corrupts in a second of one processor.

    git clone https://github.com/hendrycks/robustness COPY
    pip install numpy==2.4.6 scipy==1.17.1 scikit-image==0.26.0 opencv-python-headless==5.0.0.93 pillow==13.0.0 wand onnx
    make build && python3 Benchmarks/peers/corruptions.py COPY [--side 32|224] [--copies N]

Needs ImageMagick (libmagickwand) for the reference's motion blur. The copy is not part of this project.
"""
import argparse
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time
import types

import cv2  # noqa: F401  before the reference, which counts on it
import numpy as np
import scipy.ndimage
import skimage.data
import skimage.filters
from onnx import TensorProto, helper, save
from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parents[2]
MARTLET = os.environ.get("MARTLET", str(ROOT / ".build/release/martlet"))
NAMES = (
    "gaussian_noise shot_noise impulse_noise speckle_noise defocus_blur glass_blur motion_blur zoom_blur gaussian_blur snow frost "
    "fog brightness spatter contrast elastic_transform pixelate jpeg_compression saturate"
).split()


def reference(copy: pathlib.Path, side: int) -> dict:
    """The functions of one script, without the part that reads data sets, on today's libraries."""
    np.float_ = np.float64
    np.fromstring = np.frombuffer
    moved = types.ModuleType("scipy.ndimage.interpolation")
    moved.map_coordinates = scipy.ndimage.map_coordinates
    sys.modules[moved.__name__] = moved

    def gaussian(image, sigma=1, multichannel=False, **others):
        return skimage.filters.gaussian(image, sigma, channel_axis=-1 if multichannel else None, **others)

    folder = copy / "ImageNet-C/create_c"
    os.chdir(folder)  # where its photographs of frost lie
    text = (folder / ("make_cifar_c.py" if side == 32 else "make_imagenet_c.py")).read_text()
    text = text.split("# /////////////// Distortion Helpers ///////////////")[1]
    text = text.split("# /////////////// End Distortions ///////////////")[0]
    space = {"gaussian": gaussian, "np": np, "Image": Image}
    exec(text.replace("from skimage.filters import gaussian", ""), space)
    return space


def photographs(side: int, copies: int) -> list[Image.Image]:
    pictures = []
    for name in ("astronaut", "coffee", "cat", "rocket"):
        whole = Image.fromarray(getattr(skimage.data, name)())
        edge = min(whole.size)
        left, top = (whole.width - edge) // 2, (whole.height - edge) // 2
        pictures.append(whole.crop((left, top, left + edge, top + edge)).resize((side, side), Image.BICUBIC))
    return pictures * copies


def model(path: pathlib.Path) -> None:
    """Nearly nothing to compute: what is measured is the corrupting."""
    nodes = [
        helper.make_node("GlobalAveragePool", ["x"], ["pooled"]),
        helper.make_node("Flatten", ["pooled"], ["logits"]),
    ]
    graph = helper.make_graph(
        nodes, "mean", [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 3, "h", "w"])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", 3])],
    )
    save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("copy", type=pathlib.Path)
    parser.add_argument("--side", type=int, default=32, choices=(32, 224))
    parser.add_argument("--copies", type=int, default=25, help="of each of four photographs")
    options = parser.parse_args()
    pictures = photographs(options.side, options.copies)
    x = np.stack([np.asarray(picture, dtype=np.float32) / 255 for picture in pictures])
    functions = reference(options.copy.resolve(), options.side)
    print("| corruption | mean change: reference, martlet | pictures a second of one processor: reference, martlet |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        network, data = pathlib.Path(folder) / "mean.onnx", pathlib.Path(folder) / "data.npz"
        model(network)
        np.savez(data, x=x.transpose(0, 3, 1, 2), y=np.zeros(len(x), dtype=np.int64))
        for name in NAMES:
            command = [MARTLET, "assess", "corruptions", str(network), "--data", str(data), "--only", name]
            command += ["--threads", "1", "--format", "json"]
            before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
            ours = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            spent = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
            change = np.mean([cell["change"] for cell in ours["corruptions"][0]["severities"]])
            np.random.seed(0)
            start, theirs = time.process_time(), []
            for severity in range(1, 6):
                made = [np.clip(functions[name](picture, severity), 0, 255) for picture in pictures]
                theirs.append(made)
            seconds = time.process_time() - start
            expected = np.mean([np.abs(np.float32(made) / 255 - x).mean() for made in theirs])
            count = 5 * len(pictures)
            print(
                f"| {name} | {expected:.4f}, {change:.4f} | {count / seconds:,.0f}, {count / spent:,.0f} |", flush=True
            )


if __name__ == "__main__":
    main()
