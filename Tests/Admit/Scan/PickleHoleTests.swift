// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletEvidence
import MartletScan
import Testing

/// Pickles of nothing but vetted names that do harm all the same: through what they change after it was looked at, through
/// states that contradict their objects, and through vetted functions in the hands of vetted classes.
@Suite struct PickleHoleTests {
  typealias P = PickleExpression

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let value: P
    var worst: Verdict?

    init(_ name: String, _ value: P, _ worst: Verdict? = nil) {
      testDescription = name
      self.value = value
      self.worst = worst
    }
  }

  private static let payload = Array("cos\nsystem\n(S'id'\ntR.".utf8)
  private static let harmless: [UInt8] = [0x80, 2, 0x4E, 0x2E] + [UInt8](repeating: 0, count: 17)
  private static let load = P.global("torch.storage", "_load_from_bytes")

  private static func dtype(_ name: String, size: P, flags: Int, fields: P = .none, names: P = .none) -> P {
    .build(
      .call(.global("numpy", "dtype"), [.text(name), .yes, .yes]),
      .tuple([.int(3), .text("|"), .none, names, fields, size, .int(1), .int(flags)]))
  }

  private static let minusOne = P.int(-1)

  private static func wrapper(_ dtype: P, _ shape: [P], more: [(P, P)] = [], bytes: [UInt8]) -> P {
    .then(
      .build(
        .new("joblib.numpy_pickle", "NumpyArrayWrapper"),
        .dict(
          [
            (.text("subclass"), .global("numpy", "ndarray")), (.text("shape"), .tuple(shape)),
            (.text("order"), .text("C")), (.text("dtype"), dtype), (.text("allow_mmap"), .yes),
          ] + more)), bytes)
  }

  /// A bytearray in memo 0 that is loaded after opcodes have changed it.
  private static func changed(by opcodes: [UInt8]) -> P {
    .then(
      .byteArray(harmless),
      [0x94] + opcodes + [0x30] + load.opcodes + [0x68, 0, 0x85, 0x52])
  }

  private static let overwriting: [UInt8] =
    [0x28] + payload.enumerated().flatMap { [0x4B, UInt8($0.offset), 0x4B, $0.element] } + [0x75]

  static let cases: [Case] = {
    let simple = P.object("types", "SimpleNamespace", ["get": load])
    let u1 = P.call(.global("numpy", "dtype"), [.text("u1"), .yes, .yes])
    return [
      Case("items of a bytearray", changed(by: overwriting)),
      Case("a longer bytearray", changed(by: [0x28, 0x4B, 99, 0x65])),
      Case("one byte more", changed(by: [0x4B, 99, 0x61])),
      Case(
        "numbers that should be objects",
        wrapper(
          dtype("V8", size: .int(8), flags: 0x3F), [.int(1)], bytes: [UInt8](repeating: 0x2E, count: 8)),
        .unsafe),
      Case("objects that should be numbers", dtype("O8", size: minusOne, flags: 0), .unsafe),
      Case("another size than the name's", dtype("u1", size: .int(payload.count), flags: 0), .unsafe),
      Case("a size that is True", dtype("V64", size: .yes, flags: 0), .unsafe),
      Case(
        "a field outside of its element",
        dtype(
          "V8", size: .int(8), flags: 0x10, fields: .dict([(.text("a"), .tuple([u1, .int(8)]))]),
          names: .tuple([.text("a")])), .unsafe),
      Case(
        "an object under a number",
        dtype(
          "V8", size: .int(8), flags: 0x1B,
          fields: .dict([
            (.text("a"), .tuple([dtype("O8", size: minusOne, flags: 63), .int(0)])),
            (.text("b"), .tuple([u1, .int(4)])),
          ]), names: .tuple([.text("a"), .text("b")])), .unsafe),
      Case(
        "a key that is bytes",
        wrapper(
          u1, [.int(1)], more: [(.bytes(Array("shape".utf8)), .tuple([.int(payload.count)]))],
          bytes: [0] + payload)),
      Case(
        "array bytes that a plain unpickler runs", wrapper(u1, [.int(payload.count)], bytes: payload), .unsafe
      ),
      Case("a method of the wrapper", wrapper(u1, [.int(0)], more: [(.text("read"), load)], bytes: [])),
      Case(
        "__setstate__ as an attribute",
        P.object("types", "SimpleNamespace", ["__setstate__": .global("collections", "OrderedDict")])),
      Case("a maker as an attribute", simple),
      Case(
        "a maker in a list that is an attribute", P.object("types", "SimpleNamespace", ["x": .list([load])])),
      Case(
        "a method of an estimator",
        P.object(
          "sklearn.isotonic", "IsotonicRegression",
          ["_build_f": .global("collections", "OrderedDict"), "X_thresholds_": .none])),
      Case(
        "numpy's protocol on an object",
        P.object(
          "types", "SimpleNamespace",
          ["__array_interface__": .state(["data": .tuple([.int(1 << 40), .yes])])])),
      Case(
        "a booster behind many keys",
        .build(
          .new("xgboost.core", "Booster"),
          .dict(
            (0..<200).map { (.text("k\($0)"), .none) } + [(.text("handle"), .bytes(payload))]))),
      Case(
        "an index of a file",
        .call(
          .global("pandas.core.indexes.datetimes", "_new_DatetimeIndex"),
          [.global("numpy", "memmap"), .state(["filename": .text("/tmp/x"), "mode": .text("w+")])])),
      Case(
        "a generator of a file",
        .call(
          .global("numpy.random._pickle", "__randomstate_ctor"),
          [.text("/etc/passwd"), .global("numpy", "memmap")])),
      Case(
        "a bytearray of a size",
        .call(
          .global("builtins", "bytearray"),
          [.call(.global("numpy._core.multiarray", "scalar"), [u1, .bytes([255])])])),
      Case(
        "a series of very many rows",
        .call(
          .global("pandas", "Series"), [.int(0), .call(.global("pandas", "RangeIndex"), [.int(1 << 40)])])),
      Case(
        "getattr of anything",
        .call(.global("builtins", "getattr"), [.global("zoneinfo", "ZoneInfo"), .text("no_cache")]), .unsafe),
      Case("getattr of a namespace", .call(.global("builtins", "getattr"), [simple, .text("get")]), .unsafe),
      Case(
        "a class with members of the file",
        .call(.global("builtins", "type"), [.text("X"), .tuple([]), .dict([])]), .unsafe),
      Case("getattr that is not called", .tuple([.global("builtins", "getattr")]), .unsafe),
      Case("a partial maker", .call(.global("functools", "partial"), [load])),
      Case(
        "a partial that is called",
        .call(.call(.global("functools", "partial"), [.global("collections", "OrderedDict")]), [])),
      Case("a list as a key", .dict([(.list([]), .none)])),
      Case(
        "dill makes something else",
        .call(
          .global("dill._dill", "_create_array"),
          [load, .tuple([.bytes(payload)]), .tuple([]), .none])),
      Case("dill evaluates", .call(.global("dill._dill", "_eval_repr"), [.text("exit()")]), .unsafe),
      Case("a file of numpy", .call(.global("numpy", "memmap"), [.text("/etc/passwd")]), .unsafe),
      Case("a module in a module", .call(.global("torch.storage", "torch.load"), [.text("x")]), .unsafe),
      Case("lz4 opens a file", .call(.global("lz4.frame", "open"), [.text("x")]), .unsafe),
    ]
  }()

  @Test(arguments: cases) func isNotSafe(_ hole: Case) {
    let report = hole.value.pickle.scanned
    #expect(report.verdict != .safe)
    if let worst = hole.worst { #expect(report.verdict == worst, "\(report.artifacts[0].findings)") }
  }

  /// What the same libraries write when nothing is wrong.
  static let ordinary: [Case] = [
    Case(
      "a time zone",
      .call(
        .call(.global("builtins", "getattr"), [.global("zoneinfo", "ZoneInfo"), .text("_unpickle")]),
        [.text("Europe/Berlin"), .int(1)])),
    Case("the class of None", .call(.global("builtins", "type"), [.none])),
    Case(
      "a regular expression",
      .call(
        .global("re", "_compile"), [.text("[a-z]+"), .call(.global("re", "RegexFlag"), [.int(32)])])),
    Case("a signal", .call(.global("signal", "Signals"), [.int(2)])),
    Case("an exception", .call(.global("builtins", "ValueError"), [.text("no")])),
    Case(
      "a partial function",
      .build(
        .call(.global("functools", "partial"), [.global("torch.nn.functional", "relu")]),
        .tuple([.global("torch.nn.functional", "relu"), .tuple([]), .dict([]), .none]))),
    Case(
      "a matrix",
      .call(
        .global("numpy._core.multiarray", "_reconstruct"),
        [.global("numpy", "matrix"), .tuple([.int(0)]), .bytes([0x62])])),
    Case("a memory format", .global("torch._utils", "torch.channels_last")),
    Case("an element type of text", dtype("U12", size: .int(48), flags: 8)),
    Case(
      "an element type of fields",
      dtype(
        "V9", size: .int(9), flags: 0x10,
        fields: .dict([
          (.text("a"), .tuple([.call(.global("numpy", "dtype"), [.text("f8"), .yes, .yes]), .int(0)])),
          (.text("b"), .tuple([.call(.global("numpy", "dtype"), [.text("b1"), .yes, .yes]), .int(8)])),
        ]), names: .tuple([.text("a"), .text("b")]))),
    Case(
      "an array of dill",
      .call(
        .global("dill._dill", "_create_array"),
        [
          .global("numpy._core.multiarray", "_reconstruct"),
          .tuple([.global("numpy", "ndarray"), .tuple([.int(0)]), .bytes([0x62])]), .tuple([]), .none,
        ])),
    Case(
      "a counter of counters",
      .call(.global("collections", "defaultdict"), [.global("collections", "Counter")])),
    Case(
      "an index of pandas",
      .call(
        .global("pandas.core.indexes.base", "_new_Index"),
        [.global("pandas", "RangeIndex"), .state(["start": .int(0), "stop": .int(9), "step": .int(1)])])),
  ]

  @Test(arguments: ordinary) func isSafe(_ case: Case) {
    let report = `case`.value.pickle.scanned
    #expect(report.verdict == .safe, "\(report.artifacts[0].findings)")
  }

  /// A pattern of the user's covers other arguments of a vetted function, and nothing that is known to do harm.
  @Test func aPatternCoversArgumentsAndNoHarm() {
    let scanner = Scanner(allowing: Allowance(patterns: ["numpy.*", "builtins.*"]))
    let odd = P.call(.global("numpy", "dtype"), [.list([])]).pickle
    #expect(odd.verdict == .unknown)
    #expect(scanner.scan(bytes: odd, name: "odd").verdict == .safe)
    for harm in [
      P.call(.global("numpy", "memmap"), [.text("/etc/passwd")]),
      P.call(.global("builtins", "getattr"), [.global("zoneinfo", "ZoneInfo"), .text("no_cache")]),
    ] {
      #expect(scanner.scan(bytes: harm.pickle, name: "harm").verdict == .unsafe)
    }
  }
}
