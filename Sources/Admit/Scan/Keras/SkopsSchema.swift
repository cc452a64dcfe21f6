// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// The `schema.json` of a skops file: a tree of nodes, each of which names a type and how to make an object of it.
///
/// Every node is judged by the type that would be imported, whatever its loader says about trust: some versions of skops
/// checked one name and imported another.
struct SkopsSchema {
  private var notes = Notes()
  private var seen: Set<String> = []

  static func examine(_ json: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    var schema = SkopsSchema()
    if json.count > Limits.modelConfig {
      schema.notes.add(
        .skopsBroken, "expected at most \(Limits.modelConfig) bytes of schema, found \(json.count)")
    } else {
      do {
        let document = try TolerantJSON(json)
        for name in document.repeated {
          schema.notes.add(.skopsBroken, "the name \(name) stands twice in one node of the schema")
        }
        if document.value["__loader__"] == nil {
          schema.notes.add(.skopsBroken, "expected a node with its loader, found none")
        }
        schema.walk(document.value)
      } catch {
        schema.notes.add(.skopsBroken, "expected a schema as JSON, found that \(error)")
      }
    }
    for type in schema.seen { scan.saw(type, covered: "a type that skops and scikit-learn keep numbers in") }
    scan.report(schema.notes, place)
  }

  /// How skops makes objects, and what else their nodes hold.
  private static let loaders: Set<String> = [
    "DictNode", "DefaultDictNode", "ListNode", "SetNode", "TupleNode", "BytesNode", "BytearrayNode",
    "SliceNode", "FunctionNode", "MethodNode", "PartialNode", "TypeNode", "ConstructorFromReduceNode",
    "ObjectNode", "JsonNode", "OperatorFuncNode", "NdArrayNode", "MaskedArrayNode", "RandomStateNode",
    "RandomGeneratorNode", "DTypeNode", "SparseMatrixNode", "TreeNode", "LossNode", "QuantileForestNode",
    "_DictWithDeprecatedKeysNode", "CachedNode", "ReduceNode", "DatetimeTimedeltaNode", "SGDNode",
  ]

  private mutating func walk(_ value: JSONValue) {
    switch value {
    case .array(let values): for value in values { walk(value) }
    case .object(let members):
      if members.contains(where: { ["__loader__", "__class__", "__module__"].contains($0.name) }) {
        node(value, members)
      }
      for member in members { walk(member.value) }
    default: break
    }
  }

  private func texts(_ members: [JSONValue.Member], _ name: String) -> [String] {
    members.filter { $0.name == name }.compactMap(\.value.string)
  }

  private mutating func node(_ value: JSONValue, _ members: [JSONValue.Member]) {
    let modules = texts(members, "__module__")
    let classes = texts(members, "__class__")
    let loaders = texts(members, "__loader__")
    guard !modules.isEmpty, !classes.isEmpty, !loaders.isEmpty else {
      notes.add(.skopsBroken, "expected a node with class, module and loader, found one without")
      return
    }
    for loader in loaders where !Self.loaders.contains(loader) {
      notes.add(.skopsUnlisted, "expected a loader of skops, found \(loader)", construct: loader)
    }
    for module in modules {
      for name in classes {
        for loader in loaders { judge(module, name, loader, value) }
      }
    }
    if loaders.contains("FunctionNode") { function(members) }
  }

  /// Protocols 0 and 1 name the function in the content, and import that.
  private mutating func function(_ members: [JSONValue.Member]) {
    for content in members where content.name == "content" {
      guard let named = content.value.members else { continue }
      let modules = texts(named, "module_path")
      let names = texts(named, "function")
      if modules.isEmpty != names.isEmpty {
        notes.add(.skopsBroken, "expected a function with its module, found one without")
      }
      for module in modules {
        for name in names { judge(module, name, "", content.value) }
      }
    }
  }

  private mutating func judge(_ module: String, _ name: String, _ loader: String, _ node: JSONValue) {
    let type = "\(module).\(name)"
    switch loader {
    case "OperatorFuncNode":
      if module != "operator" && module != "_operator" {
        notes.add(
          .skopsTrick, "an OperatorFuncNode of \(type), which skops takes for a function of operator",
          construct: type)
      }
    case "MethodNode":
      let object = node["content"]?["obj"]
      let own = [object?["__module__"]?.string, object?["__class__"]?.string].map { $0 ?? "" }
      let method = node["content"]?["func"]?.string ?? ""
      let called = own.joined(separator: ".") + ".\(method)"
      if own != [module, name] || method.hasPrefix("__") {
        notes.add(
          .skopsTrick, "a MethodNode of \(type) takes \(called)", construct: called)
      } else {
        notes.add(
          .skopsUnlisted, "expected data, found the method \(called)", construct: called, allow: called)
      }
    case "RandomGeneratorNode": generator(node)
    default: break
    }
    if SkopsTypes.inert.contains(type) {
      seen.insert(type)
      return
    }
    switch GlobalJudge(allow: .standard).standing(module, name) {
    case .dangerous(let effect):
      notes.add(.skopsDanger, "the schema names \(type), which \(effect)", construct: type)
    case .walk(let step):
      notes.add(.skopsDanger, "the schema names \(type), which reaches \(step)", construct: type)
    case .disguised(let how):
      notes.add(.skopsDanger, "the schema names \(type), which is disguised: \(how)", construct: type)
    case .vetted, .unlisted:
      notes.add(
        .skopsUnlisted, "expected a type of scikit-learn, numpy or scipy, found \(type)", construct: type,
        allow: type)
    }
  }

  /// The bit generator is had from `numpy.random` by a name that stands among plain data.
  private mutating func generator(_ node: JSONValue) {
    let known: Set<String> = ["PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64"]
    let state = node["content"]?["bit_generator"]
    let name = state?["content"]?["bit_generator"]?["content"]?.string ?? state?["bit_generator"]?.string
    let bare = name.map { $0.filter { $0 != "\"" } }
    if let bare, known.contains(bare) { return }
    notes.add(
      .skopsTrick, "expected a generator of random bits, found \(bare ?? "none")",
      construct: "numpy.random.\(bare ?? "")")
  }
}

extension Note.Kind {
  static let skopsDanger: Self = "skops.danger"
  static let skopsUnlisted: Self = "skops.unlisted"
  static let skopsBroken: Self = "skops.broken"
  static let skopsTrick: Self = "skops.trick"
}
