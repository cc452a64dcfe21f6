#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""Measures `martlet seal`, `open` and `rewrap` beside Debian's age, on a file that it makes in a folder: in memory
(/dev/shm), so that no disk is measured, unless told.

    make build && python3 Benchmarks/seal.py [GIGABYTES] [--folder F]

Every line is one whole process, start-up included, which writes a file that is not there; the order changes with every round, and
the ratio is that of the medians. Martlet's output is durable when it ends; so is age's in the lines with a sync. Memory is the
peak resident size. Standard output is /dev/null: what is sealed or opened goes nowhere, so that the tools and not the system are measured.
What two cores could do at most is how long the same cipher takes to authenticate the file without writing
anything, from `martlet inspect`, in the processor's own time: copies into and out of the system's memory come on top, for age too.
"""
import argparse
import os
import pathlib
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
MARTLET = os.environ.get("MARTLET", str(ROOT / ".build/release/martlet"))
ROUNDS = 9


class Run:
    """One process: seconds of the clock, seconds of processors in its own code and in the system, and peak memory in MB."""

    def __init__(self, command: list[str]) -> None:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        self.seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            raise SystemExit(f"{' '.join(command)} failed")
        self.user, self.system, self.memory = usage.ru_utime, usage.ru_stime, usage.ru_maxrss / 1024


def median(runs: list[Run], what: str) -> float:
    return statistics.median(getattr(run, what) for run in runs)


def line(name: str, runs: list[Run], size: int) -> None:
    seconds = median(runs, "seconds")
    print(
        f"| {name} | {seconds:.2f} s | {size / seconds / 1e9:.2f} GB/s | {median(runs, 'user'):.2f} s"
        f" | {median(runs, 'system'):.2f} s | {median(runs, 'memory'):.0f} MB |"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gigabytes", type=float, nargs="?", default=2)
    parser.add_argument("--folder", default="/dev/shm")
    options = parser.parse_args()
    size = int(options.gigabytes * (1 << 30)) // (1 << 20) << 20
    cores = len(os.sched_getaffinity(0))
    print(f"{cores} cores, load average {os.getloadavg()[0]:.1f}, {size / 1e9:.2f} GB, {ROUNDS} rounds\n")
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = pathlib.Path(name)
        plain, ours, theirs, made = (str(folder / part) for part in ("plain", "ours.age", "theirs.age", "made"))
        with open(plain, "wb") as file:
            block = os.urandom(1 << 20)
            for _ in range(size >> 20):
                file.write(block)
        keys = []
        for person in ("anna", "ben"):
            key = str(folder / person)
            pair = subprocess.run([MARTLET, "keygen", "sealing", "-o", key], capture_output=True, text=True, check=True)
            keys.append((key, pair.stdout.strip()))
        (key, recipient), (_, other) = keys
        Run([MARTLET, "seal", plain, "-r", recipient, "-o", ours])
        Run(["age", "-r", recipient, "-o", theirs, plain])
        tools = {
            "martlet seal": [MARTLET, "seal", plain, "-r", recipient, "-o", made],
            "age": ["age", "-r", recipient, "-o", made, plain],
            "age; sync": ["sh", "-c", f"age -r {recipient} -o {made} {plain} && sync {made}"],
            "martlet open": [MARTLET, "open", ours, "-i", key, "-o", made],
            "age --decrypt": ["age", "--decrypt", "-i", key, "-o", made, theirs],
            "age --decrypt; sync": ["sh", "-c", f"age --decrypt -i {key} -o {made} {theirs} && sync {made}"],
            "martlet seal to standard output": [MARTLET, "seal", plain, "-r", recipient, "-o", "-"],
            "age to standard output": ["age", "-r", recipient, plain],
            "martlet open to standard output": [MARTLET, "open", ours, "-i", key, "-o", "-"],
            "age --decrypt to standard output": ["age", "--decrypt", "-i", key, theirs],
            "martlet inspect (authenticates, writes nothing)": [MARTLET, "inspect", ours, "-i", key],
        }
        runs: dict[str, list[Run]] = {tool: [] for tool in tools}
        # Memory that a file has just had is quicker to take than memory that was never used: whoever comes next has it.
        order = random.Random(1)
        for _ in range(ROUNDS):
            for tool in order.sample(list(tools), len(tools)):
                pathlib.Path(made).unlink(missing_ok=True)
                runs[tool].append(Run(tools[tool]))
        pathlib.Path(made).unlink(missing_ok=True)
        print("| | wall | | own code | system | memory |\n|---|---|---|---|---|---|")
        for tool in tools:
            line(tool, runs[tool], size)
        cipher = median(runs["martlet inspect (authenticates, writes nothing)"], "user") / min(2, cores)
        for ours_, theirs_ in (("martlet seal", "age"), ("martlet open", "age --decrypt")):
            wall = median(runs[ours_], "seconds")
            print(f"\n{ours_}: {median(runs[theirs_], 'seconds') / wall:.1f} x {theirs_},"
                  f" {median(runs[theirs_ + '; sync'], 'seconds') / wall:.1f} x as durable")
        for ours_, theirs_ in (("martlet seal", "age"), ("martlet open", "age --decrypt")):
            ratio = median(runs[theirs_ + " to standard output"], "seconds") / median(runs[ours_ + " to standard output"], "seconds")
            print(f"{ours_} to standard output: {ratio:.1f} x {theirs_}")
        for tool in (
            "martlet seal", "martlet open", "martlet seal to standard output", "martlet open to standard output",
            "martlet inspect (authenticates, writes nothing)",
        ):
            print(f"{tool}: {100 * cipher / median(runs[tool], 'seconds'):.0f} % of what the cipher alone does on two cores")

        print("\n| | wall |\n|---|---|")
        parts = {
            "martlet open --help": [MARTLET, "open", "--help"],
            "martlet open --range, 1 MiB in the middle": [
                MARTLET, "open", ours, "-i", key, "-o", made, "--force", "--range", f"{size // 2}..<{size // 2 + (1 << 20)}"],
            "martlet rewrap --add": [MARTLET, "rewrap", ours, "-i", key, "--add", other],
            "martlet rewrap --remove": [MARTLET, "rewrap", ours, "-i", key, "--remove", other],
        }
        times: dict[str, list[float]] = {part: [] for part in parts}
        for _ in range(4 * ROUNDS):
            for part, command in parts.items():
                times[part].append(Run(command).seconds)
        for part in parts:
            print(f"| {part} | {1000 * statistics.median(times[part]):.0f} ms |")
    print(f"\nload average after {os.getloadavg()[0]:.1f}; this script: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
