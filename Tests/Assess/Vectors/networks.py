# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""Small networks of the kinds that people ship, with random weights."""

import torch
from torch import nn
from torch.nn import functional


class Block(nn.Module):
    """A residual block, whose second convolution may have groups."""

    def __init__(self, inside: int, outside: int, stride: int, groups: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(inside, outside, 3, stride=stride, padding=1, bias=False), nn.BatchNorm2d(outside), nn.ReLU(),
            nn.Conv2d(outside, outside, 3, padding=1, groups=groups, bias=False), nn.BatchNorm2d(outside),
        )  # fmt: skip
        self.way = nn.Sequential(nn.Conv2d(inside, outside, 1, stride=stride, bias=False), nn.BatchNorm2d(outside))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return functional.relu(self.body(x) + self.way(x))


class ResNet(nn.Module):
    """Colour images [batch, 3, side, side] to logits."""

    def __init__(self, width: int = 8, classes: int = 6, depth: int = 1, stages: int = 3, groups: int = 4) -> None:
        super().__init__()
        layers: list[nn.Module] = [nn.Conv2d(3, width, 3, padding=1), nn.BatchNorm2d(width), nn.ReLU()]
        inside = width
        for stage in range(stages):
            for index in range(depth):
                stride = 2 if stage > 0 and index == 0 else 1
                layers.append(Block(inside, width << stage, stride, groups))
                inside = width << stage
        self.features = nn.Sequential(*layers, nn.AvgPool2d(2))
        self.classifier = nn.Linear(inside, classes)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.classifier(self.features(x).mean((2, 3)))


class Attention(nn.Module):
    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.mixed = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        batch, length, width = x.shape
        q, k, v = self.mixed(x).reshape(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        y = functional.scaled_dot_product_attention(q, k, v)
        return self.out(y.transpose(1, 2).reshape(batch, length, width))


class Layer(nn.Module):
    """Normalised in front (as in a ViT) or behind (as in BERT)."""

    def __init__(self, width: int, heads: int, front: bool) -> None:
        super().__init__()
        self.front = front
        self.first, self.second = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attention = Attention(width, heads)
        self.body = nn.Sequential(nn.Linear(width, 2 * width), nn.GELU(), nn.Linear(2 * width, width))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if self.front:
            x = x + self.attention(self.first(x))
            return x + self.body(self.second(x))
        x = self.first(x + self.attention(x))
        return self.second(x + self.body(x))


class ViT(nn.Module):
    """Colour images [batch, 3, side, side] to logits, through patches and a token for the class."""

    def __init__(self, side: int = 16, patch: int = 4, width: int = 24, layers: int = 2, heads: int = 3, classes: int = 6) -> None:
        super().__init__()
        self.patches = nn.Conv2d(3, width, patch, stride=patch)
        self.token = nn.Parameter(torch.randn(1, 1, width))
        self.places = nn.Parameter(torch.randn(1, (side // patch) ** 2 + 1, width) * 0.1)
        self.layers = nn.Sequential(*[Layer(width, heads, front=True) for _ in range(layers)], nn.LayerNorm(width))
        self.head = nn.Linear(width, classes)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        tokens = self.patches(x).flatten(2).transpose(1, 2)
        tokens = torch.cat([self.token.expand(tokens.shape[0], -1, -1), tokens], 1) + self.places
        return self.head(self.layers(tokens)[:, 0])


class Encoder(nn.Module):
    """Embedded words [batch, length, width] to logits, as BERT does."""

    def __init__(self, length: int = 10, width: int = 24, layers: int = 2, heads: int = 4, classes: int = 5) -> None:
        super().__init__()
        self.places = nn.Parameter(torch.randn(1, length, width) * 0.1)
        self.norm = nn.LayerNorm(width)
        self.layers = nn.Sequential(*[Layer(width, heads, front=False) for _ in range(layers)])
        self.pool = nn.Linear(width, width)
        self.head = nn.Linear(width, classes)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.layers(self.norm(x + self.places))
        return self.head(torch.tanh(self.pool(x[:, 0])))


class Tabular(nn.Module):
    """Measurements [batch, features] to logits: periodic features, gates and a maximum over parts."""

    def __init__(self, features: int = 12, width: int = 32, classes: int = 4) -> None:
        super().__init__()
        self.frequencies = nn.Parameter(torch.randn(features))
        self.first = nn.Linear(3 * features, width)
        self.norm = nn.LayerNorm(width)
        self.gate = nn.Linear(width, width)
        self.last = nn.Linear(width // 2, classes)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        turned = x * self.frequencies
        x = self.norm(functional.silu(self.first(torch.cat([x, torch.sin(turned), torch.cos(turned)], 1))))
        x = x * torch.sigmoid(self.gate(x)) + functional.softplus(x)
        low, high = x.chunk(2, 1)
        return self.last(torch.maximum(low, high) + functional.elu(torch.minimum(low, high)))


NETWORKS = {
    "resnet": (ResNet, (3, 16, 16)),
    "vit": (ViT, (3, 16, 16)),
    "encoder": (Encoder, (10, 24)),
    "tabular": (Tabular, (12,)),
}


def made(name: str, **sizes: int) -> nn.Module:
    """A network with weights that are the same each time, and normalisations that have seen something."""
    torch.manual_seed(7)
    network = NETWORKS[name][0](**sizes)
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.running_mean.normal_(0, 0.3)
            module.running_var.uniform_(0.5, 2)
            nn.init.uniform_(module.weight, 0.5, 1.5)
    return network.eval()


def export(network: nn.Module, shape: tuple[int, ...], path: str, legacy: bool = False) -> None:
    """As ONNX with an open batch, by either of torch's exporters."""
    example = torch.rand(2, *shape)
    if legacy:
        torch.onnx.export(
            network, (example,), path, dynamo=False, opset_version=17, input_names=["x"], output_names=["logits"],
            dynamic_axes={"x": {0: "batch"}},
        )  # fmt: skip
    else:
        program = torch.onnx.export(
            network, (example,), dynamo=True, input_names=["x"], output_names=["logits"],
            dynamic_shapes=({0: torch.export.Dim("batch")},), opset_version=20, verbose=False,
        )  # fmt: skip
        # Where the code lay that made it is nobody's business.
        for node in program.model.graph:
            node.metadata_props.pop("pkg.torch.onnx.stack_trace", None)
        program.save(path, external_data=False)
