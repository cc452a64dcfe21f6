# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""What CPython's own unpicklers do with pickles, as they say it themselves.

Reads lines of hexadecimal from standard input. Every global becomes an inert recorder, so that nothing of a pickle
is ever imported or called: `find_class` and `persistent_load` are ours, and what they return only takes notes.
Prints one line of JSON a pickle: for the C and for the Python unpickler whether it finished, the globals it asked
for, and those it called, wrote to or gave a state.
"""

import _pickle
import io
import json
import pickle
import resource
import sys

resource.setrlimit(resource.RLIMIT_CPU, (120, 120))
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
sys.setrecursionlimit(5000)


def recorder(events, name):
    """A class, because NEWOBJ takes nothing else, whose every use is noted under its name."""

    class Meta(type):
        def __call__(cls, *args, **kwargs):
            events["calls"].add(name)
            return object.__new__(Result)

        def __setattr__(cls, key, value):
            events["writes"].add(name)

        def __setitem__(cls, key, value):
            events["writes"].add(name)

        def __setstate__(cls, state):
            events["writes"].add(name)

        def extend(cls, items):
            events["writes"].add(name)

        def append(cls, item):
            events["writes"].add(name)

        def add(cls, item):
            events["writes"].add(name)

    class Result:
        def __call__(self, *args, **kwargs):
            return self

        def __setstate__(self, state):
            pass

        def __setitem__(self, key, value):
            pass

        def extend(self, items):
            pass

        def append(self, item):
            pass

        def add(self, item):
            pass

    class Recorder(metaclass=Meta):
        def __new__(cls, *args, **kwargs):
            events["calls"].add(name)
            return object.__new__(Result)

    return Recorder


def run(base, data):
    events = {"globals": set(), "calls": set(), "writes": set()}

    class Inert(base):
        def find_class(self, module, name):
            events["globals"].add((module, name))
            return recorder(events, (module, name))

        def persistent_load(self, pid):
            return recorder({"globals": set(), "calls": set(), "writes": set()}, None)

    try:
        Inert(io.BytesIO(data), encoding="latin-1").load()
        finished = True
    except RecursionError:
        finished = False
    except Exception:
        finished = False
    result = {kind: sorted(list(pair) for pair in found) for kind, found in events.items()}
    result["finished"] = finished
    return result


for line in sys.stdin:
    data = bytes.fromhex(line.strip())
    answer = {"c": run(_pickle.Unpickler, data), "python": run(pickle._Unpickler, data)}
    print(json.dumps(answer, ensure_ascii=True))
