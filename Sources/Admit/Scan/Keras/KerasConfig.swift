// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletFormats

/// A configuration of Keras: the objects that loading it makes, all the way down. Each must be Keras's own and inert.
///
/// Used for standalone JSON, for the `config.json` of `.keras`, for the attributes of HDF5 models and for the metadata
/// of a SavedModel that Keras wrote.
struct KerasConfig {
  var notes = Notes()
  private var seen: [String: String] = [:]
  /// Bytes that the configuration carries, such as the pickle of a torch module.
  private var carried: [(name: String, bytes: Bytes)] = []

  /// Reads a configuration and reports what it would do.
  static func examine(
    _ json: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan
  ) {
    var config = KerasConfig()
    guard json.count <= Limits.modelConfig else {
      scan.note(
        .kerasBroken, "expected at most \(Limits.modelConfig) bytes of configuration, found \(json.count)",
        place)
      return
    }
    do {
      let document = try TolerantJSON(json)
      for name in document.repeated {
        config.notes.add(.kerasBroken, "the name \(name) stands twice in one object of the configuration")
      }
      config.walk(document.value, key: "", inside: nil)
    } catch {
      config.notes.add(.kerasBroken, "expected a configuration as JSON, found that \(error)")
      config.search(json)
    }
    config.report(at: place, in: &scan)
  }

  /// Judges a configuration that another reader has already parsed.
  static func examine(
    _ value: JSONValue, at place: ArtifactScan.Place, in scan: inout ArtifactScan
  ) {
    var config = KerasConfig()
    config.walk(value, key: "", inside: nil)
    config.report(at: place, in: &scan)
  }

  /// What of a configuration does harm, for readers to whom a class of somebody else is none.
  static func dangers(in value: JSONValue) -> [Note] {
    var config = KerasConfig()
    config.walk(value, key: "", inside: nil)
    return config.notes.all.filter {
      [.kerasCode, .kerasReference, .kerasLayer, .kerasFile].contains($0.kind) && $0.construct != "__lambda__"
    }
  }

  private func report(at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    for (construct, reason) in seen { scan.saw(construct, covered: reason) }
    scan.report(notes, place)
    for part in carried {
      var inner = place.inside(part.name)
      inner.isRawData = true
      scan.scan(part.bytes, as: inner)
    }
  }

  /// What a configuration that cannot be read still shows.
  static func search(_ text: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    var config = KerasConfig()
    config.search(text)
    config.report(at: place, in: &scan)
  }

  /// What a text that is no JSON still shows of a Lambda layer or of a known gadget.
  private mutating func search(_ json: Bytes) {
    let text = String(decoding: json.array(), as: UTF8.self)
    for word in ["__lambda__", "\"Lambda\"", "func_load", "enable_unsafe_deserialization"]
    where text.contains(word) {
      notes.add(.kerasCode, "the text holds \(word)", construct: word)
    }
    for word in KerasDanger.layers.keys.sorted() where text.contains("\"\(word)\"") {
      notes.add(.kerasLayer, "the text holds \(word)", construct: word)
    }
  }

  // MARK: Walking

  private mutating func walk(_ value: JSONValue, key: String, inside owner: String?) {
    switch value {
    case .array(let values): for value in values { walk(value, key: key, inside: owner) }
    case .object(let members):
      walk(members, inside: owner)
      // Losses and metrics of several outputs are by their names.
      guard Self.perOutput.contains(key), !members.contains(where: { $0.name == "class_name" }) else {
        return
      }
      for member in members { output(member.value, key: key) }
    case .string(let text): name(text, key: key)
    default: break
    }
  }

  private mutating func walk(_ members: [JSONValue.Member], inside owner: String?) {
    // A name that stands twice is judged in every meaning.
    var class_ = owner
    for member in members where member.name == "class_name" {
      guard let name = member.value.string else { continue }
      class_ = name
      for module in texts(members, "module") { reference(name, module, members) }
    }
    if !members.contains(where: { $0.name == "class_name" }) { loose(members) }
    marshalled(members)
    paths(members, of: class_)
    sizes(members, of: class_)
    for member in members {
      walk(member.value, key: member.name, inside: member.name == "config" ? class_ : nil)
    }
  }

  /// Every text that a name stands for; one nil when there is none.
  private func texts(_ members: [JSONValue.Member], _ name: String) -> [String?] {
    let found = members.filter { $0.name == name }.map(\.value.string)
    return found.isEmpty ? [nil] : found
  }

  private static let perOutput: Set<String> = ["loss", "metrics", "weighted_metrics"]

  private mutating func output(_ value: JSONValue, key: String) {
    switch value {
    case .array(let values): for value in values { output(value, key: key) }
    case .string(let text): name(text, key: key)
    default: break
    }
  }

  // MARK: What is named

  /// Values that stand for themselves.
  private static let values: Set<String> = [
    "__tensor__", "__numpy__", "__ellipsis__", "__slice__", "__keras_tensor__", "__tuple__", "__complex__",
    "TensorShape", "CompositeTensor",
  ]
  private static let typeSpecs: Set<String> = [
    "TensorSpec", "RaggedTensorSpec", "SparseTensorSpec", "tf.TensorSpec", "tf.RaggedTensorSpec",
    "tf.SparseTensorSpec",
  ]
  private static let tensorFlowLayers: Set<String> = [
    "TFOpLambda", "SlicingOpLambda", "TensorFlowOpLayer", "ClassMethod", "InstanceMethod", "InstanceProperty",
  ]

  private mutating func reference(_ name: String, _ module: String?, _ members: [JSONValue.Member]) {
    switch name {
    case _ where Self.values.contains(name): return
    case "__bytes__":
      for member in members where member.name == "config" { carry(member.value, name) }
    case "__lambda__":
      notes.add(
        .kerasCode, "the configuration holds the bytecode of a Python function", construct: "__lambda__")
    case "__typespec__", "TypeSpec":
      for spec in texts(members, "spec_name") + texts(members, "type_spec") {
        guard let spec, !Self.typeSpecs.contains(spec) else { continue }
        judge(module, spec, isFunction: false)
      }
    case "function":
      for member in members where member.name == "config" {
        if let function = member.value.string { judge(module, function, isFunction: true) }
        if let function = member.value["name"]?.string { judge(module, function, isFunction: true) }
      }
      for registered in texts(members, "registered_name") where registered != "function" {
        if let registered { judge(module, registered, isFunction: true) }
      }
    case "Lambda": lambda(members)
    case _ where Self.tensorFlowLayers.contains(name): operation(name, members)
    default:
      judge(module, name, isFunction: false)
      for registered in texts(members, "registered_name") { self.registered(registered, name, module) }
    }
  }

  private mutating func judge(_ module: String?, _ name: String, isFunction: Bool) {
    let full = module.map { $0 + "." + name } ?? name
    switch KerasJudge.standing(module: module, name: name, isFunction: isFunction) {
    case .builtin: seen["keras:\(name)"] = "a class or function of Keras that only computes"
    case .dangerous(let effect):
      let isLayer = KerasDanger.layers[name] != nil
      notes.add(
        isLayer ? .kerasLayer : .kerasReference,
        "the configuration names \(full), which \(effect)", construct: full)
    case .foreign:
      notes.add(
        .kerasUnlisted, "expected a class or function of Keras, found \(full)", construct: full,
        allow: module == nil && name.contains(">") ? "keras:\(name)" : "keras:\(module ?? "")>\(name)")
    }
  }

  /// A name under which somebody registered a class comes before the class of Keras.
  private mutating func registered(_ registered: String?, _ name: String, _ module: String?) {
    guard let registered, registered != name, registered != module.map({ $0 + "." + name }) else { return }
    if registered == "keras.\(name)" || registered == "Keras>\(name)" { return }
    if registered == "Custom>\(name)", KerasJudge.optimizers.contains(name) { return }
    notes.add(
      .kerasUnlisted, "expected a class of Keras, found the registered name \(registered)",
      construct: registered,
      allow: registered.contains(">") ? "keras:\(registered)" : "keras:>\(registered)")
  }

  /// A module that is named beside something else than a class.
  private mutating func loose(_ members: [JSONValue.Member]) {
    for module in texts(members, "module") {
      guard let module else { continue }
      for key in ["function", "name", "config", "registered_name", "fn"] {
        for name in texts(members, key) {
          if let name, case .dangerous(let effect) = KerasJudge.standing(module: module, name: name) {
            notes.add(
              .kerasReference, "the configuration names \(module).\(name), which \(effect)",
              construct: "\(module).\(name)")
          }
        }
      }
    }
  }

  /// Texts that stand for a function or class that is looked up among those of Keras.
  private mutating func name(_ text: String, key: String) {
    switch key {
    case "activation", "recurrent_activation", "inner_activation", "fn", "loss", "metrics",
      "weighted_metrics",
      "inner_activation_fn":
      let last = text.split(separator: ">").last.map(String.init) ?? text
      if KerasBuiltins.functions.contains(text) || KerasBuiltins.classes.contains(text) { return }
      notes.add(
        .kerasUnlisted, "expected a function of Keras, found \(text)", construct: text,
        allow: text.contains(">") ? "keras:\(text)" : "keras:>\(last)")
    case "optimizer", "init": setting(text, key)
    case _ where Self.settings.contains { key.hasSuffix($0) }: setting(text, key)
    case "name":
      let parts = text.split(whereSeparator: { $0 == "/" || $0 == "\\" })
      if text.hasPrefix("/") || parts.contains("..") || text.utf8.contains(0) {
        notes.add(.kerasName, "the name \(text) leaves the folder that assets are kept in", construct: text)
      }
    default: break
    }
  }

  /// What is looked up by its name to make, keep and bound the weights of a layer.
  private static let settings = ["initializer", "regularizer", "constraint"]

  private mutating func setting(_ text: String, _ key: String) {
    if KerasBuiltins.hasAnyName(text) { return }
    notes.add(
      .kerasUnlisted, "expected a class of Keras for \(key), found \(text)", construct: text,
      allow: text.contains(">") ? "keras:\(text)" : "keras:>\(text)")
  }

  // MARK: Code

  private mutating func lambda(_ members: [JSONValue.Member]) {
    var isExplained = false
    var isCode = false
    for config in members where config.name == "config" {
      for member in config.value.members ?? []
      where ["function", "output_shape", "mask"].contains(member.name) {
        let type = config.value["\(member.name)_type"]?.string
        switch member.value {
        case .object: isExplained = isExplained || member.name == "function"
        case .array where member.name == "function", .array where type == "lambda":
          isCode = true
          notes.add(
            .kerasCode, "a Lambda layer holds the bytecode of its \(member.name)", construct: "Lambda")
        case .string(let text) where type == "lambda":
          isCode = true
          notes.add(
            .kerasCode, "a Lambda layer holds the bytecode of its \(member.name)", construct: "Lambda")
          carry(.string(text), "Lambda")
        case .string(let text) where member.name == "function" || type == "function":
          isExplained = true
          judge(config.value["module"]?.string ?? "builtins", text, isFunction: true)
        default: break
        }
      }
    }
    guard !isCode else { return }
    // Whatever it calls: the layer itself is for code of the file's choice.
    notes.add(
      .kerasUnlisted,
      isExplained ? "a Lambda layer calls a function by its name" : "a Lambda layer without its function",
      construct: "Lambda", allow: "keras:>Lambda")
  }

  /// Keras 1 and 2 write a function of any layer as base64 of marshalled code.
  private mutating func marshalled(_ members: [JSONValue.Member]) {
    for member in members where member.name.hasSuffix("_type") && member.value.string == "lambda" {
      notes.add(
        .kerasCode, "the configuration holds the bytecode of a Python function in \(member.name.dropLast(5))",
        construct: String(member.name.dropLast(5)))
    }
  }

  private mutating func operation(_ layer: String, _ members: [JSONValue.Member]) {
    for config in members where config.name == "config" {
      if layer == "TensorFlowOpLayer" {
        notes.add(
          .kerasUnlisted, "expected a layer of Keras, found an operation of TensorFlow", construct: layer,
          allow: "keras:>TensorFlowOpLayer")
        continue
      }
      guard layer != "SlicingOpLambda" || config.value["function"]?.string != nil else { continue }
      for function in texts(config.value.members ?? [], "function")
        + texts(config.value.members ?? [], "method_name")
      {
        guard let function else { continue }
        if let effect = TensorFlowFunctions.danger(function) {
          notes.add(
            .kerasReference, "a layer calls tf.\(function), which \(effect)", construct: "tf.\(function)")
        } else if TensorFlowFunctions.inert.contains(function) {
          seen["keras:\(layer)(tf.\(function))"] = "a function of numbers"
        } else {
          notes.add(
            .kerasUnlisted, "expected a function of numbers, found tf.\(function)",
            construct: "tf.\(function)",
            allow: "keras:tf.\(function)")
        }
      }
      if config.value["function"] == nil {
        notes.add(
          .kerasUnlisted, "expected the function of \(layer), found none", construct: layer,
          allow: "keras:>\(layer)")
      }
    }
  }

  /// Keeps bytes that stand in the configuration as base64 or as text, to be looked into.
  private mutating func carry(_ value: JSONValue, _ name: String) {
    guard carried.count < 1024 else {
      return notes.add(.kerasBroken, "the configuration carries more bytes than are looked into")
    }
    for text in [value.string, value["value"]?.string] {
      guard let text, text.utf8.count >= 8 else { continue }
      if let data = Data(base64Encoded: text, options: .ignoreUnknownCharacters), !data.isEmpty {
        carried.append((name, Bytes(data)))
      }
      carried.append((name, Bytes(utf8: text)))
    }
  }
}

extension Note.Kind {
  static let kerasCode: Self = "keras.code"
  static let kerasReference: Self = "keras.reference"
  static let kerasLayer: Self = "keras.layer"
  static let kerasFile: Self = "keras.file"
  static let kerasName: Self = "keras.name"
  static let kerasUnlisted: Self = "keras.unlisted"
  static let kerasBroken: Self = "keras.broken"
  static let kerasMember: Self = "keras.member"
  static let kerasSize: Self = "keras.size"
}
