#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""Makes Sources/Admit/Scan/Pickle/Packs/*: the classes of each library whose making and filling by a pickle only fills
their dictionary.

    pip download --no-deps scikit-learn==1.7.2 ... -d WHEELS     # any versions, for any Python
    make_packs.py WHEELS

Every class of every version is read, not imported. One is listed when neither it nor a base of it says how it is made,
filled, looked up or thrown away, or when what it says was read and is in REVIEWED.
"""

import ast
import pathlib
import sys
import zipfile

HOOKS = {"__new__", "__setstate__", "__del__", "__getattr__", "__getattribute__", "__reduce__", "__setattr__"}
# Read: each only updates __dict__, sets defaults for what older versions did not write, or raises AttributeError.
REVIEWED = {
    "sklearn": {
        "BaseEstimator.__setstate__", "Bunch.__setstate__", "Bunch.__getattr__", "Bunch.__setattr__",
        "_BaseEncoder.__setstate__", "TreePredictor.__setstate__", "IsotonicRegression.__setstate__",
        "FrozenEstimator.__getattr__", "MetadataRequest.__getattr__",
    },
    "torch": {
        "Module.__setstate__", "Module.__getattr__", "Module.__setattr__", "_ConvNd.__setstate__",
        "RNNBase.__setstate__", "RNNBase.__setattr__", "MultiheadAttention.__setstate__",
        "TransformerEncoderLayer.__setstate__", "TransformerDecoderLayer.__setstate__", "Upsample.__setstate__",
        "ParameterDict.__setstate__", "ParameterList.__setstate__", "ParameterDict.__getattr__",
        "Optimizer.__setstate__", "SGD.__setstate__", "Adam.__setstate__", "Adagrad.__setstate__",
        "Adadelta.__setstate__", "Adamax.__setstate__", "NAdam.__setstate__", "RAdam.__setstate__",
        "RMSprop.__setstate__", "Rprop.__setstate__", "ASGD.__setstate__", "AdamW.__setstate__",
        "Softmax.__setstate__", "Softmin.__setstate__", "LogSoftmax.__setstate__", "Hardtanh.__setstate__",
        "LBFGS.__setstate__", "Adafactor.__setstate__", "Muon.__setstate__", "GroupNorm.__setstate__",
        "AvgPool3d.__setstate__", "_WrappedHook.__setstate__",
    },
    "xgboost": set(), "lightgbm": set(), "scipy": set(), "pandas": set(),
}
# Bases outside of the library that have no such methods either.
PLAIN = {"object", "ABC", "Generic", "Protocol", "Enum", "Callable", "Sized"}
PACKS = {
    "sklearn": ("sklearn", {"tests", "externals", "datasets", "_build_utils", "_testing", "conftest", "__check_build",
                            "parallel", "_mocking", "estimator_checks"}, ("metrics", "feature_selection",
                                                                            "preprocessing", "feature_extraction")),
    "torch": ("torch", None, ()),
    "xgboost": ("xgboost", {"testing", "spark", "dask", "tracker", "collective", "federated", "data", "core",
                            "rabit", "libpath"}, ()),
    "lightgbm": ("lightgbm", {"basic", "dask", "libpath"}, ()),
}
TORCH = ("torch.nn.modules.", "torch.optim.", "torch.nn.utils.weight_norm", "torch.nn.utils.spectral_norm",
         "torch.nn.utils.parametrizations", "torch.ao.nn.quantized.dynamic.modules.", "torch.nn.quantized.dynamic.")


class Class:
    def __init__(self, node):
        self.hooks = {n.name for n in node.body if isinstance(n, ast.FunctionDef) and n.name in HOOKS}
        self.slots = any(isinstance(n, ast.Assign) and any(getattr(t, "id", "") == "__slots__" for t in n.targets)
                         for n in node.body)
        self.bases = [self.last(b) for b in node.bases]
        self.meta = [self.last(k.value) for k in node.keywords if k.arg == "metaclass"]

    @staticmethod
    def last(node):
        if isinstance(node, ast.Subscript):
            return Class.last(node.value)
        return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else "?"


def sources(package, wheels):
    for wheel in sorted(pathlib.Path(wheels).iterdir()):
        if wheel.suffix == ".whl":
            with zipfile.ZipFile(wheel) as archive:
                for name in archive.namelist():
                    if name.startswith(package + "/") and name.endswith(".py"):
                        yield wheel.name, name, archive.read(name)
        elif wheel.name == package and wheel.is_dir():
            for path in wheel.rglob("*.py"):
                yield "folder", package + "/" + str(path.relative_to(wheel)), path.read_bytes()


def collect(package, skipped, function_modules, wheels):
    versions = {}
    for wheel, path, text in sources(package, wheels):
        module = path[:-3].replace("/", ".").removesuffix(".__init__")
        parts = set(module.split("."))
        if skipped is None:
            if not module.startswith("torch.nn") and not module.startswith("torch.optim"):
                continue
        elif parts & skipped:
            continue
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError):
            continue
        classes, functions = versions.setdefault(wheel, ({}, {}))
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                classes[(module, node.name)] = Class(node)
            elif isinstance(node, ast.FunctionDef) and len(parts & set(function_modules)) > 0:
                if not node.name.startswith("_") or node.name == "_passthrough_scorer":
                    functions[(module, node.name)] = True
    listed, named, refused = {}, {}, set()
    for classes, functions in versions.values():
        by_name = {}
        for (module, name), item in classes.items():
            by_name.setdefault(name, []).append(item)

        def reason(name, item, seen=()):
            for hook in item.hooks - {"__reduce__"}:
                if f"{name}.{hook}" not in REVIEWED[package]:
                    return f"{name}.{hook}"
            if item.slots:
                return f"{name}.__slots__"
            for base in item.bases:
                if base in seen or base in PLAIN:
                    continue
                if base not in by_name:
                    if base in ("BaseEstimator", "ClassifierMixin", "RegressorMixin", "TransformerMixin", "RankerMixin",
                                "XGBRankerMixIn", "XGBModelBase", "_LGBMModelBase", "_LGBMClassifierBase",
                                "_LGBMRegressorBase", "XGBClassifierBase", "XGBRegressorBase"):
                        continue
                    return f"{name}({base})"
                for known in by_name[base]:
                    if why := reason(base, known, (*seen, name)):
                        return why
            return None

        for (module, name), item in classes.items():
            if package == "torch" and not module.startswith(TORCH):
                continue
            why = reason(name, item)
            if why:
                refused.add(f"{module}.{name}: {why}")
            else:
                listed.setdefault(module, set()).add(name)
        for module, name in functions:
            named.setdefault(module, set()).add(name)
    return listed, named, refused


def lines(table):
    return "\n".join("    " + module + " " + " ".join(sorted(names)) for module, names in sorted(table.items()))


def main():
    wheels = sys.argv[1]
    folder = pathlib.Path(__file__).parent.parent / "Sources/Admit/Scan/Pickle/Packs"
    for pack, (package, skipped, function_modules) in PACKS.items():
        listed, named, refused = collect(package, skipped, function_modules, wheels)
        if not listed:
            continue
        title = pack.capitalize()
        text = f'''// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors
// swift-format-ignore-file

/// Made by Scripts/make_packs.py: do not edit.
enum {title}Names {{
  /// Classes whose making and filling only fills their dictionary.
  static let classes = """
{lines(listed)}
    """

  /// Functions that only compute.
  static let functions = """
{lines(named)}
    """
}}
'''
        (folder / f"{title}Names.swift").write_text(text)
        print(pack, sum(map(len, listed.values())), sum(map(len, named.values())), file=sys.stderr)
        for line in sorted(refused):
            print("  not listed:", line, file=sys.stderr)


main()
