// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletEvidence
import Testing

@testable import MartletScan

/// Models that loaders have fallen for, by the name of the advisory or of the trick.
@Suite struct ONNXHostileTests {
  typealias Proto = ProtoBuilder

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: Bytes
    let verdict: Verdict
    let rule: String
    var testDescription: String { name }

    init(_ name: String, _ model: ProtoBuilder, _ verdict: Verdict, _ rule: String) {
      self.name = name
      bytes = model.all
      self.verdict = verdict
      self.rule = rule
    }
  }

  static func node(
    _ operation: String, domain: String = "", inputs: [String] = [], outputs: [String] = [],
    _ attributes: [Proto] = []
  ) -> Proto {
    var node = Proto()
    for name in inputs { node = node.text(1, name) }
    for name in outputs { node = node.text(2, name) }
    node = node.text(4, operation)
    for attribute in attributes { node = node.message(5, attribute) }
    return domain.isEmpty ? node : node.text(7, domain)
  }

  static func model(_ graph: Proto) -> Proto {
    Proto().number(1, 9).message(7, graph.text(2, "g")).message(8, Proto().number(2, 17))
  }

  static func graph(_ nodes: Proto...) -> Proto { nodes.reduce(Proto()) { $0.message(1, $1) } }

  static func entry(_ key: String, _ value: String) -> Proto { Proto().text(1, key).text(2, value) }

  static func external(_ pairs: [(String, String)]) -> Proto {
    pairs.reduce(Proto().number(1, 2).number(2, 1).text(8, "w")) { $0.message(13, entry($1.0, $1.1)) }.number(
      14, 1)
  }

  static func integers(_ name: String, _ values: [UInt64]) -> Proto {
    values.reduce(Proto().number(1, UInt64(values.count)).number(2, 7)) { $0.number(7, $1) }.text(8, name)
  }

  static func function(_ name: String, _ nodes: [Proto]) -> Proto {
    nodes.reduce(Proto().text(1, name)) { $0.message(7, $1) }.text(10, "f")
  }

  static func stored(_ tensor: Proto) -> Proto { model(Proto().message(5, tensor)) }
  static func stored(_ location: String) -> Proto { stored(external([("location", location)])) }

  static let payload =
    Array("\u{80}\u{2}".unicodeScalars.map { UInt8($0.value) }) + Array("cos\nsystem\nX".utf8) + [2, 0, 0, 0]
    + Array("id".utf8) + [0x85, 0x52, 0x2E]

  static let cases: [Case] = {
    let big: UInt64 = 1 << 20
    let bomb = (1...12).map { level in
      function("f\(level)", (0..<10).map { _ in node("f\(level - 1)", domain: "f") })
    }
    let seed = function("f0", [node("Relu")])
    let bombed = ([seed] + bomb).reduce(model(graph(node("f12", domain: "f")))) { $0.message(25, $1) }
    let branch = Proto().text(1, "then_branch").message(
      6, graph(node("Constant", [Proto().text(1, "value").message(5, external([("location", "../x")]))])))
    return [
      Case("CVE-2022-25882 parent folder", stored("../../../etc/passwd"), .unsafe, "MRT-ONX-003"),
      Case("CVE-2024-27318 parent in the middle", stored("a/b/../../../x"), .unsafe, "MRT-ONX-003"),
      Case("CVE-2025-51480 absolute", stored("/tmp/x"), .unsafe, "MRT-ONX-003"),
      Case("CVE-2026-27489 in a branch", model(graph(node("If", [branch]))), .unsafe, "MRT-ONX-003"),
      Case("CVE-2026-34447 backslashes", stored("..\\..\\x"), .unsafe, "MRT-ONX-003"),
      Case("drive letter", stored("C:/x"), .unsafe, "MRT-ONX-003"),
      Case("an address", stored("http://x/y"), .unsafe, "MRT-ONX-003"),
      Case("a stream of Windows", stored("w.bin:hidden"), .unsafe, "MRT-ONX-003"),
      Case("dots that Windows drops", stored("a/.. /x"), .unsafe, "MRT-ONX-003"),
      Case("home", stored("~/x"), .unsafe, "MRT-ONX-003"),
      Case("base path", stored(external([("location", "w"), ("basepath", "/")])), .unsafe, "MRT-ONX-003"),
      Case(
        "two locations", stored(external([("location", "w"), ("location", "/x")])), .unsafe, "MRT-ONX-003"),
      Case(
        "two harmless locations", stored(external([("location", "w"), ("location", "v")])), .incomplete,
        "MRT-ONX-004"),
      Case(
        "CVE-2026-34445 key", stored(external([("location", "w"), ("__class__", "x")])), .unsafe,
        "MRT-ONX-016"),
      Case("other key", stored(external([("location", "w"), ("cache", "x")])), .incomplete, "MRT-ONX-006"),
      Case(
        "negative offset", stored(external([("location", "w"), ("offset", "-8")])), .incomplete, "MRT-ONX-004"
      ),
      Case(
        "overflowing offset", stored(external([("location", "w"), ("offset", "9223372036854775807")])),
        .incomplete, "MRT-ONX-004"),
      Case(
        "length of a terabyte", stored(external([("location", "w"), ("length", "1099511627776")])),
        .incomplete, "MRT-ONX-004"),
      Case("PyOp", model(graph(node("PyOp", domain: "ai.onnx.contrib"))), .unsafe, "MRT-ONX-001"),
      Case("PythonOp", model(graph(node("PythonOp", domain: "com.microsoft"))), .unsafe, "MRT-ONX-001"),
      Case(
        "contrib operator", model(graph(node("StringJoin", domain: "ai.onnx.contrib"))), .unknown,
        "MRT-ONX-002"),
      Case("EPContext", model(graph(node("EPContext", domain: "com.microsoft"))), .unsafe, "MRT-ONX-011"),
      Case(
        "ATen from_file",
        model(
          graph(
            node("ATen", domain: "org.pytorch.aten", [Proto().text(1, "operator").text(4, "aten::from_file")])
          )), .unsafe, "MRT-ONX-011"),
      Case(
        "ATen",
        model(
          graph(node("ATen", domain: "org.pytorch.aten", [Proto().text(1, "operator").text(4, "aten::relu")]))
        ), .unknown, "MRT-ONX-002"),
      Case(
        "unknown contrib operator", model(graph(node("RunShell", domain: "com.microsoft"))), .unknown,
        "MRT-ONX-002"),
      Case("operator of no version", model(graph(node("Exec"))), .unknown, "MRT-ONX-010"),
      Case("operator in ai.onnx", model(graph(node("Exec", domain: "ai.onnx"))), .unknown, "MRT-ONX-010"),
      Case(
        "function that calls itself",
        model(graph(node("f", domain: "f"))).message(25, function("f", [node("f", domain: "f")])), .unsafe,
        "MRT-ONX-012"),
      Case(
        "functions that call each other",
        model(graph(node("a", domain: "f"))).message(25, function("a", [node("b", domain: "f")])).message(
          25, function("b", [node("a", domain: "f")])), .unsafe, "MRT-ONX-012"),
      Case("billion laughs of functions", bombed, .unsafe, "MRT-ONX-012"),
      Case(
        "function in a standard domain",
        model(graph(node("Relu"))).message(25, Proto().text(1, "Relu").text(10, "ai.onnx")), .unknown,
        "MRT-ONX-009"),
      Case(
        "function as a contrib operator",
        model(graph(node("Relu"))).message(25, Proto().text(1, "FusedMatMul").text(10, "com.microsoft")),
        .unknown, "MRT-ONX-009"),
      Case(
        "huge constant",
        model(
          graph(node("ConstantOfShape", inputs: ["s"], outputs: ["y"])).message(5, integers("s", [big, big]))),
        .unsafe, "MRT-ONX-012"),
      Case(
        "huge expansion",
        model(
          graph(node("Expand", inputs: ["x", "s"], outputs: ["y"])).message(5, integers("s", [big, big]))
            .message(11, Proto().text(1, "x"))), .unsafe, "MRT-ONX-012"),
      Case(
        "huge range",
        model(
          graph(node("Range", inputs: ["a", "b", "c"], outputs: ["y"])).message(5, integers("a", [0]))
            .message(5, integers("b", [1 << 60])).message(5, integers("c", [1]))), .unsafe, "MRT-ONX-012"),
      Case(
        "huge random",
        model(
          graph(
            node("RandomNormal", outputs: ["y"], [Proto().text(1, "shape").number(8, big).number(8, big)]))),
        .unsafe, "MRT-ONX-012"),
      Case(
        "two of one name",
        model(
          graph(
            node("Identity", inputs: ["x"], outputs: ["y"]), node("Identity", inputs: ["x"], outputs: ["y"])
          ).message(11, Proto().text(1, "x"))), .unknown, "MRT-ONX-013"),
      Case(
        "nothing makes it", model(graph(node("Relu", inputs: ["x"], outputs: ["y"]))), .unknown, "MRT-ONX-013"
      ),
      Case(
        "a circle",
        model(
          graph(node("Relu", inputs: ["y"], outputs: ["z"]), node("Relu", inputs: ["z"], outputs: ["y"]))),
        .unknown, "MRT-ONX-013"),
      Case(
        "pickle in a string tensor", stored(Proto().number(1, 1).number(2, 8).data(6, payload).text(8, "w")),
        .unsafe, "MRT-PKL-001"),
      Case(
        "pickle in bytes",
        stored(Proto().number(1, UInt64(payload.count)).number(2, 2).data(9, payload).text(8, "w")), .unsafe,
        "MRT-PKL-001"),
      Case(
        "evaluated metadata",
        model(graph(node("Relu"))).message(14, entry("names", "__import__('os').system('id')")), .unsafe,
        "MRT-ONX-015"),
      Case(
        "graph twice", model(graph(node("Relu"))).message(7, graph(node("Relu"))), .unknown, "MRT-ONX-006"),
      Case("operator twice", model(graph(node("Relu").text(4, "Abs"))), .unknown, "MRT-ONX-006"),
      Case("unknown field", model(graph(node("Relu"))).number(99, 1), .unknown, "MRT-ONX-006"),
      Case(
        "unknown field in front",
        Proto().number(99, 1).message(7, graph(node("PyOp", domain: "ai.onnx.contrib"))).message(
          8, Proto().number(2, 17)), .unsafe, "MRT-ONX-001"),
      Case(
        "graph in front",
        Proto().message(7, graph(node("PyOp", domain: "ai.onnx.contrib"))).number(1, 9).message(
          8, Proto().number(2, 17)), .unsafe, "MRT-ONX-001"),
      Case(
        "negative dimension", stored(Proto().number(1, .max).number(2, 1).data(9, [0, 0, 0, 0])), .unknown,
        "MRT-ONX-007"),
      Case(
        "data twice",
        stored(Proto().number(1, 1).number(2, 7).number(7, 1).data(9, [0, 0, 0, 0, 0, 0, 0, 0])), .unknown,
        "MRT-ONX-007"),
      Case(
        "training graph",
        model(graph(node("Relu"))).message(
          20, Proto().message(2, graph(node("PyOp", domain: "ai.onnx.contrib")))), .unsafe, "MRT-ONX-001"),
    ]
  }()

  @Test(arguments: cases) func isNeverSafe(_ hostile: Case) {
    let report = hostile.bytes.scanned
    #expect(report.verdict == hostile.verdict, "\(report.artifacts[0].findings)")
    #expect(
      hostile.bytes.rules.contains(hostile.rule) || hostile.rule == "MRT-PKL-001", "\(hostile.bytes.rules)")
    #expect(report.verdict != .safe)
  }

  @Test func graphsInGraphsEndInAFinding() {
    var inner = Self.graph(Self.node("Relu"))
    for _ in 0..<60 {
      inner = Self.graph(Self.node("If", [Proto().text(1, "then_branch").message(6, inner)]))
    }
    #expect(Self.model(inner).all.verdict == .incomplete)
  }

  @Test(arguments: [
    "{\"irVersion\":\"9\",\"graph\":{\"node\":[{\"opType\":\"PyOp\",\"domain\":\"ai.onnx.contrib\"}]},\"opsetImport\":[]}",
    "ir_version: 9\ngraph {\n  node {\n    op_type: \"PyOp\"\n  }\n}\n",
    "<ir_version: 9, opset_import: [\"\" : 17]>\nagraph (float[N] x) => (float[N] y) { y = Relu(x) }\n",
  ])
  func aModelAsTextIsUnknown(_ text: String) {
    #expect(Bytes(utf8: text).verdict == .unknown)
    #expect(Bytes(utf8: text).rules.contains("MRT-ONX-017"))
  }

  @Test func ordinaryOddities() {
    // The names of ONNX Runtime, an operator set that nothing uses, and a detector's metadata.
    let model = Self.model(
      Self.graph(
        Self.node("FusedMatMul", domain: "com.microsoft"), Self.node("Conv", domain: "com.microsoft.nchwc")))
    #expect(model.all.verdict == .safe)
    #expect(model.message(8, Proto().text(1, "pkg.torch").number(2, 1)).all.verdict == .safe)
    #expect(
      model.message(14, Self.entry("names", "{0: 'person', 1: 'medieval(castle)'}")).all.verdict == .safe)
  }

  @Test func damageIsReadWithoutACrash() {
    for hostile in Self.cases {
      for length in stride(from: 0, to: hostile.bytes.count, by: 3) {
        _ = hostile.bytes.slice(0..<length).verdict
      }
    }
  }
}
