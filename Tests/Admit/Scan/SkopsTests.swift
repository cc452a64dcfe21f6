// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletEvidence
import Testing

@testable import MartletScan

@Suite struct SkopsTests {
  typealias Case = (name: String, schema: String, verdict: Verdict, rule: String)

  private static func node(_ module: String, _ name: String, _ loader: String, _ more: String = "") -> String
  {
    #"{"__module__": "\#(module)", "__class__": "\#(name)", "__loader__": "\#(loader)", "__id__": 1\#(more)}"#
  }

  private static let json = node("builtins", "str", "JsonNode", #", "content": "\"x\"", "is_json": true"#)

  static let hostile: [Case] = [
    (
      "CVE-2025-54412 OperatorFuncNode of another module",
      node("builtins", "eval", "OperatorFuncNode", #", "attrs": \#(json)"#), .unsafe, "MRT-SKO-004"
    ),
    (
      "operator.methodcaller", node("operator", "methodcaller", "OperatorFuncNode", #", "attrs": \#(json)"#),
      .unsafe, "MRT-SKO-001"
    ),
    (
      "CVE-2025-54413 MethodNode of another object",
      node(
        "builtins", "str", "MethodNode",
        #", "content": {"func": "run", "obj": \#(node("mine", "Thing", "ObjectNode"))}"#), .unsafe,
      "MRT-SKO-004"
    ),
    (
      "method of an object",
      node(
        "sklearn.pipeline", "Pipeline", "MethodNode",
        #", "content": {"func": "fit", "obj": \#(node("sklearn.pipeline", "Pipeline", "ObjectNode"))}"#),
      .unknown,
      "MRT-SKO-002"
    ),
    ("os.system", node("os", "system", "FunctionNode"), .unsafe, "MRT-SKO-001"),
    (
      "class of subprocess in a list",
      node("builtins", "list", "ListNode", #", "content": [\#(node("subprocess", "Popen", "ObjectNode"))]"#),
      .unsafe, "MRT-SKO-001"
    ),
    (
      "joblib.load through a partial",
      node(
        "functools", "partial", "PartialNode",
        #", "content": {"func": \#(node("joblib", "load", "FunctionNode"))}"#), .unsafe, "MRT-SKO-001"
    ),
    (
      "constructor that is called",
      node("subprocess", "Popen", "ConstructorFromReduceNode", #", "content": \#(json)"#), .unsafe,
      "MRT-SKO-001"
    ),
    ("somebody's class", node("my_models", "Model", "ObjectNode"), .unknown, "MRT-SKO-002"),
    ("loader that is not known", node("builtins", "dict", "EvilNode"), .unknown, "MRT-SKO-002"),
    (
      "generator that is none",
      node(
        "numpy.random._generator", "Generator", "RandomGeneratorNode",
        #", "content": {"bit_generator": {"content": {"bit_generator": {"content": "\"seed\""}}}}"#), .unsafe,
      "MRT-SKO-004"
    ),
    ("node without a type", #"{"__loader__": "ObjectNode", "content": null}"#, .incomplete, "MRT-SKO-003"),
    ("cut off", #"{"__loader__": "ObjectNode", "__module__": "#, .incomplete, "MRT-SKO-003"),
    (
      "type that stands twice",
      #"{"__module__": "os", "__class__": "system", "__loader__": "FunctionNode", "__module__": "numpy", "__class__": "mean"}"#,
      .unsafe, "MRT-SKO-003"
    ),
  ]

  /// For the coverage of the rules.
  static let files = hostile.map { ZipBuilder.make([.init("schema.json", Bytes(utf8: $0.schema))]) }

  @Test(arguments: hostile) func isNotSafe(_ vector: Case) {
    let file = ZipBuilder.make([.init("schema.json", Bytes(utf8: vector.schema))])
    #expect(file.verdict == vector.verdict, "\(vector.name): \(file.scanned.artifacts[0].findings)")
    #expect(file.rules.contains(vector.rule), "\(vector.name): \(file.scanned.artifacts[0].findings)")
    #expect(file.scanned.artifacts[0].format == "skops", "\(vector.name)")
  }

  /// CVE-2025-54886: `Card.get_model` hands what is no zip to joblib.
  @Test func aPickleWithTheNameIsAPickle() {
    let report = Scanner().scan(bytes: PickleBuilder.system(), name: "model.skops")
    #expect(report.verdict == .unsafe)
  }
}

@Suite struct NemoTests {
  typealias Case = (name: String, yaml: String, verdict: Verdict, rule: String)

  static let hostile: [Case] = [
    ("CVE-2025-23304 _target_", "encoder:\n  _target_: os.system\n  command: id\n", .unsafe, "MRT-NEM-001"),
    ("quoted key and value", "a: {\"_target_\": 'subprocess.Popen', args: [id]}\n", .unsafe, "MRT-NEM-001"),
    ("builtins", "- _target_: builtins.exec\n  _args_: [\"import os\"]\n", .unsafe, "MRT-NEM-001"),
    (
      "hydra resolves anything", "x:\n  _target_: hydra.utils.get_method\n  path: os.system\n", .unsafe,
      "MRT-NEM-001"
    ),
    ("torch.load", "x:\n    _target_: torch.load\n    f: /tmp/x\n", .unsafe, "MRT-NEM-001"),
    ("walk through attributes", "x:\n  _target_: logging.os.system\n", .unsafe, "MRT-NEM-001"),
    ("JSON", #"{"model": {"\u005ftarget_": "os.popen", "_args_": ["id"]}}"#, .unsafe, "MRT-NEM-001"),
    ("somebody's class", "x:\n  _target_: my.package.Model\n", .unknown, "MRT-NEM-002"),
    ("interpolation", "x:\n  _target_: ${oc.env:TARGET}\n", .incomplete, "MRT-NEM-003"),
    ("alias", "a: &t os.system\nx:\n  _target_: *t\n", .incomplete, "MRT-NEM-003"),
    ("value on the next line", "x:\n  _target_:\n    os.system\n", .incomplete, "MRT-NEM-003"),
    ("key with an escape", "x:\n  \"\\x5ftarget_\": os.system\n", .incomplete, "MRT-NEM-003"),
    ("complex key", "x:\n  ? _target_\n  : os.system\n", .incomplete, "MRT-NEM-003"),
  ]

  /// For the coverage of the rules.
  static let files = hostile.map { Bytes(utf8: $0.yaml) }

  private static func nemo(_ yaml: String) -> Bytes {
    ZipBuilder.make([.init("./model_config.yaml", Bytes(utf8: yaml))])
  }

  @Test(arguments: hostile) func aConfigurationIsNotSafe(_ vector: Case) {
    for bytes in [Bytes(utf8: vector.yaml), Self.nemo(vector.yaml)] {
      #expect(bytes.verdict >= vector.verdict, "\(vector.name): \(bytes.scanned.artifacts[0].findings)")
      #expect(bytes.rules.contains(vector.rule), "\(vector.name): \(bytes.scanned.artifacts[0].findings)")
    }
  }

  @Test func theTargetOfANemoModelIsJudged() {
    #expect(Self.nemo("target: os.system\n").rules == ["MRT-NEM-001"])
    #expect(Self.nemo("tokenizer:\n  dir: nemo:../../etc\n").rules == ["MRT-NEM-001"])
  }

  @Test func anOrdinaryModelIsSafe() {
    let yaml = """
      sample_rate: 16000
      target: nemo.collections.asr.models.ctc_bpe_models.EncDecCTCModelBPE
      preprocessor:
        _target_: nemo.collections.asr.modules.AudioToMelSpectrogramPreprocessor
        features: 80
      encoder:
        _target_: nemo.collections.asr.modules.ConformerEncoder
      tokenizer:
        model_path: nemo:a1b2_tokenizer.model
      """
    #expect(Self.nemo(yaml).verdict == .safe, "\(Self.nemo(yaml).scanned.artifacts[0].findings)")
    #expect(Self.nemo(yaml).scanned.artifacts[0].format == "nemo")
  }
}
