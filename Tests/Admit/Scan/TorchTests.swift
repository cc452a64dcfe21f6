// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletEvidence
import Testing

@testable import MartletScan

/// Attacks in the formats of torch and joblib. All are built here; nothing is loaded.
@Suite struct TorchTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let verdict: Verdict
    let rule: String
    let bytes: Bytes
    var testDescription: String { name }
  }

  private static let empty = Bytes([0x80, 2, 0x29, 0x2E])

  private static func script(_ code: String) -> Bytes {
    ZipBuilder.make([
      .init("m/data.pkl", PickleBuilder.make(2, .global("__torch__", "M"), ")", .newObj, "}b.")),
      .init("m/code/__torch__.py", Bytes(utf8: code)), .init("m/constants.pkl", empty),
      .init("m/version", Bytes(utf8: "3\n")),
    ])
  }

  private static func method(_ body: String) -> String {
    "class M(Module):\n  def forward(self: __torch__.M,\n    x: Tensor) -> Tensor:\n    \(body)\n    return x\n"
  }

  private static let magic: [UInt8] = [
    0x80, 2, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E,
  ]

  /// The five pickles of the older layout, with one of them replaced.
  private static func stack(_ index: Int, _ bytes: Bytes, tail: [UInt8] = []) -> Bytes {
    var parts = [
      magic, [0x80, 2, 0x4D, 0xE9, 3, 0x2E], [0x80, 2, 0x7D, 0x2E], [0x80, 2, 0x7D, 0x2E],
      [0x80, 2, 0x5D, 0x2E],
    ]
    parts[index] = bytes.array()
    return Bytes(parts.flatMap { $0 } + tail)
  }

  private static func wrapper(_ type: String, _ shape: UInt8, then tail: [UInt8]) -> Bytes {
    PickleBuilder.make(
      4, .stackGlobal("joblib.numpy_pickle", "NumpyArrayWrapper"), ")", .newObj, "}(", .text("shape"),
      .raw([0x4B, shape, 0x85]), .text("dtype"), .stackGlobal("numpy", "dtype"), .text(type),
      .raw([0x89, 0x88, 0x87]),
      "Rub", .raw(tail))
  }

  private static func storage(_ count: UInt8, _ data: Int) -> Bytes {
    ZipBuilder.make([
      .init(
        "m/data.pkl",
        PickleBuilder.make(
          2, "(", .text("storage"), .global("torch", "FloatStorage"), .text("0"), .text("cpu"),
          .raw([0x4B, count]), "tQ.")),
      .init("m/data/0", Bytes([UInt8](repeating: 1, count: data))), .init("m/version", Bytes(utf8: "3\n")),
    ])
  }

  static let cases: [Case] = [
    .init(
      name: "aten::save by name", verdict: .unsafe, rule: "MRT-TOR-002",
      bytes: script(method("torch.save(x, \"/tmp/x\")"))),
    .init(
      name: "CVE-2025-32434 ops.aten.save", verdict: .unsafe, rule: "MRT-TOR-002",
      bytes: script(method("ops.aten.save(x, \"f\")"))),
    .init(
      name: "from_file over lines", verdict: .unsafe, rule: "MRT-TOR-002",
      bytes: script(method("y = (torch .\n      from_file)(\"/etc/passwd\")"))),
    .init(
      name: "an operator behind a variable", verdict: .unsafe, rule: "MRT-TOR-002",
      bytes: script(method("f = ops.aten.from_file\n    y = f(\"/etc/passwd\", False, 10)"))),
    .init(
      name: "a custom operator", verdict: .unknown, rule: "MRT-TOR-003", bytes: script(method("ops.my.op(x)"))
    ),
    .init(
      name: "torch itself as a value", verdict: .unknown, rule: "MRT-TOR-003",
      bytes: script(method("t = torch"))),
    .init(
      name: "a native class", verdict: .unknown, rule: "MRT-TOR-003",
      bytes: script(method("c = __torch__.torch.classes.my.Shell()"))),
    .init(
      name: "an open string", verdict: .incomplete, rule: "MRT-TOR-004", bytes: script(method("s = \"open"))),
    .init(
      name: "a payload in TorchScript's pickle", verdict: .unsafe, rule: "MRT-PKL-001",
      bytes: ZipBuilder.make([
        .init("m/data.pkl", PickleBuilder.system()), .init("m/constants.pkl", empty),
        .init("m/version", Bytes(utf8: "3\n")),
      ])),
    .init(
      name: "legacy: payload as the object", verdict: .unsafe, rule: "MRT-PKL-001",
      bytes: stack(3, PickleBuilder.system())),
    .init(
      name: "legacy: payload as the machine", verdict: .unsafe, rule: "MRT-PKL-001",
      bytes: stack(2, PickleBuilder.system())),
    .init(
      name: "legacy: payload as the keys", verdict: .unsafe, rule: "MRT-PKL-001",
      bytes: stack(4, PickleBuilder.system())),
    .init(
      name: "GHSA-97f8-7cmv-76j2 magic by REDUCE", verdict: .unsafe, rule: "MRT-PKL-001",
      bytes: stack(0, PickleBuilder.system())),
    .init(
      name: "legacy: bytes behind", verdict: .incomplete, rule: "MRT-TOR-001",
      bytes: stack(3, empty, tail: [1, 2, 3])),
    .init(
      name: "a storage that is too small", verdict: .incomplete, rule: "MRT-TOR-001", bytes: storage(9, 8)),
    .init(
      name: "a payload behind joblib's array", verdict: .unsafe, rule: "MRT-PKL-001",
      bytes: wrapper(
        "f8", 1, then: [UInt8](repeating: 0x2E, count: 8) + Array("cos\nsystem\n(S'id'\ntR.".utf8))),
    .init(
      name: "a payload in joblib's objects", verdict: .unsafe, rule: "MRT-PKL-001",
      bytes: wrapper("O8", 1, then: PickleBuilder.system().array() + [0x2E])),
    .init(
      name: "joblib: a shape that is too big", verdict: .incomplete, rule: "MRT-PKL-011",
      bytes: wrapper("f8", 200, then: [1, 2, 0x2E])),
    .init(
      name: "torch.package with os", verdict: .unsafe, rule: "MRT-TOR-006",
      bytes: ZipBuilder.make([
        .init("m/.data/extern_modules", Bytes(utf8: "os\n")), .init("m/a.py", Bytes(utf8: "import os\n")),
      ])),
    .init(
      name: "TorchServe handler", verdict: .unknown, rule: "MRT-TOR-007",
      bytes: ZipBuilder.make([
        .init("MAR-INF/MANIFEST.json", Bytes(utf8: "{}")), .init("handler.py", Bytes(utf8: "import torch\n")),
      ])),
    .init(
      name: "an exported program's operator", verdict: .unknown, rule: "MRT-TOR-005",
      bytes: ZipBuilder.make([
        .init("m/archive_format", Bytes(utf8: "pt2")),
        .init("m/models/model.json", Bytes(utf8: "{\"target\": \"torch.ops.my.op.default\"}")),
      ])),
  ]

  @Test(arguments: cases) func attacksAreFound(_ attack: Case) {
    #expect(attack.bytes.rules.contains(attack.rule), "\(attack.bytes.rules)")
    let verdict = attack.bytes.verdict
    #expect(verdict != .safe)
    if attack.verdict == .unsafe { #expect(verdict == .unsafe) }
  }

  @Test func whatTheUserAllowsIsSafeAndCertified() {
    let pickle = PickleBuilder.make(2, .global("ultra.nn", "Model"), ")", .newObj, "}b.")
    #expect(pickle.verdict == .unknown)
    for pattern in ["ultra.nn.Model", "ultra.*"] {
      let report = Scanner(allowing: .init(patterns: [pattern])).scan(bytes: pickle, name: "a")
      #expect(report.verdict == .safe, "\(report.artifacts[0].findings)")
    }
    let system = Scanner(allowing: .init(patterns: ["*"])).scan(bytes: PickleBuilder.system(), name: "a")
    #expect(system.verdict == .unsafe)
  }

  /// `torch._utils._rebuild_tensor_v2` over a storage of 4 numbers.
  private static func view(_ offset: Int64, _ size: Int64, _ stride: Int64) -> Bytes {
    func number(_ value: Int64) -> PickleBuilder.Part {
      .raw([0x8A, 8] + (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) })
    }
    let pickle = PickleBuilder.make(
      2, .global("torch._utils", "_rebuild_tensor_v2"), "((", .text("storage"),
      .global("torch", "FloatStorage"), .text("0"), .text("cpu"), .raw([0x4B, 4]), "tQ", number(offset),
      number(size), .tuple1, number(stride), .tuple1, .raw([0x89]), .global("collections", "OrderedDict"),
      ")RtR.")
    return ZipBuilder.make([
      .init("m/data.pkl", pickle), .init("m/data/0", Bytes([UInt8](repeating: 1, count: 16))),
      .init("m/version", Bytes(utf8: "3\n")),
    ])
  }

  @Test func aViewWithinItsStorageIsSafe() {
    for (offset, size, stride) in [(0, 4, 1), (2, 2, 1), (3, 9, 0), (9, 0, 1)] as [(Int64, Int64, Int64)] {
      let bytes = Self.view(offset, size, stride)
      #expect(bytes.verdict == .safe, "\(bytes.scanned.artifacts[0].findings)")
    }
  }

  @Test(arguments: [.min, -1, 4, 5, 1 << 62, .max] as [Int64]) func aViewBeyondItsStorageIsNotSafe(
    _ number: Int64
  ) {
    #expect(Self.view(number, 1, 1).verdict != .safe)
    #expect(Self.view(1, number, 1).verdict != .safe)
    #expect(Self.view(0, 4, number == 4 || number == 5 ? 2 : number).verdict != .safe)
  }
}
