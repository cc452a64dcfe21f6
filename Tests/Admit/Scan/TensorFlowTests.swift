// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletEvidence
import Testing

@testable import MartletScan

@Suite struct TensorFlowTests {
  typealias G = GraphBuilder

  /// A named attack, and what it must at least be.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: Bytes
    let rule: String
    var testDescription: String { name }

    init(_ name: String, _ rule: String, _ bytes: Bytes) {
      self.name = name
      self.bytes = bytes
      self.rule = rule
    }
  }

  private static func one(_ op: String, _ inputs: [String] = ["c", "c", "c"]) -> Bytes {
    G.saved([G.constant("c", "x"), G.node(op, nil, inputs)])
  }

  private static func path(_ op: String, _ path: String) -> Bytes {
    G.saved([G.constant("p", path), G.node(op, nil, ["p", "p", "p"])])
  }

  static let cases: [Case] = [
    Case("TFLOW-MALOPS WriteFile", "MRT-TFS-002", one("WriteFile")),
    Case("TFLOW-MALOPS ReadFile", "MRT-TFS-003", one("ReadFile")),
    Case("PyFunc", "MRT-TFS-001", one("PyFunc")), Case("EagerPyFunc", "MRT-TFS-001", one("EagerPyFunc")),
    Case("ImmutableConst", "MRT-TFS-003", one("ImmutableConst")),
    Case("MatchingFiles", "MRT-TFS-003", one("MatchingFiles")),
    Case("DatasetFromGraph", "MRT-TFS-005", one("DatasetFromGraph")),
    Case("RpcServer", "MRT-TFS-004", one("RpcServer")),
    Case("DataService", "MRT-TFS-004", one("DataServiceDatasetV4")),
    Case("Abort", "MRT-TFS-013", one("Abort")),
    Case(
      "InitializeTableFromTextFile of the system", "MRT-TFS-003",
      path("InitializeTableFromTextFileV2", "/etc/passwd")),
    Case("TextLineDataset of the system", "MRT-TFS-003", path("TextLineDataset", "/etc/passwd")),
    Case("SaveV2 to the system", "MRT-TFS-002", path("SaveV2", "/etc/cron.d/x")),
    Case("SaveV2 goes up", "MRT-TFS-002", path("SaveV2", "../../x")),
    Case("SaveV2 to a name of its own", "MRT-TFS-002", path("SaveV2", "out")),
    Case("RestoreV2 from an address", "MRT-TFS-003", path("RestoreV2", "gs://bucket/x")),
    Case(
      "a saver's own constant leads away", "MRT-TFS-002",
      G.saved(
        [G.constant("save/Const", "/root/.bashrc"), G.node("SaveV2", nil, ["save/Const"])],
        G.saver("save/Const:0"))),
    Case(
      "a saver's default leads away", "MRT-TFS-002",
      G.saved(
        [
          G.constant("d", "/root/.bashrc"), G.node("PlaceholderWithDefault", "save/Const", ["d"]),
          G.node("SaveV2", nil, ["save/Const"]),
        ], G.saver("save/Const:0"))),
    Case(
      "a joined path goes up", "MRT-TFS-002",
      G.saved([
        G.node("Placeholder", "saver_filename"), G.constant("b", "/../../x"),
        G.node("StringJoin", "j", ["saver_filename", "b"]), G.node("SaveV2", nil, ["j"]),
      ])),
    Case(
      "a path through functions", "MRT-TFS-003",
      G.saved(
        [
          G.constant("p", "/etc/shadow"),
          G.node("StatefulPartitionedCall", "call", ["p"], [("f", G.function("outer"))]),
        ],
        functions: [
          G.body("outer", ["a"], [G.node("PartitionedCall", "i", ["a"], [("f", G.function("inner"))])]),
          G.body("inner", ["b"], [G.node("Identity", "k", ["b"]), G.node("RestoreV2", "r", ["k:output:0"])]),
        ])),
    Case(
      "a saver's constant is a file of the graph's choice", "MRT-TFS-002",
      G.saved(
        [G.constant("save/Const", "authorized_keys"), G.node("SaveV2", nil, ["save/Const"])],
        G.saver("save/Const:0"))),
    Case(
      "a saver's default is a file of the graph's choice", "MRT-TFS-007",
      G.saved(
        [
          G.constant("d", "sitecustomize.py"), G.node("PlaceholderWithDefault", "save/Const", ["d"]),
          G.node("SaveV2", nil, ["save/Const"]),
        ], G.saver("save/Const:0"))),
    Case(
      "pieces that are harmless make an absolute path", "MRT-TFS-002",
      G.saved([
        G.constant("save/Const", ""), G.constant("b", "tmp"),
        G.node("StringJoin", "j", ["save/Const", "save/Const", "b"], [("separator", G.text("/"))]),
        G.node("SaveV2", nil, ["j"]),
      ])),
    Case(
      "pieces that are harmless go up", "MRT-TFS-002",
      G.saved([
        G.constant("save/Const", ""), G.constant("a", "."), G.constant("b", "./x"),
        G.node("StringJoin", "j", ["save/Const", "a", "b"]), G.node("SaveV2", nil, ["j"]),
      ])),
    Case(
      "an asset's constant is hidden", "MRT-TFS-003",
      G.saved(
        [G.constant("a", "/srv/app/.env"), G.node("InitializeTableFromTextFileV2", nil, ["t", "a"])],
        G.asset("a:0", ".env"))),
    Case(
      "an asset that is not there", "MRT-TFS-007",
      G.saved(
        [G.constant("a", "/home/x/keys.txt"), G.node("InitializeTableFromTextFileV2", nil, ["t", "a"])],
        G.asset("a:0", "keys.txt"))),
    Case(
      "a tensor that fills memory", "MRT-TFS-013",
      G.saved([
        G.node(
          "Const", "d", [],
          [
            (
              "value",
              G.tensor(9, [2]) {
                $0.put(10, number: 1 << 30)
                $0.put(10, number: 1 << 10)
              }
            )
          ]), G.node("Identity", "i", ["d"]), G.node("Fill", "f", ["i", "v"]),
      ])),
    Case(
      "an asset that is another file", "MRT-TFS-003",
      G.saved(
        [G.constant("a", "/etc/passwd"), G.node("InitializeTableFromTextFileV2", nil, ["t", "a"])],
        G.asset("a:0", "vocab.txt"))),
    Case(
      "an asset's constant is a file of the system", "MRT-TFS-003",
      G.saved(
        [G.constant("a", "/etc/passwd"), G.node("InitializeTableFromTextFileV2", nil, ["t", "a"])],
        G.asset("a:0", "passwd"))),
    Case(
      "an asset's constant is read", "MRT-TFS-003",
      G.saved(
        [G.constant("a", "/home/x/vocab.txt"), G.node("ReadFile", nil, ["a"])], G.asset("a:0", "vocab.txt"))),
    Case(
      "a function hides an operator", "MRT-TFS-002",
      G.saved([G.node("WriteFile")], functions: [G.body("WriteFile", [], [])])),
    Case("an asset goes up", "MRT-TFS-009", G.saved([G.node("NoOp")], G.asset("a:0", "../../etc/passwd"))),
    Case(
      "a path of whoever calls", "MRT-TFS-007",
      G.saved([G.node("Placeholder", "x"), G.node("SaveV2", nil, ["x"])])),
    Case(
      "tfhunt: WriteFile in a graph in a string", "MRT-TFS-002",
      G.saved([G.constant("g", G.graph([G.node("WriteFile", "w", ["a", "b"])]).bytes)])),
    Case(
      "PyFunc in a function", "MRT-TFS-001", G.saved([], functions: [G.body("f", [], [G.node("PyFunc")])])),
    Case(
      "an operator as a function", "MRT-TFS-002",
      G.saved([G.node("MapDataset", "m", [], [("f", G.function("WriteFile"))])])),
    Case(
      "CVE-2022-23591 recursion", "MRT-TFS-013", G.saved([], functions: [G.body("f", [], [G.node("f", "x")])])
    ),
    Case(
      "recursion through another function", "MRT-TFS-013",
      G.saved(
        [],
        functions: [
          G.body("f", [], [G.node("PartitionedCall", "x", [], [("f", G.function("g"))])]),
          G.body("g", [], [G.node("PartitionedCall", "x", [], [("f", G.function("f"))])]),
        ])),
    Case(
      "TFLOW-LAMBDA in the objects", "MRT-TFS-008",
      G.saved([G.node("NoOp")], G.keras(#"{"class_name":"Lambda"}"#))),
    Case(
      "a lambda behind an escape", "MRT-TFS-008",
      G.saved([G.node("NoOp")], G.keras(#"{"class_name":"L\u0061mbda","config":{}}"#))),
    Case(
      "a layer that writes", "MRT-TFS-008",
      G.saved(
        [G.node("NoOp")], G.keras(#"{"class_name":"TFOpLambda","config":{"function":"io.write_file"}}"#))),
    Case(
      "a layer whose function is bytecode", "MRT-TFS-008",
      G.saved(
        [G.node("NoOp")],
        G.keras(#"{"class_name":"Dense","config":{"activation":["4wEA"],"activation_type":"lambda"}}"#))),
    Case(
      "a layer that names a function of Python", "MRT-TFS-008",
      G.saved(
        [G.node("NoOp")],
        G.keras(
          #"{"module":"builtins","class_name":"function","config":"eval","registered_name":"function"}"#))),
    Case(
      "a vocabulary of the host", "MRT-KER-004",
      G.saved(
        [G.node("NoOp")], G.keras(#"{"class_name":"StringLookup","config":{"vocabulary":"/etc/passwd"}}"#))),
    Case("metadata that is no JSON", "MRT-TFS-015", G.saved([G.node("NoOp")], G.keras("{'Lambda': NaN}"))),
    Case(
      "TFLOW-LAMBDA in keras_metadata.pb", "MRT-TFS-008",
      Bytes(
        Proto {
          $0.put(
            1,
            Proto {
              $0.put(2, number: 1)
              $0.put(3, "root")
              $0.put(4, "_tf_keras_layer")
              $0.put(5, #"{"class_name":"Lambda"}"#)
            })
        }.bytes)),
    Case(
      "print to a file", "MRT-TFS-002",
      G.saved([G.node("PrintV2", nil, [], [("output_stream", G.text("file:///tmp/x"))])])),
    Case(
      "debug output to an address", "MRT-TFS-004",
      G.saved([
        G.node(
          "DebugIdentityV2", nil, [], [("debug_urls", Proto { $0.put(1, Proto { $0.put(2, "grpc://a:1") }) })]
        )
      ])),
    Case(
      "a cache on the disk", "MRT-TFS-002",
      G.saved([G.constant("n", "x"), G.node("CacheDatasetV2", nil, ["d", "n"])])),
    Case("a custom operator", "MRT-TFS-006", one("MyOp")),
    Case(
      "a function named after an operator", "MRT-TFS-014", G.saved([], functions: [G.body("MatMul", [], [])])),
    Case(
      "a constant that grows", "MRT-TFS-013",
      G.saved([G.node("Const", nil, [], [("value", G.tensor(1, [1 << 40]) { $0.put(5, [0, 0, 0, 0]) })])])),
    Case(
      "negative dimensions", "MRT-TFS-012",
      G.saved([G.node("Const", nil, [], [("value", G.tensor(1, [-5]) { $0.put(4, [0, 0, 0, 0]) })])])),
    Case("a field of its own", "MRT-TFS-011", Bytes(one("NoOp", []).array() + [0x98, 0x06, 0x01])),
    Case("a cut model", "MRT-TFS-010", one("NoOp").slice(0..<40)),
    Case("a frozen graph", "MRT-TFS-002", Bytes(G.graph([G.node("WriteFile")]).bytes)),
    Case("a meta graph", "MRT-TFS-002", Bytes(G.metaGraph(G.graph([G.node("WriteFile")])).bytes)),
    Case("as text", "MRT-TFS-002", Bytes(utf8: "node { name: 'x' op: 'WriteFile' }\n")),
    Case(
      "as text in disguise", "MRT-TFS-002",
      Bytes(
        utf8:
          "# \(String(repeating: "x", count: 6000))\nversions: <producer: 1>\nnode: [<op: \"Wri\"\n'te\\x46ile'>]\n"
      )),
    Case(
      "as text behind more signs than a stack holds", "MRT-TFS-010",
      Bytes(
        utf8:
          "node { name: 'x' op: 'NoOp' }\nversions { producer: \(String(repeating: "- ", count: 200_000)) }\n"
      )),
    Case(
      "a saved model as text", "MRT-TFS-001",
      Bytes(utf8: "meta_graphs { graph_def { node { op: \"PyFunc\" } } }\n")),
  ]

  @Test(arguments: cases) func anAttackIsSeen(_ attack: Case) {
    #expect(attack.bytes.rules.contains(attack.rule), "\(attack.bytes.scanned)")
    #expect(attack.bytes.verdict != .safe)
  }

  @Test func anOperatorThatIsAllowedIsNamed() {
    let findings = Self.one("MyOp").scanned.artifacts[0].findings
    #expect(findings.map(\.allow) == ["tf:MyOp"])
    #expect(
      Scanner(allowing: Allowance(patterns: ["tf:My*"])).scan(bytes: Self.one("MyOp"), name: "m").verdict
        == .safe)
  }

  @Test func savers() {
    // What every SavedModel has: a placeholder that the loader fills, through a function.
    let saver = G.saved(
      [
        G.node("Placeholder", "saver_filename"),
        G.node("StatefulPartitionedCall", "save", ["saver_filename"], [("f", G.function("save"))]),
      ],
      functions: [
        G.body(
          "save", ["file_prefix"],
          [
            G.constant("part", "_temp/part"), G.node("StringJoin", "join", ["file_prefix", "part:output:0"]),
            G.node("ShardedFilename", "shard", ["join:output:0", "n:output:0", "n:output:0"]),
            G.node("SaveV2", nil, ["shard:filename:0"]),
            G.node("MergeV2Checkpoints", nil, ["shard:filename:0", "file_prefix"]),
          ])
      ], G.saver("saver_filename:0"))
    #expect(saver.verdict == .safe, "\(saver.scanned)")
  }

  @Test func damagedGraphsAreReadWithoutACrash() {
    let whole = Self.cases.first { $0.name == "a path through functions" }!.bytes
    for length in 0..<whole.count { #expect(whole.slice(0..<length).verdict != .safe || length < 16) }
    var state: UInt64 = 7
    for _ in 0..<3000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      _ = whole.flipping(Int(state >> 33) % whole.count, UInt8(truncatingIfNeeded: state >> 20) | 1).verdict
    }
  }

  @Test func theFolderThatTensorFlowWritesIsSafe() throws {
    let folder = Fixture.folder.appendingPathComponent("tensorflow")
    let report = try Scanner().scan(path: folder.path)
    #expect(report.artifacts.count >= 20)
    for artifact in report.artifacts {
      #expect(artifact.verdict == .safe, "\(artifact)")
      #expect(artifact.findings.isEmpty, "\(artifact)")
    }
    let formats = Set(report.artifacts.map(\.format))
    #expect(
      formats.isSuperset(of: [
        "tensorflow-savedmodel", "tensorflow-graph", "tensorflow-metagraph", "tensorflow-text",
        "tensorflow-checkpoint",
        "tensorflow-fingerprint", "tflite",
      ]))
  }

  @Test func dataOfACheckpointMustBeThere() throws {
    let source = Fixture.folder.appendingPathComponent("tensorflow/checkpoint2")
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("checkpoint \(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.copyItem(at: source, to: folder)
    let data = folder.appendingPathComponent("model.data-00000-of-00001")
    #expect(try Scanner().scan(path: folder.path).verdict == .safe)
    try Data([1, 2, 0xFF]).write(to: data)
    #expect(try Scanner().scan(path: folder.path).verdict == .incomplete)
    try FileManager.default.removeItem(at: data)
    #expect(try Scanner().scan(path: folder.path).verdict == .incomplete)
    let index = try Bytes(contentsOf: folder.appendingPathComponent("model.index").path)
    #expect(index.rules == ["MRT-CKP-002"])
    for at in 0..<index.count - 8 { #expect(index.flipping(at, 0x10).verdict != .safe) }
    for length in 1..<index.count { #expect(index.slice(0..<length).verdict != .safe) }
  }

  /// What needs a folder or a broken index, as its reader notes it.
  static let parsed: [ParsedArtifact] = {
    var notes = Notes()
    for kind: Note.Kind in [.checkpointObject, .checkpointData, .brokenCheckpoint] {
      notes.add(kind, "detail")
    }
    return [.notes(notes)]
  }()
}
