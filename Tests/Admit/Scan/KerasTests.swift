// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletEvidence
import Testing

@testable import MartletScan

@Suite struct KerasTests {
  typealias Case = (name: String, json: String, verdict: Verdict, rule: String)

  /// A model with one layer.
  static func model(_ layer: String, more: String = "") -> String {
    #"{"module": "keras", "class_name": "Sequential", "config": {"name": "s", "layers": [\#(layer)]}, "#
      + #""registered_name": null\#(more)}"#
  }

  private static func layer(_ name: String, _ config: String, module: String = "keras.layers") -> String {
    #"{"module": "\#(module)", "class_name": "\#(name)", "config": {"name": "l", \#(config)}, "registered_name": null}"#
  }

  private static func function(_ module: String, _ name: String) -> String {
    #"{"module": "\#(module)", "class_name": "function", "config": "\#(name)", "registered_name": "function"}"#
  }

  static let hostile: [Case] = [
    (
      "CVE-2024-3660 Lambda of Keras 2",
      model(layer("Lambda", #""function": ["4wEAAAAAAAAA", null, null], "function_type": "lambda""#)),
      .unsafe,
      "MRT-KER-001"
    ),
    (
      "CVE-2025-9905 Lambda of Keras 3",
      model(layer("Lambda", #""function": {"class_name": "__lambda__", "config": {"value": "4wEAAA"}}"#)),
      .unsafe,
      "MRT-KER-001"
    ),
    (
      "marshalled function of a Merge layer of Keras 1",
      #"{"class_name": "Sequential", "config": [{"class_name": "Merge", "config": {"mode": "abc", "mode_type": "lambda"}}]}"#,
      .unsafe, "MRT-KER-001"
    ),
    (
      "Lambda with a class name that is escaped",
      model(layer("L\\u0061mbda", #""function": ["4wEA", null, null]"#)),
      .unsafe, "MRT-KER-001"
    ),
    (
      "CVE-2025-1550 function of os", model(layer("Lambda", #""function": \#(function("os", "system"))"#)),
      .unsafe, "MRT-KER-002"
    ),
    (
      "CVE-2025-1550 class of a module", model(layer("Popen", #""args": ["id"]"#, module: "subprocess")),
      .unsafe, "MRT-KER-002"
    ),
    (
      "CVE-2025-1550 named function in a module",
      model(layer("Lambda", #""function": "system", "function_type": "function", "module": "os""#)), .unsafe,
      "MRT-KER-002"
    ),
    (
      "CVE-2025-8747 get_file",
      model(layer("Lambda", #""function": \#(function("keras.utils", "get_file"))"#)), .unsafe, "MRT-KER-002"
    ),
    (
      "CVE-2025-8747 get_file by its inner module",
      model(layer("Lambda", #""function": \#(function("keras.src.utils.file_utils", "get_file"))"#)), .unsafe,
      "MRT-KER-002"
    ),
    (
      "CVE-2025-9906 enable_unsafe_deserialization",
      model(layer("Dense", #""activation": \#(function("keras.config", "enable_unsafe_deserialization"))"#)),
      .unsafe,
      "MRT-KER-002"
    ),
    (
      "CVE-2025-9906 load_model",
      model(layer("Lambda", #""function": \#(function("keras.models", "load_model"))"#)), .unsafe,
      "MRT-KER-002"
    ),
    (
      "CVE-2025-12060 extract_archive",
      model(layer("Dense", #""activation": \#(function("keras.src.utils.file_utils", "extract_archive"))"#)),
      .unsafe,
      "MRT-KER-002"
    ),
    ("CVE-2025-49655 TorchModuleWrapper", torchWrapper, .unsafe, "MRT-KER-003"),
    (
      "CVE-2026-1462 TFSMLayer", model(layer("TFSMLayer", #""filepath": "/tmp/evil""#)), .unsafe,
      "MRT-KER-003"
    ),
    (
      "CVE-2025-12058 vocabulary is a path", model(layer("StringLookup", #""vocabulary": "/etc/passwd""#)),
      .unsafe,
      "MRT-KER-004"
    ),
    (
      "vocabulary is an address",
      model(layer("TextVectorization", #""vocabulary": "http://169.254.169.254/""#)),
      .unsafe, "MRT-KER-004"
    ),
    (
      "CVE-2026-12479 layer name",
      model(#"{"module": "keras.layers", "class_name": "Dense", "config": {"name": "../../x"}}"#), .unsafe,
      "MRT-KER-005"
    ),
    (
      "operation that reads a file", model(layer("TFOpLambda", #""function": "io.read_file""#)), .unsafe,
      "MRT-KER-002"
    ),
    (
      "operation that calls Python", model(layer("TFOpLambda", #""function": "numpy_function""#)), .unsafe,
      "MRT-KER-002"
    ),
    (
      "operation that is not known", model(layer("TFOpLambda", #""function": "nobody.knows""#)), .unknown,
      "MRT-KER-006"
    ),
    (
      "custom layer", model(layer("MyLayer", #""units": 1"#, module: "my_package.layers")), .unknown,
      "MRT-KER-006"
    ),
    (
      "registered name in front of a layer of Keras",
      #"{"module": "keras.layers", "class_name": "Dense", "config": {"name": "d"}, "registered_name": "evil>Dense"}"#,
      .unknown, "MRT-KER-006"
    ),
    (
      "JaxLayer", model(layer("JaxLayer", #""call_fn": \#(function("mine", "call"))"#)), .unknown,
      "MRT-KER-006"
    ),
    (
      "custom loss",
      model(
        layer("Dense", #""units": 1"#), more: #", "compile_config": {"optimizer": "adam", "loss": "my_loss"}"#
      ),
      .unknown, "MRT-KER-006"
    ),
    (
      "dangerous metric",
      model(
        layer("Dense", #""units": 1"#),
        more:
          #", "compile_config": {"metrics": [\#(function("builtins.os", "system")), \#(function("posix", "system"))]}"#
      ),
      .unsafe, "MRT-KER-002"
    ),
    (
      "callable of TextVectorization",
      model(layer("TextVectorization", #""standardize": \#(function("os", "popen"))"#)),
      .unsafe, "MRT-KER-002"
    ),
    (
      "type that is had from a module",
      model(#"{"class_name": "__typespec__", "module": "os", "spec_name": "system", "config": []}"#), .unsafe,
      "MRT-KER-002"
    ),
    (
      "layer in a wrapper in a model in a model",
      model(
        model(
          layer(
            "TimeDistributed",
            #""layer": \#(layer("Lambda", #""function": {"class_name": "__lambda__", "config": {}}"#))"#))),
      .unsafe, "MRT-KER-001"
    ),
    (
      "names that stand twice",
      #"{"class_name": "Sequential", "class_name": "Lambda", "config": {"function": ["x"]}, "config": {"layers": []}}"#,
      .unsafe, "MRT-KER-007"
    ),
    (
      "cut off", String(model(layer("Lambda", #""function": ["x", null, null]"#)).dropLast(9)), .unsafe,
      "MRT-KER-007"
    ),
    (
      "NaN does not hide",
      model(layer("Lambda", #""x": NaN, "y": -Infinity, "function": ["x", null, null]"#)), .unsafe,
      "MRT-KER-001"
    ),
    ("a layer of very many units", model(layer("Dense", #""units": 1000000000000"#)), .unsafe, "MRT-KER-009"),
    (
      "YAML of Keras 2 with code",
      "class_name: Sequential\nconfig:\n- class_name: Lambda\n  config: {function: ['4wEA', null, null], function_type: lambda}\n",
      .unsafe, "MRT-KER-001"
    ),
    (
      "YAML of Keras 2 with a class behind an alias",
      "class_name: Sequential\nconfig:\n- x: &a {class_name: TFSMLayer}\n- *a\n", .unsafe, "MRT-KER-003"
    ),
    (
      "YAML of Keras 2 with a class of somebody",
      "class_name: Sequential\nconfig:\n- class_name: MyLayer\n  config: {}\n", .unknown, "MRT-KER-006"
    ),
    (
      "YAML of Keras 2 with an alias in itself",
      "class_name: Sequential\nconfig: &c\n- *c\n", .incomplete, "MRT-KER-007"
    ),
  ]

  private static let torchWrapper: String = {
    let pickle = Data(PickleBuilder.system().array()).base64EncodedString()
    return model(
      layer(
        "TorchModuleWrapper", #""module": {"class_name": "__bytes__", "config": {"value": "\#(pickle)"}}"#))
  }()

  @Test(arguments: hostile) func aConfigurationIsNotSafe(_ vector: Case) {
    let bytes = Bytes(utf8: vector.json)
    #expect(bytes.verdict == vector.verdict, "\(vector.name): \(bytes.scanned.artifacts[0].findings)")
    #expect(bytes.rules.contains(vector.rule), "\(vector.name): \(bytes.scanned.artifacts[0].findings)")
  }

  @Test(arguments: hostile) func aModelInAnArchiveIsNotSafe(_ vector: Case) {
    let archive = Self.archive(vector.json)
    #expect(archive.verdict >= vector.verdict, "\(vector.name): \(archive.scanned.artifacts[0].findings)")
  }

  @Test(arguments: hostile) func aModelInHDF5IsNotSafe(_ vector: Case) {
    let file = HDF5Builder.file([HDF5Builder.attribute("model_config", Array(vector.json.utf8))])
    #expect(file.verdict >= .unknown, "\(vector.name): \(file.scanned.artifacts[0].findings)")
    #expect(file.verdict >= vector.verdict || vector.json.hasPrefix("class"), "\(vector.name)")
  }

  @Test func theBytesOfATorchModuleAreReadAsAPickle() {
    #expect(Bytes(utf8: Self.torchWrapper).constructs.contains("os.system('id')"))
  }

  static func archive(_ config: String, more: [ZipBuilder.Member] = []) -> Bytes {
    ZipBuilder.make(
      [
        .init("metadata.json", Bytes(utf8: #"{"keras_version": "3.9.0"}"#)),
        .init("config.json", Bytes(utf8: config)),
      ]
        + more)
  }

  /// For the coverage of the rules.
  static let files: [Bytes] =
    hostile.map { Bytes(utf8: $0.json) } + [archive(ordinary, more: [.init("run.txt", Bytes(utf8: "hello"))])]

  private static let ordinary = model(layer("Dense", #""units": 2, "activation": "relu""#))

  @Test func anOrdinaryModelIsSafe() {
    #expect(Bytes(utf8: Self.ordinary).verdict == .safe, "\(Bytes(utf8: Self.ordinary).scanned.artifacts)")
    #expect(Self.archive(Self.ordinary).verdict == .safe)
    #expect(Self.archive(Self.ordinary).scanned.artifacts[0].format == "keras")
  }

  @Test func operatorsOfTensorFlowAreOrdinary() {
    let json = Self.model(
      #"{"module": "tf_keras.src.layers.core.tf_op_layer", "class_name": "TFOpLambda", "name": "tf.__operators__.add", "#
        + #""config": {"function": "__operators__.add"}},"#
        + Self.layer("SlicingOpLambda", #""function": "__operators__.getitem""#))
    #expect(Bytes(utf8: json).verdict == .safe, "\(Bytes(utf8: json).scanned)")
  }

  @Test func aModelInsideOfSomethingElseIsJudgedForHarm() {
    let harm = Self.model(Self.layer("Lambda", #""function": ["4wEAAAAA"], "function_type": "lambda""#))
    #expect(Bytes(utf8: #"{"epoch": 3, "model": \#(harm)}"#).verdict == .unsafe)
    let plain = #"{"pipeline": {"class_name": "my.Step", "config": {"size": 3}}}"#
    #expect(Bytes(utf8: plain).verdict == .safe, "\(Bytes(utf8: plain).scanned)")
  }

  @Test func anotherMemberIsUnknown() {
    let archive = Self.archive(Self.ordinary, more: [.init("run.txt", Bytes(utf8: "hello"))])
    #expect(archive.rules == ["MRT-KER-008"])
  }

  @Test func aConfigurationThatIsNoneIsIncomplete() {
    #expect(Self.archive("hello").rules.contains("MRT-KER-007"))
  }

  @Test func whatTheUserAllowsIsSafe() {
    let custom = Self.model(Self.layer("MyLayer", #""units": 1"#, module: "my_package.layers"))
    let scanner = Scanner(allowing: .init(patterns: ["keras:my_package.layers>MyLayer"]))
    #expect(scanner.scan(bytes: Bytes(utf8: custom), name: "m").verdict == .safe)
  }

  @Test func everyPrefixIsReadWithoutACrash() {
    let bytes = Bytes(utf8: Self.torchWrapper)
    for length in 1..<bytes.count { _ = bytes.slice(0..<length).verdict }
  }
}
