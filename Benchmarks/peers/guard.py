#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""How soon the guard notices attackers, and how often it is wrong about customers, beside PRADA (Juuti et al. 2019), written
anew here from its paper.

    pip install numpy==2.4.6 scipy==1.17.1 torch==2.13.0 onnx==1.19.1
    make build && python3 Benchmarks/peers/guard.py [--data MNIST.npz] [--clients 60] [--attackers 20]

The bundled digits when no data are given; otherwise an npz file with x_train, y_train, x_test and y_test. A network is trained on
one part, the guard calibrated on another, and all traffic comes from a third. Attackers ask the network itself, so that what they
ask depends on what it said; what they asked is then replayed through `martlet guard replay`.
"""
import argparse
import json
import os
import pathlib
import subprocess
import tempfile
import warnings

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from scipy.stats import shapiro
from torch import nn

ROOT = pathlib.Path(__file__).resolve().parents[2]
MARTLET = os.environ.get("MARTLET", str(ROOT / ".build/release/martlet"))
LONGEST = 2000


def martlet(*arguments: str) -> dict:
    done = subprocess.run([MARTLET, *arguments, "--format", "json"], capture_output=True, text=True)
    if done.returncode == 2:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout)


# The network


def network(width: int, classes: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Flatten(), nn.Linear(width, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, classes)
    )


def fit(model: nn.Module, x: torch.Tensor, targets: torch.Tensor, epochs: int, rate: float = 2e-3) -> nn.Module:
    optimiser = torch.optim.Adam(model.parameters(), rate)
    for _ in range(epochs):
        for rows in torch.randperm(len(x)).split(64):
            optimiser.zero_grad()
            nn.functional.cross_entropy(model(x[rows]), targets[rows]).backward()
            optimiser.step()
    return model.eval()


def export(model: nn.Sequential, shape: tuple, path: pathlib.Path) -> None:
    nodes, weights, name = [helper.make_node("Flatten", ["x"], ["h0"])], [], "h0"
    layers = list(model)[1:]
    for place, layer in enumerate(layers):
        following = "logits" if place == len(layers) - 1 else f"h{place + 1}"
        if isinstance(layer, nn.ReLU):
            nodes.append(helper.make_node("Relu", [name], [following]))
        else:
            for kind, value in (("w", layer.weight), ("b", layer.bias)):
                weights.append(numpy_helper.from_array(value.detach().numpy(), f"{kind}{place}"))
            nodes.append(helper.make_node("Gemm", [name, f"w{place}", f"b{place}"], [following], transB=1))
        name = following
    graph = helper.make_graph(
        nodes, "network", [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", *shape])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", layers[-1].out_features])], weights,
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), path)


# Traffic


class World:
    """The network, and the queries that nobody trained or calibrated on."""

    def __init__(self, model: nn.Module, x: torch.Tensor, y: torch.Tensor, classes: int):
        self.model, self.x, self.y, self.classes = model, x, y, classes

    def answers(self, x: torch.Tensor) -> torch.Tensor:
        with torch.no_grad():
            return torch.softmax(self.model(x), 1)

    def natural(self, count: int, random: np.random.Generator) -> torch.Tensor:
        return self.x[random.integers(0, len(self.x), count)]

    def skewed(self, count: int, random: np.random.Generator, concentration: float = 2) -> torch.Tensor:
        """A customer with more of some classes than of others: shares from a Dirichlet distribution."""
        share = random.dirichlet(np.full(self.classes, concentration))
        weight = share[self.y.numpy()]
        return self.x[random.choice(len(self.x), count, p=weight / weight.sum())]


def junk(world: World, count: int, random: np.random.Generator) -> torch.Tensor:
    x = world.skewed(count, random).clone()
    for row in np.flatnonzero(random.random(count) < 0.03):
        kind = random.integers(3)
        x[row] = 0 if kind == 0 else 1 - x[row] if kind == 1 else torch.from_numpy(random.random(x[row].shape, dtype=np.float32))
    return x


def jbda(world: World, random: np.random.Generator, cover: bool = False, sign: float = -1) -> torch.Tensor:
    """Jacobian-based augmentation: 50 seeds, lambda 0.1, until there are enough. Steps lead towards the boundary, as in PRADA's
    N FGSM; with the sign 1 into the class, as Papernot et al. 2017 have it."""
    torch.manual_seed(int(random.integers(1 << 31)))
    x = world.x[random.permutation(len(world.x))[:50]]
    asked = [x]
    while sum(map(len, asked)) < LONGEST:
        known = torch.cat(asked)[-LONGEST:]
        student = fit(network(known[0].numel(), world.classes), known, world.answers(known), 20)
        x = known.clone().requires_grad_()
        score = student(x).gather(1, world.answers(known).argmax(1, keepdim=True)).sum()
        step = torch.autograd.grad(score, x)[0].sign()
        x = (known + 0.1 * sign * step).clamp(0, 1).detach()
        asked.append(x[random.permutation(len(x))])
    stream = torch.cat(asked)[:LONGEST]
    if not cover:
        return stream
    mixed = torch.stack([stream, world.natural(len(stream), random)], 1).flatten(0, 1)
    return mixed[:LONGEST]


def bisection(world: World, random: np.random.Generator) -> torch.Tensor:
    """Points on the boundary between two classes, by halving the way between two natural inputs."""
    asked: list[torch.Tensor] = []
    while len(asked) < LONGEST:
        low, high = world.natural(2, random)
        asked += [low, high]
        start, end = world.answers(torch.stack([low, high])).argmax(1)
        if start == end:
            continue
        for _ in range(10):
            middle = (low + high) / 2
            asked.append(middle)
            if world.answers(middle[None]).argmax(1)[0] == start:
                low = middle
            else:
                high = middle
    return torch.stack(asked[:LONGEST])


def mixup(world: World, random: np.random.Generator) -> torch.Tensor:
    seeds = world.x[random.permutation(len(world.x))[:50]]
    left, right = random.integers(0, 50, LONGEST), random.integers(0, 50, LONGEST)
    share = torch.from_numpy(random.random((LONGEST,) + (1,) * (seeds.dim() - 1), dtype=np.float32))
    return share * seeds[left] + (1 - share) * seeds[right]


def permuted(world: World, random: np.random.Generator) -> torch.Tensor:
    x = world.natural(LONGEST, random)
    return x.flatten(1)[:, random.permutation(x[0].numel())].reshape(x.shape)


BENIGN = {
    "benign, skewed": lambda w, r: w.skewed(LONGEST, r),
    "benign, strongly skewed": lambda w, r: w.skewed(LONGEST, r, 0.5),
    "benign, skewed, 3 % junk": lambda w, r: junk(w, LONGEST, r),
    "benign, 15 % dimmer": lambda w, r: w.skewed(LONGEST, r) * 0.85,
}
ATTACKS = {
    "JBDA": jbda,
    "JBDA, half of it cover": lambda w, r: jbda(w, r, cover=True),
    "JBDA into the class": lambda w, r: jbda(w, r, sign=1),
    "noise": lambda w, r: torch.from_numpy(r.random((LONGEST, *w.x.shape[1:]), dtype=np.float32)),
    "inverted": lambda w, r: 1 - w.natural(LONGEST, r),
    "permuted": permuted,
    "boundary bisection": bisection,
    "mixup": mixup,
    "natural data": lambda w, r: w.natural(LONGEST, r),
}


# PRADA


def prada(x: np.ndarray, labels: np.ndarray, delta: float = 0.95) -> int | None:
    """The query at which the distances of new queries to those before no longer look normal (sections V-A and V-B)."""
    x = x.reshape(len(x), -1)
    grown: dict[int, list] = {}
    distances: list[float] = []
    for place, label in enumerate(labels):
        rows, between, threshold = grown.setdefault(int(label), [[], [], 0.0])
        if not rows:
            rows.append(place)
            continue
        distance = float(np.sqrt(((x[rows] - x[place]) ** 2).sum(1).min()))
        distances.append(distance)
        if distance > threshold:
            rows.append(place)
            between.append(distance)
            grown[int(label)][2] = max(threshold, float(np.mean(between) - np.std(between)))
        # Looked at after every tenth query: the test takes longer than everything else.
        if len(distances) > 100 and place % 10 == 0:
            d = np.array(distances)
            kept = d[np.abs(d - d.mean()) <= 3 * d.std()]
            if kept.std() == 0 or shapiro(kept).statistic < delta:
                return place + 1
    return None


def repeated(world: World, random: np.random.Generator, share: float = 0.005) -> tuple[int, int]:
    """False answers that a copy was told, as the watermark has them, and how many of them it repeats: it learns labels of every
    row there is until it knows them."""
    torch.manual_seed(int(random.integers(1 << 31)))
    labels = world.answers(world.x).argmax(1)
    changed = np.flatnonzero(random.random(len(labels)) < share)
    told = labels.clone()
    told[changed] = (labels[changed] + torch.from_numpy(random.integers(1, world.classes, len(changed)))) % world.classes
    copy = fit(network(world.x[0].numel(), world.classes), world.x, told, 150)
    return len(changed), int((copy(world.x[changed]).argmax(1) == told[changed]).sum())


# The table


def replay(model: pathlib.Path, guard: pathlib.Path, streams: list[torch.Tensor], keys: int = 1) -> list[dict]:
    """What the guard says of each stream by itself; with several keys, of each key of the first."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for stream in streams:
            path = pathlib.Path(folder) / "stream.npz"
            np.savez(path, x=stream.numpy(), client=np.arange(len(stream), dtype=np.int64) % keys)
            found += martlet("guard", "replay", str(model), "--guard", str(guard), "--data", str(path))["keys"]
    return found


def together(model: pathlib.Path, guard: pathlib.Path, streams: list[torch.Tensor]) -> list[dict]:
    """What it says of clients that ask in turn, each a tenant of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "streams.npz"
        mixed = torch.stack(streams, 1).flatten(0, 1).numpy()
        client = np.tile(np.arange(len(streams), dtype=np.int64), len(streams[0]))
        np.savez(path, x=mixed, client=client, tenant=client)
        return martlet("guard", "replay", str(model), "--guard", str(guard), "--data", str(path))["keys"]


def median(places: list[int | None]) -> str:
    found = [place for place in places if place is not None]
    if not places:
        return ""
    if not found:
        return "never"
    share = "" if len(found) == len(places) else f"{100 * len(found) / len(places):.0f} % "
    return f"{share}{np.median(found):.0f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=ROOT / "Examples/digits/digits.npz")
    parser.add_argument("--clients", type=int, default=60, help="benign clients a row")
    parser.add_argument("--attackers", type=int, default=20, help="attackers a row")
    parser.add_argument("--prada", type=int, default=20, help="streams a row that PRADA looks at")
    parser.add_argument("--only", default="", help="rows with one of these words, with commas between them")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    warnings.filterwarnings("ignore")
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    data = np.load(options.data)
    x = torch.from_numpy(np.concatenate([data["x_train"], data["x_test"]]).astype(np.float32))
    if data["x_train"].dtype == np.uint8:
        x /= 255
    y = torch.from_numpy(np.concatenate([data["y_train"], data["y_test"]]))
    order = torch.randperm(len(x))
    x, y = x[order], y[order]
    # A third each on digits; what is plenty of a larger set.
    train = min(len(x) // 3, 6000)
    held = min(len(x) // 3, 2000)
    classes = int(y.max()) + 1
    model = fit(network(x[0].numel(), classes), x[:train], y[:train], 60 if len(x) < 5000 else 15)
    world = World(model, x[train + held:], y[train + held:], classes)
    accuracy = (world.answers(world.x).argmax(1) == world.y).float().mean().item()
    random = np.random.default_rng(options.seed)
    print(f"{options.data.name}: {train} rows trained on, {held} held out, {len(world.x)} for traffic; accuracy {accuracy:.3f}\n")
    print("| traffic | streams | PRADA | guard: flagged | as attack, shift, drift | median query |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        place = pathlib.Path(folder)
        network_file, guard = place / "network.onnx", place / "guard.json"
        export(model, tuple(x.shape[1:]), network_file)
        np.savez(
            place / "held.npz", x_train=x[:train].numpy(), x_test=x[train : train + held].numpy(),
            y_train=y[:train].numpy(), y_test=y[train : train + held].numpy(),
        )
        subprocess.run(
            [MARTLET, "guard", "calibrate", str(network_file), "--data", str(place / "held.npz"), "--seed", "1", "-o", str(guard)],
            check=True, stdout=subprocess.DEVNULL,
        )

        def row(name: str, streams: list[torch.Tensor], found: list[dict]) -> None:
            flagged = [key.get("flaggedAt") for key in found]
            kinds = ", ".join(str(sum(key.get("kind") == kind for key in found)) for kind in ("attack", "shift", "drift"))
            theirs = [
                prada(stream.numpy(), world.answers(stream).argmax(1).numpy()) for stream in streams[: options.prada]
            ]
            caught = [place for place in flagged if place is not None]
            print(
                f"| {name} | {len(found)} | {median(theirs)} | {len(caught)} of {len(found)} | {kinds} | {median(flagged)} |",
                flush=True,
            )

        def is_wanted(name: str) -> bool:
            return not options.only or any(word in name for word in options.only.split(","))

        for name, make in BENIGN.items():
            if not is_wanted(name):
                continue
            streams = [make(world, random) for _ in range(options.clients)]
            row(name, streams, replay(network_file, guard, streams))
        if is_wanted("all clients dimmer at once"):
            streams = [BENIGN["benign, 15 % dimmer"](world, random)[:500] for _ in range(options.clients)]
            row("all clients dimmer at once", [], together(network_file, guard, streams))
        for name, make in ATTACKS.items():
            if not is_wanted(name):
                continue
            streams = [make(world, random) for _ in range(options.attackers)]
            row(name, streams, replay(network_file, guard, streams))
        for keys in (10, 50) if is_wanted("tenant") else ():
            stream = jbda(world, random)
            found = replay(network_file, guard, [stream], keys)
            row(f"JBDA over {keys} keys of one tenant", [], found)
            with tempfile.TemporaryDirectory() as scratch:
                path = pathlib.Path(scratch) / "stream.npz"
                np.savez(path, x=stream.numpy(), client=np.arange(len(stream), dtype=np.int64) % keys)
                tenant = martlet("guard", "replay", str(network_file), "--guard", str(guard), "--data", str(path))["tenants"]
            row("the tenant itself", [], tenant)
        if is_wanted("watermark"):
            told, said = np.sum([repeated(world, random) for _ in range(options.attackers)], 0)
            print(f"\nwatermark: of {told} false answers that {options.attackers} copies were told, they repeat {said}")


if __name__ == "__main__":
    main()
