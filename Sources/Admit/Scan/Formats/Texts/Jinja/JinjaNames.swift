// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// What may stand in a template that is `safe`, by exact name. Everything on these lists only makes text and plain values
/// out of what the caller gave to the template. Sources: `jinja2/defaults.py`, `filters.py`, `tests.py`; `render_jinja_template`
/// of transformers.
enum JinjaNames {
  static let filters: Set<String> = [
    "abs", "batch", "capitalize", "center", "count", "d", "default", "dictsort", "e", "escape",
    "filesizeformat",
    "first", "float", "forceescape", "groupby", "indent", "int", "items", "join", "last", "length", "list",
    "lower",
    "map", "max", "min", "pprint", "reject", "rejectattr", "replace", "reverse", "round", "safe", "select",
    "selectattr", "slice", "sort", "string", "striptags", "sum", "title", "tojson", "trim", "truncate",
    "unique",
    "upper", "urlencode", "wordcount", "wordwrap", "xmlattr", "format", "attr", "from_json", "fromjson",
  ]

  static let tests: Set<String> = [
    "boolean", "callable", "defined", "divisibleby", "eq", "equalto", "even", "false", "filter", "float",
    "ge", "gt",
    "in", "integer", "iterable", "le", "lower", "lt", "mapping", "ne", "none", "None", "number", "odd",
    "sameas",
    "sequence", "string", "test", "true", "undefined", "upper", "escaped", "greaterthan", "lessthan", "==",
    "!=",
    "startswith", "endswith", "contains",
  ]

  /// Functions that every chat template may call. `raise_exception` and `strftime_now` are given by the libraries.
  static let functions: Set<String> = [
    "range", "namespace", "dict", "raise_exception", "strftime_now", "joiner", "cycler", "caller", "loop",
    "now",
  ]

  /// Methods of text, lists, dictionaries and dates.
  static let methods: Set<String> = [
    "append", "capitalize", "center", "copy", "count", "cycle", "changed", "endswith", "extend", "find",
    "format",
    "get", "index", "insert", "isalnum", "isalpha", "isdecimal", "isdigit", "isidentifier", "islower",
    "isnumeric",
    "isoformat", "isspace", "istitle", "isupper", "items", "join", "keys", "ljust", "lower", "lstrip", "next",
    "partition", "pop", "removeprefix", "removesuffix", "remove", "replace", "reset", "reverse", "rfind",
    "rindex",
    "rjust", "rpartition", "rsplit", "rstrip", "setdefault", "sort", "split", "splitlines", "startswith",
    "strftime",
    "strip", "swapcase", "title", "union", "update", "upper", "values", "zfill",
  ]

  /// Objects that frameworks put beside the template's own and that lead to Python.
  static let doors: Set<String> = [
    "self", "lipsum", "request", "url_for", "get_flashed_messages", "config", "application", "os", "sys",
    "subprocess",
    "builtins", "eval", "exec", "open", "compile", "importlib", "getattr", "setattr", "vars", "globals",
    "locals",
    "exit", "quit", "environment", "context",
  ]

  /// Attributes without underscores that lead to code, modules or frames.
  static let ways: Set<String> = [
    "mro", "gi_frame", "gi_code", "gi_yieldfrom", "cr_frame", "cr_code", "cr_await", "ag_frame", "ag_code",
    "f_globals", "f_locals", "f_builtins", "f_back", "f_code", "tb_frame", "tb_next", "func_globals",
    "func_code", "func_closure", "func_defaults", "im_func", "im_self", "im_class", "co_code", "co_consts",
  ]

  /// Methods that no text, list or dictionary has, and that do harm where they are.
  static let harmfulMethods: Set<String> = [
    "popen", "system", "Popen", "check_output", "check_call", "getoutput", "import_module", "load_module",
    "execve", "spawnl", "eval", "exec", "urlopen", "urlretrieve", "b64decode", "loads", "run_path", "spawn",
    "subclasses", "read",
  ]

  /// What a string of `text` gives away, such as `__class__`; nil when it names nothing of Python's insides.
  static func insides(_ text: String) -> String? {
    if ways.contains(text) { return text }
    return dunder(in: text)
  }

  /// The first `__name__` in a text.
  static func dunder(in text: String) -> String? {
    let units = Array(text.utf8)
    var index = 0
    while index + 4 < units.count {
      guard units[index] == 0x5F, units[index + 1] == 0x5F else {
        index += 1
        continue
      }
      var end = index + 2
      while end < units.count, isWord(units[end]),
        units[end] != 0x5F || (end + 1 < units.count && units[end + 1] != 0x5F)
      { end += 1 }
      if end > index + 2, end + 1 < units.count, units[end] == 0x5F, units[end + 1] == 0x5F {
        let name = String(decoding: units[index...end + 1], as: UTF8.self)
        if name.dropFirst(2).first?.isLetter == true { return name }
      }
      index += 1
    }
    return nil
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte == 0x5F || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
  }

  /// Dunders that lead out of an object, for texts that cannot be parsed.
  private static let known: [String] = [
    "__class__", "__globals__", "__builtins__", "__subclasses__", "__mro__", "__base__", "__bases__",
    "__init__",
    "__import__", "__getattribute__", "__dict__", "__code__", "__reduce__", "__call__", "__self__",
    "__module__",
    "__getitem__", "__loader__", "__func__", "__wrapped__", "__closure__",
  ]

  /// Such a dunder between the marks of a template, for texts that cannot be parsed and examples in documentation.
  static func escape(in text: Bytes) -> String? {
    let span = text.span
    var at = 0
    while at + 1 < span.count {
      guard span[at] == 0x7B, span[at + 1] == 0x7B || span[at + 1] == 0x25 else {
        at += 1
        continue
      }
      let close: UInt8 = span[at + 1] == 0x7B ? 0x7D : 0x25
      var end = at + 2
      while end + 1 < span.count, end - at < 4096, !(span[end] == close && span[end + 1] == 0x7D) { end += 1 }
      let inside = String(decoding: text.slice(at..<min(end, span.count)).array(), as: UTF8.self)
      if let name = known.first(where: { inside.contains($0) }) { return name }
      at = end
    }
    return nil
  }
}

extension Note.Kind {
  static let templateEscape: Note.Kind = "template-escape"
  static let templateConstruct: Note.Kind = "template-construct"
  static let templateExhausts: Note.Kind = "template-exhausts"
  static let templateText: Note.Kind = "template-text"
  static let brokenTemplate: Note.Kind = "template-broken"
}
