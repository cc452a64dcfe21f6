# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""Corrupt two pictures with numpy, scipy, scikit-image, OpenCV and Pillow, the libraries that CIFAR-10-C and ImageNet-C were made
with, for our own corruptions to agree with. Only those that draw nothing at random. Writes corruptions.npz.

    pip install numpy==2.4.6 scipy==1.17.1 scikit-image==0.26.0 opencv-python-headless==5.0.0.93 pillow==13.0.0
    python corruptions.py

The constants are those of https://github.com/hendrycks/robustness (arXiv 1903.12261).
"""

import io
from pathlib import Path

import cv2
import numpy as np
from PIL import Image
from scipy import ndimage
from skimage import color, filters

SMALL = {
    "gaussian_blur": [0.4, 0.6, 0.7, 0.8, 1],
    "defocus_blur": [(0.3, 0.4), (0.4, 0.5), (0.5, 0.6), (1, 0.2), (1.5, 0.1)],
    "zoom_blur": [(1.06, 0.01), (1.11, 0.01), (1.16, 0.01), (1.21, 0.01), (1.26, 0.01)],
    "brightness": [0.05, 0.1, 0.15, 0.2, 0.3],
    "contrast": [0.75, 0.5, 0.4, 0.3, 0.15],
    "saturate": [(0.3, 0), (0.1, 0), (1.5, 0), (2, 0.1), (2.5, 0.2)],
    "pixelate": [0.95, 0.9, 0.85, 0.75, 0.65],
    "jpeg_compression": [80, 65, 58, 50, 40],
}
LARGE = {
    "gaussian_blur": [1, 2, 3, 4, 6],
    "defocus_blur": [(3, 0.1), (4, 0.5), (6, 0.5), (8, 0.5), (10, 0.5)],
    "zoom_blur": [(1.11, 0.01), (1.16, 0.01), (1.21, 0.02), (1.26, 0.02), (1.31, 0.03)],
    "brightness": [0.1, 0.2, 0.3, 0.4, 0.5],
    "contrast": [0.4, 0.3, 0.2, 0.1, 0.05],
    "pixelate": [0.6, 0.5, 0.4, 0.3, 0.25],
    "jpeg_compression": [25, 18, 15, 10, 7],
}


def picture(height: int, width: int, channels: int) -> np.ndarray:
    """Slopes, a disc, stripes and some noise, with black and grey places. uint8, [H, W, C]."""
    y, x = np.mgrid[0:height, 0:width]
    random = np.random.default_rng(height)
    planes = []
    for channel in range(channels):
        plane = 40 + 150 * (x / width if channel != 1 else y / height)
        plane = np.where((y - height / 2) ** 2 + (x - width / 2) ** 2 < (width / 4) ** 2, 220 - 70 * channel, plane)
        plane = np.where((x // 3 + channel) % 5 == 0, plane * 0.5, plane) + random.normal(0, 6, plane.shape)
        planes.append(plane)
    result = np.clip(np.stack(planes, axis=-1), 0, 255).astype(np.uint8)
    result[:3, :5] = 0
    result[-3:, -5:] = 120
    return result


def zoomed(x: np.ndarray, factor: float) -> np.ndarray:
    places = []
    for size in x.shape[:2]:
        shown = int(np.ceil(size / factor))
        first = (size - shown) // 2
        places.append(slice(first, first + shown))
    larger = ndimage.zoom(x[tuple(places)], (factor, factor, 1), order=1)
    trims = [(now - size) // 2 for now, size in zip(larger.shape, x.shape[:2])]
    return larger[trims[0] : trims[0] + x.shape[0], trims[1] : trims[1] + x.shape[1]]


def hsv(x: np.ndarray, channel: int, factor: float, added: float) -> np.ndarray:
    if x.shape[-1] == 1:
        return np.clip(x * factor + added, 0, 1)
    changed = color.rgb2hsv(x)
    changed[..., channel] = np.clip(changed[..., channel] * factor + added, 0, 1)
    return color.hsv2rgb(changed)


def disc(radius: float, softness: float) -> np.ndarray:
    reach, size = (8, 3) if radius <= 8 else (radius, 5)
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    hard = (x**2 + y**2 <= radius**2).astype(np.float32)
    return cv2.GaussianBlur(hard / hard.sum(), ksize=(size, size), sigmaX=softness)


def corrupted(name: str, constant, image: np.ndarray) -> np.ndarray:
    """uint8 in, and out where the library itself rounds; else from 0 to 1."""
    x = image / 255.0
    pillow = Image.fromarray(image.squeeze(-1) if image.shape[-1] == 1 else image)
    match name:
        case "gaussian_blur":
            return filters.gaussian(x, sigma=constant, channel_axis=-1)
        case "defocus_blur":
            kernel = disc(*constant)
            return np.stack([cv2.filter2D(x[..., c], -1, kernel) for c in range(x.shape[-1])], axis=-1)
        case "zoom_blur":
            factors = np.arange(1, *constant)
            return (x + sum(zoomed(x, factor) for factor in factors)) / (len(factors) + 1)
        case "brightness":
            return hsv(x, 2, 1, constant)
        case "saturate":
            return hsv(x, 1, *constant)
        case "contrast":
            mean = x.mean(axis=(0, 1), keepdims=True)
            return (x - mean) * constant + mean
        case "pixelate":
            smaller = tuple(int(size * constant) for size in pillow.size)
            return np.asarray(pillow.resize(smaller, Image.BOX).resize(pillow.size, Image.BOX))
        case "jpeg_compression":
            file = io.BytesIO()
            pillow.save(file, "JPEG", quality=constant)
            return np.asarray(Image.open(file))
    raise ValueError(name)


def main() -> None:
    arrays = {}
    for size, constants, image, severities in (
        ("small", SMALL, picture(27, 21, 3), (1, 2, 3, 4, 5)),
        ("large", LARGE, picture(66, 53, 1), (1, 2, 5)),
        ("colour", {"jpeg_compression": LARGE["jpeg_compression"]}, picture(67, 75, 3), (1, 5)),
    ):
        arrays[size] = image.transpose(2, 0, 1)
        for name, values in constants.items():
            for severity in severities:
                made = corrupted(name, values[severity - 1], image)
                made = made if made.ndim == 3 else made[..., np.newaxis]
                if made.dtype != np.uint8:
                    made = np.round(np.clip(made, 0, 1) * 65535).astype(np.uint16)
                arrays[f"{size}-{name}-{severity}"] = made.transpose(2, 0, 1)
    np.savez_compressed(Path(__file__).with_name("corruptions.npz"), **arrays)


if __name__ == "__main__":
    main()
