// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletEvidence
import Testing

@testable import MartletScan

/// Graphs of other runtimes.
@Suite struct GraphTests {
  typealias Proto = ProtoBuilder

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: Bytes
    let verdict: Verdict
    let rule: String
    var testDescription: String { name }

    init(_ name: String, _ bytes: Bytes, _ verdict: Verdict, _ rule: String) {
      self.name = name
      self.bytes = bytes
      self.verdict = verdict
      self.rule = rule
    }

    init(_ name: String, _ text: String, _ verdict: Verdict, _ rule: String) {
      self.init(name, Bytes(utf8: text), verdict, rule)
    }
  }

  static func openVINO(_ layer: String, head: String = "") -> String {
    "<?xml version=\"1.0\"?>\(head)<net name=\"n\" version=\"11\"><layers>\(layer)</layers><edges></edges></net>"
  }

  static func coreML(_ kind: Int, _ model: Proto) -> Bytes {
    Proto().number(1, 7).message(2, Proto().text(100, "x")).message(kind, model).all
  }

  static func program(_ operation: Proto) -> Proto {
    Proto().message(
      2,
      Proto().text(1, "main").message(
        2, Proto().message(3, Proto().text(1, "CoreML7").message(2, Proto().message(3, operation)))))
  }

  static func paddle(_ operation: String) -> Bytes {
    Proto().message(
      1,
      Proto().number(1, 0).number(2, 0).message(3, Proto().text(1, "x")).message(
        4, Proto().text(3, operation))
    ).all
  }

  static func mxnet(_ operation: String) -> String {
    "{\"nodes\":[{\"op\":\"\(operation)\",\"name\":\"x\",\"inputs\":[]}],\"arg_nodes\":[0],\"heads\":[[0,0,0]]}"
  }

  static func caffe(_ type: String) -> Bytes {
    Proto().text(1, "net").message(100, Proto().text(1, "layer").text(2, type)).all
  }

  /// A FlatBuffer with an empty table, in which one number leads away.
  static let torch = Bytes([
    0x10, 0, 0, 0, 0x45, 0x54, 0x31, 0x32, 0, 0, 0, 0, 4, 0, 4, 0, 0xFF, 0xFF, 0xFF, 0x7F,
  ])

  static let cases: [Case] = [
    Case(
      "Core ML: a custom layer in a loop, behind another field",
      coreML(
        500,
        Proto().message(
          1,
          Proto().text(1, "loop").message(
            615,
            Proto().number(1, 3).message(
              4, Proto().number(5, 1).message(1, Proto().message(500, Proto().text(10, "Evil"))))))),
      .unknown, "MRT-GRF-001"),
    Case(
      "Core ML: a file in a list of values",
      coreML(
        502,
        program(
          Proto().text(1, "const").message(
            5,
            Proto().text(1, "val").message(
              2,
              Proto().message(
                3, Proto().message(3, Proto().message(1, Proto().message(5, Proto().text(1, "/etc/passwd")))))
            )))),
      .unsafe, "MRT-GRF-003"),
    Case(
      "a Core ML package whose item lies outside",
      #"{"itemInfoEntries":{"A":{"path":"../../etc/passwd","name":"x"}},"rootModelIdentifier":"A"}"#, .unsafe,
      "MRT-GRF-003"),
    Case(
      "OpenVINO extension", openVINO("<layer id=\"0\" name=\"x\" type=\"Evil\" version=\"extension\"/>"),
      .unknown, "MRT-GRF-001"),
    Case(
      "OpenVINO with a name of its own",
      openVINO("<layer id=\"0\" name=\"x\" type=\"Evil\" version=\"opset1\"/>"), .unknown, "MRT-GRF-001"),
    Case(
      "OpenVINO XXE", openVINO("", head: "<!DOCTYPE net [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"),
      .unsafe, "MRT-GRF-004"),
    Case(
      "OpenVINO entity", openVINO("<layer id=\"0\" name=\"&x;\" type=\"ReLU\" version=\"opset1\"/>"), .unsafe,
      "MRT-GRF-004"),
    Case(
      "OpenVINO without numbers",
      openVINO("<layer type=\"Const\" version=\"opset1\"><data offset=\"0\" size=\"9223372036\"/></layer>"),
      .incomplete, "MRT-GRF-007"),
    Case(
      "OpenVINO with a negative offset",
      openVINO("<layer type=\"Const\" version=\"opset1\"><data offset=\"-1\" size=\"4\"/></layer>"),
      .incomplete, "MRT-GRF-006"),
    Case("OpenVINO that breaks off", String(openVINO("").dropLast(8)), .incomplete, "MRT-GRF-006"),
    Case(
      "Core ML custom layer",
      coreML(500, Proto().message(1, Proto().text(1, "x").message(500, Proto().text(10, "Evil")))), .unknown,
      "MRT-GRF-001"),
    Case("Core ML custom model", coreML(555, Proto().text(10, "Evil")), .unknown, "MRT-GRF-001"),
    Case(
      "Core ML custom layer in a pipeline",
      coreML(202, Proto().message(1, Proto().number(1, 7).message(555, Proto().text(10, "Evil")))), .unknown,
      "MRT-GRF-001"),
    Case(
      "Core ML link", coreML(556, Proto().message(1, Proto().message(1, Proto().text(1, "../other")))),
      .unsafe, "MRT-GRF-003"),
    Case("Core ML serialised", coreML(3000, Proto().text(1, "x")), .unknown, "MRT-GRF-001"),
    Case("Core ML operator", coreML(502, program(Proto().text(1, "evil"))), .unknown, "MRT-GRF-001"),
    Case(
      "Core ML path",
      coreML(
        502,
        program(
          Proto().text(1, "const").message(
            5, Proto().text(1, "val").message(2, Proto().message(5, Proto().text(1, "@model_path/../../x")))))
      ), .unsafe, "MRT-GRF-003"),
    Case("Paddle py_func", paddle("py_func"), .unsafe, "MRT-GRF-002"),
    Case("Paddle load", paddle("load_combine"), .unsafe, "MRT-GRF-002"),
    Case("Paddle engine", paddle("tensorrt_engine"), .unknown, "MRT-GRF-001"),
    Case(
      "Paddle 3 py_func",
      "{\"base_code\":{\"magic\":\"pir\"},\"program\":{\"regions\":[{\"blocks\":[{\"ops\":[{\"#\":\"1.py_func\"}]}]}]}}",
      .unsafe, "MRT-GRF-002"),
    Case("MXNet Custom", mxnet("Custom"), .unknown, "MRT-GRF-001"),
    Case("MXNet unknown", mxnet("evil"), .unknown, "MRT-GRF-001"),
    Case("CVE-2022-24294", mxnet(String(repeating: "a", count: 100_000)), .unsafe, "MRT-GRF-009"),
    Case("Caffe Python", caffe("Python"), .unsafe, "MRT-GRF-002"),
    Case("Caffe unknown", caffe("Evil"), .unknown, "MRT-GRF-001"),
    Case(
      "Caffe text Python",
      "name: \"n\"\nlayer {\n  name: \"x\"\n  type: \"Python\"\n  python_param { module: \"os\" }\n}\n",
      .unsafe, "MRT-GRF-002"),
    Case("ncnn layer", "7767517\n1 1\nEvil x 0 1 x\n", .unknown, "MRT-GRF-001"),
    Case(
      "tfjs path", "{\"weightsManifest\":[{\"paths\":[\"../../x\"],\"weights\":[]}]}", .unsafe, "MRT-GRF-003"),
    Case(
      "tfjs address", "{\"weightsManifest\":[{\"paths\":[\"http://x/y\"],\"weights\":[]}]}", .unsafe,
      "MRT-GRF-003"),
    Case(
      "tfjs Lambda",
      #"{"modelTopology":{"model_config":{"class_name":"Lambda","config":{"function":["4wEA"]}}},"weightsManifest":[]}"#,
      .unsafe, "MRT-KER-001"),
    Case(
      "tfjs WriteFile in a function",
      #"{"modelTopology":{"library":{"function":[{"nodeDef":[{"op":"WriteFile"}]}]}},"weightsManifest":[]}"#,
      .unsafe, "MRT-GRF-002"),
    Case(
      "tfjs operator of somebody", #"{"modelTopology":{"node":[{"op":"Evil"}]},"weightsManifest":[]}"#,
      .unknown, "MRT-GRF-001"),
    Case("ExecuTorch offset", torch, .unsafe, "MRT-GRF-008"),
    Case("TensorRT", Bytes(Array("ftrt".utf8) + [UInt8](repeating: 0, count: 64)), .unknown, "MRT-GRF-005"),
    Case(
      "TensorRT with a plugin",
      Bytes(Array("ftrt".utf8) + [UInt8](repeating: 0, count: 64) + ProgramTests.elf), .unsafe, "MRT-EXE-001"),
    Case("RKNN", Bytes(Array("RKNN".utf8) + [UInt8](repeating: 0, count: 64)), .unknown, "MRT-GRF-005"),
    Case(
      "CNTK 1", Bytes([0x42, 0, 0x43, 0, 0x4E, 0] + [UInt8](repeating: 0, count: 64)), .unknown, "MRT-GRF-005"
    ),
    Case(
      "CNTK native function",
      Proto().number(1, 1).message(
        2,
        Proto().text(1, "type").message(2, Proto().number(1, 1).number(2, 8).text(9, "UserDefinedFunction"))
      ).all, .unsafe, "MRT-GRF-002"),
  ]

  @Test(arguments: cases) func isNeverSafe(_ hostile: Case) {
    let report = hostile.bytes.scanned
    #expect(
      report.verdict == hostile.verdict, "\(report.artifacts[0].format) \(report.artifacts[0].findings)")
    #expect(hostile.bytes.rules.contains(hostile.rule), "\(hostile.bytes.rules)")
  }

  @Test func plainGraphsAreSafe() {
    let plain: [Bytes] = [
      Bytes(utf8: Self.openVINO("<layer id=\"0\" name=\"x\" type=\"ReLU\" version=\"opset1\"/>")),
      Self.coreML(500, Proto().message(1, Proto().text(1, "x").message(130, Proto()))),
      Self.coreML(502, Self.program(Proto().text(1, "relu"))), Self.paddle("relu"),
      Bytes(utf8: Self.mxnet("Convolution")),
      Self.caffe("Convolution"), Bytes(utf8: "7767517\n1 1\nInput x 0 1 x\n"),
    ]
    for bytes in plain { #expect(bytes.verdict == .safe, "\(bytes.scanned.artifacts[0].findings)") }
  }

  @Test func damageIsReadWithoutACrash() {
    for hostile in Self.cases where hostile.bytes.count < 4096 {
      for length in 0..<hostile.bytes.count { _ = hostile.bytes.slice(0..<length).verdict }
      for index in 0..<hostile.bytes.count { _ = hostile.bytes.flipping(index, 0xFF).verdict }
    }
  }
}
