// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletEvidence
import MartletONNXSchema
import SwiftProtobuf
import Testing

@testable import MartletScan

@Suite struct ONNXTests {
  /// What the rules of this family judge, as the walk notes it.
  static let everyKind: Notes = {
    var notes = Notes()
    for rule in ONNXFamily.rules { if let rule = rule as? any NoteRule { notes.add(rule.kind, "detail") } }
    return notes
  }()

  private func model(_ change: (inout ONNXModelProto) -> Void = { _ in }) throws -> Bytes {
    var model = ONNXModelProto()
    model.irVersion = 9
    var set = ONNXOperatorSetIdProto()
    set.version = 17
    model.opsetImport = [set]
    model.graph.node = [Self.node("Relu")]
    change(&model)
    return Bytes(try model.serializedBytes() as [UInt8])
  }

  private static func node(_ type: String, _ domain: String = "") -> ONNXNodeProto {
    var node = ONNXNodeProto()
    node.opType = type
    node.domain = domain
    return node
  }

  private static func tensor(_ dims: [Int64], bytes: Int) -> ONNXTensorProto {
    var tensor = ONNXTensorProto()
    tensor.name = "w"
    tensor.dims = dims
    tensor.dataType = 1
    tensor.rawData = Data(count: bytes)
    return tensor
  }

  private static func external(_ location: String, length: Int = 8) -> ONNXTensorProto {
    var tensor = tensor([2], bytes: 0)
    tensor.dataLocation = .external
    tensor.externalData = [("location", location), ("offset", "0"), ("length", "\(length)")].map {
      var entry = ONNXStringStringEntryProto()
      entry.key = $0.0
      entry.value = $0.1
      return entry
    }
    return tensor
  }

  @Test func aPlainModelIsSafe() throws {
    #expect(try model().verdict == .safe)
    #expect(try model { $0.graph.initializer = [Self.tensor([2, 3], bytes: 24)] }.verdict == .safe)
  }

  @Test func aPythonOperatorIsUnsafeHoweverDeepItLies() throws {
    let python = Self.node("PyOp", "ai.onnx.contrib")
    #expect(try model { $0.graph.node.append(python) }.rules == ["MRT-ONX-001"])
    var inner = ONNXGraphProto()
    inner.node = [python]
    for _ in 0..<10 {
      var attribute = ONNXAttributeProto()
      attribute.g = inner
      var holder = Self.node("If")
      holder.attribute = [attribute]
      inner = ONNXGraphProto()
      inner.node = [holder]
    }
    #expect(try model { $0.graph = inner }.verdict == .unsafe)
    var function = ONNXFunctionProto()
    function.name = "F"
    function.domain = "local"
    function.node = [python]
    #expect(try model { $0.functions = [function] }.verdict == .unsafe)
  }

  @Test func aCustomDomainIsUnknownUnlessTheModelDefinesIt() throws {
    #expect(try model { $0.graph.node.append(Self.node("Op", "com.example")) }.rules == ["MRT-ONX-002"])
    var function = ONNXFunctionProto()
    function.name = "Op"
    function.domain = "com.example"
    #expect(
      try model {
        $0.graph.node.append(Self.node("Op", "com.example")); $0.functions = [function]
      }.verdict == .safe)
    function.name = "Relu"
    function.domain = ""
    #expect(try model { $0.functions = [function] }.rules == ["MRT-ONX-009"])
  }

  @Test func aFunctionDoesNotHideAnOperatorOfALibrary() throws {
    var function = ONNXFunctionProto()
    function.name = "PyOp"
    function.domain = "ai.onnx.contrib"
    let hidden = try model {
      $0.graph.node.append(Self.node("PyOp", "ai.onnx.contrib")); $0.functions = [function]
    }
    #expect(hidden.verdict == .unsafe)
    #expect(Set(hidden.rules) == ["MRT-ONX-001", "MRT-ONX-009"])
  }

  @Test func sizesAreFollowedThroughWhatComputesThem() throws {
    var size = ONNXTensorProto()
    size.name = "s"
    size.dims = [1]
    size.dataType = 7
    size.int64Data = [1 << 25]
    for (operation, inputs) in [("Mul", ["s", "s"]), ("Concat", ["s", "s"])] {
      var compute = Self.node(operation)
      compute.input = inputs
      compute.output = ["t"]
      var make = Self.node("ConstantOfShape")
      make.input = ["t"]
      make.output = ["y"]
      let bytes = try model {
        $0.graph.initializer = [size]
        $0.graph.node = [compute, make]
      }
      #expect(bytes.rules == ["MRT-ONX-012"], "\(operation)")
    }
  }

  @Test func nodesMayStandInAnyOrder() throws {
    let nodes = (0..<2000).map { index in
      var node = Self.node("Relu")
      node.input = ["v\(index)"]
      node.output = ["v\(index + 1)"]
      return node
    }
    var input = ONNXValueInfoProto()
    input.name = "v0"
    #expect(
      try model {
        $0.graph.input = [input]
        $0.graph.node = nodes.reversed()
      }.verdict == .safe)
  }

  @Test func valuesStandInTheFieldOfTheirType() throws {
    var tensor = ONNXTensorProto()
    tensor.name = "w"
    tensor.dims = [2]
    tensor.dataType = 1
    tensor.int64Data = [1, 2]
    #expect(try model { $0.graph.initializer = [tensor] }.rules == ["MRT-ONX-007"])
  }

  @Test func dataAndDimensionsMustAgree() throws {
    for tensor in [
      Self.tensor([2, 3], bytes: 23), Self.tensor([2, 3], bytes: 25), Self.tensor([4], bytes: 0),
      Self.tensor([-1], bytes: 4), Self.tensor([.max, .max], bytes: 4),
    ] {
      #expect(try model { $0.graph.initializer = [tensor] }.rules == ["MRT-ONX-007"])
    }
  }

  @Test func unknownFieldsAreAFinding() throws {
    let plain = try model().array()
    // Field 99, a varint, behind everything; field 90 inside of a value's type.
    #expect(Bytes(plain + [0x98, 0x06, 0x01]).rules == ["MRT-ONX-006"])
    #expect(
      try model {
        var value = ONNXValueInfoProto()
        value.name = "x"
        value.type = try! ONNXTypeProto(serializedBytes: [0xD0, 0x05, 0x01] as [UInt8])
        $0.graph.input = [value]
      }.rules == ["MRT-ONX-006"])
  }

  @Test(arguments: ["/etc/passwd", "../secret", "a/../../b", "C:\\x", "..\\x", "a\u{0}b"])
  func dataOutsideOfTheFolderIsUnsafe(_ path: String) throws {
    let report = try model { $0.graph.initializer = [Self.external(path)] }.scanned
    #expect(report.verdict == .unsafe)
    #expect(report.artifacts[0].findings.map(\.rule) == ["MRT-ONX-003"])
  }

  @Test func dataInsideOfTheFolderIsFollowed() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("onnx \(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    func write(_ bytes: Bytes, _ name: String) throws {
      try Data(bytes.array()).write(to: folder.appendingPathComponent(name))
    }
    try write(model { $0.graph.initializer = [Self.external("w.bin")] }, "m.onnx")
    #expect(try Scanner().scan(path: folder.path).verdict == .incomplete)
    try write(Bytes([0, 1, 2, 3, 4, 5, 6, 0xFF]), "w.bin")
    let report = try Scanner().scan(path: folder.path)
    #expect(report.verdict == .safe, "\(report)")
    #expect(report.artifacts.map(\.format) == ["onnx", "numbers"])
    #expect(report.artifacts[0].findings.map(\.rule) == ["MRT-ONX-005"])
    try write(Bytes([0, 1, 2]), "w.bin")
    #expect(try Scanner().scan(path: folder.path).verdict == .incomplete)
    try FileManager.default.removeItem(at: folder.appendingPathComponent("w.bin"))
    try FileManager.default.createSymbolicLink(
      atPath: folder.appendingPathComponent("w.bin").path, withDestinationPath: "/etc/hosts")
    let linked = try Scanner().scan(path: folder.path)
    #expect(linked.verdict == .unsafe)
    #expect(Set(linked.artifacts.flatMap(\.findings).map(\.rule)) == ["MRT-ONX-003", "MRT-FIL-004"])
  }

  @Test func aCutModelIsIncomplete() throws {
    let bytes = try model { $0.graph.initializer = [Self.tensor([20], bytes: 80)] }
    #expect(bytes.slice(0..<bytes.count - 3).rules == ["MRT-ONX-008"])
    #expect(bytes.slice(0..<bytes.count - 3).verdict == .incomplete)
  }
}

@Suite struct FolderTests {
  @Test func linksPipesAndMissingPathsAreHandled() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("folder \(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("a/b"), withIntermediateDirectories: true)
    try Data("text\n".utf8).write(to: folder.appendingPathComponent("a/b/note"))
    try FileManager.default.createSymbolicLink(
      atPath: folder.appendingPathComponent("inside").path, withDestinationPath: "a/b/note")
    #expect(try Scanner().scan(path: folder.path).verdict == .safe)
    try FileManager.default.createSymbolicLink(
      atPath: folder.appendingPathComponent("outside").path, withDestinationPath: "/etc")
    #expect(mkfifo(folder.appendingPathComponent("pipe").path, 0o600) == 0)
    let report = try Scanner().scan(path: folder.path)
    #expect(report.artifacts.map(\.path) == ["a/b/note", "outside", "pipe"].map { folder.path + "/" + $0 })
    #expect(report.artifacts.flatMap(\.findings).map(\.rule) == ["MRT-FIL-004", "MRT-FIL-005"])
    #expect(throws: ScanError.missing(path: "/no/such")) { try Scanner().scan(path: "/no/such") }
  }
}
