// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// Where the name of a file can come from when a graph runs.
enum PathSource: Hashable {
  case constant(String)
  /// Constants with what is not known between them.
  case piece(String)
  /// What `saver_def` names: the loader gives the folder of the variables.
  case saver
  /// What `asset_file_def` names: the loader gives the file in the folder of the assets.
  case asset
  /// A constant that the loader gives an asset to, and what it is where nobody does: the file's place at its maker's.
  case assetConstant(String)
  /// Whoever calls the model.
  case caller(String)
  case computed(String)
}

/// Follows the input of a node back to all places where its value can come from, through the functions that are called.
struct PathTrace {
  var bodies: GraphBodies
  /// Tensors of the graph that the loader gives the prefix of the checkpoint.
  let savers: Set<String>
  /// Names of assets by the tensors of the graph that the loader gives them to.
  let assets: [String: String]
  private var steps = 0

  init(_ bodies: GraphBodies, savers: Set<String>, assets: [String: String]) {
    self.bodies = bodies
    self.savers = savers
    self.assets = assets
  }

  private struct Spot: Hashable {
    let body: Int
    let name: String
  }

  /// Which inputs come out as they are or as a part: none named means all.
  private static let passing: [String: [Int]] = [
    "Identity": [0], "StringJoin": [], "ShardedFilename": [0], "ShardedFilespec": [0],
    "Pack": [],
    "ConcatV2": [], "Concat": [], "ExpandDims": [0], "Reshape": [0], "Squeeze": [0],
    "Slice": [0],
    "StridedSlice": [0], "GatherV2": [0], "Gather": [0], "Select": [1, 2], "SelectV2": [1, 2], "Switch": [0],
    "Merge": [], "Enter": [0], "RefIdentity": [0], "StopGradient": [0], "PlaceholderWithDefault": [0],
  ]

  mutating func sources(of input: String, in body: Int) -> Set<PathSource> {
    var found: Set<PathSource> = []
    var seen: Set<Spot> = []
    var open = [Spot(body: body, name: input)]
    while let spot = open.popLast() {
      guard seen.insert(spot).inserted else { continue }
      steps += 1
      guard steps <= Limits.graphSteps, !bodies.isFull else {
        return [.computed("more nodes than are followed")]
      }
      follow(spot, &found, &open)
    }
    return found
  }

  private mutating func follow(_ spot: Spot, _ found: inout Set<PathSource>, _ open: inout [Spot]) {
    let name = String(spot.name.prefix { $0 != ":" })
    if spot.body > 0, let argument = bodies.bodies[spot.body].arguments[name] {
      return arguments(argument, of: spot.body, &found, &open)
    }
    guard let node = bodies.node(name, in: spot.body) else {
      return _ = found.insert(.computed("a node that is not there"))
    }
    let inputs = node.inputs.filter { !$0.hasPrefix("^") }
    switch node.op {
    case "Const":
      let asset = spot.body == 0 ? assets[name] : nil
      if spot.body == 0, isSaver(name), hasDefault(spot) { found.insert(.saver) }
      constants(node, asset: asset, &found)
    case "Placeholder", "PlaceholderV2":
      let isMain = spot.body == 0
      found.insert(isMain && assets[name] != nil ? .asset : isMain && isSaver(name) ? .saver : .caller(name))
    case "ReadVariableOp":
      variables(handle: inputs.first.map { Spot(body: spot.body, name: $0) }, &found, &open)
    default:
      guard let positions = Self.passing[node.op] else { return _ = found.insert(.computed(node.op)) }
      if node.op == "PlaceholderWithDefault" {
        let isSaver = spot.body == 0 && isSaver(name) && hasDefault(spot)
        found.insert(isSaver ? .saver : .caller(name))
      }
      if node.op == "StringJoin" || node.op == "ConcatV2" {
        // Pieces that are harmless by themselves can make a path that is not.
        for text in joined(node, in: spot.body, depth: 0) { found.insert(.piece(text)) }
      }
      for (index, input) in inputs.enumerated() where positions.isEmpty || positions.contains(index) {
        open.append(Spot(body: spot.body, name: input))
      }
    }
  }

  /// The tensors that `saver_def` names, and those of earlier savers in the same graph: TensorFlow numbers them.
  private func isSaver(_ name: String) -> Bool {
    if savers.contains(name) || name == "saver_filename" { return true }
    let parts = name.split(separator: "/")
    guard parts.count >= 2, parts[parts.count - 1] == "Const" || parts[parts.count - 1] == "filename" else {
      return false
    }
    let saver = parts[parts.count - 2]
    return saver == "save" || (saver.hasPrefix("save_") && saver.dropFirst(5).allSatisfy(\.isNumber))
  }

  /// Savers write one of these where the loader's name goes. Another constant is a name that the graph chose, which is
  /// written whenever the node runs and nobody gives a name.
  private mutating func hasDefault(_ spot: Spot) -> Bool {
    alternatives(spot, depth: 0)?.allSatisfy { ["model", "", "checkpoint"].contains($0) } ?? false
  }

  private static func texts(of constant: GraphNode) -> [String] {
    (constant.attribute("value")?.tensors ?? []).flatMap { tensor in
      ((try? GraphTensor(tensor))?.strings ?? []).prefix(1024).map {
        String(decoding: $0.array(), as: UTF8.self)
      }
    }
  }

  /// What a join of texts can become; what is not known in it is a plain word.
  private mutating func joined(_ node: GraphNode, in body: Int, depth: Int) -> [String] {
    let separator = node.op == "StringJoin" ? node.attribute("separator")?.strings.last ?? "" : ""
    var all = [""]
    for (index, input) in node.inputs.filter({ !$0.hasPrefix("^") }).enumerated() {
      let parts = alternatives(Spot(body: body, name: input), depth: depth + 1) ?? ["x"]
      var next: [String] = []
      for text in all {
        for part in parts where next.count < 64 && text.utf8.count < 4096 {
          next.append(index == 0 ? part : text + separator + part)
        }
      }
      all = next
    }
    return all
  }

  /// The texts that a value can be, nil when that is not known.
  private mutating func alternatives(_ spot: Spot, depth: Int) -> [String]? {
    steps += 1
    guard depth < 16, steps <= Limits.graphSteps, !bodies.isFull,
      let node = bodies.node(String(spot.name.prefix { $0 != ":" }), in: spot.body)
    else { return nil }
    let inputs = node.inputs.filter { !$0.hasPrefix("^") }
    switch node.op {
    case "Const":
      let texts = Self.texts(of: node)
      return texts.isEmpty || texts.count > 64 ? nil : texts
    case "StringJoin": return joined(node, in: spot.body, depth: depth)
    case "Identity", "ExpandDims", "Reshape", "Squeeze", "StopGradient", "Enter", "Switch",
      "PlaceholderWithDefault":
      return inputs.first.flatMap { alternatives(Spot(body: spot.body, name: $0), depth: depth + 1) }
    case "Select", "SelectV2", "Merge", "Pack":
      var all: [String] = []
      for input in node.op.hasPrefix("Select") ? inputs.dropFirst() : inputs[...] {
        guard let found = alternatives(Spot(body: spot.body, name: input), depth: depth + 1) else {
          return nil
        }
        all += found
      }
      return all.count <= 64 ? all : nil
    default: return nil
    }
  }

  /// The constant that an asset is given to has the name that the file had where the model was made.
  private func constants(_ node: GraphNode, asset: String?, _ found: inout Set<PathSource>) {
    guard let value = node.attribute("value"), value.values.count == 1 else {
      return _ = found.insert(.computed("Const"))
    }
    for tensor in value.tensors {
      guard let strings = (try? GraphTensor(tensor))?.strings else { continue }
      for string in strings.prefix(1024) {
        let text = String(decoding: string.array(), as: UTF8.self)
        if let asset, text.split(separator: "/").last == asset.split(separator: "/").last {
          found.insert(.assetConstant(text))
          continue
        }
        found.insert(.constant(text))
      }
      if strings.count >= 1024 { found.insert(.computed("many constants")) }
    }
  }

  private mutating func arguments(
    _ argument: Int, of body: Int, _ found: inout Set<PathSource>, _ open: inout [Spot]
  ) {
    let calls = bodies.callers[bodies.bodies[body].name] ?? []
    if calls.isEmpty { found.insert(.caller(bodies.bodies[body].name)) }
    for call in calls {
      guard let node = try? GraphNode(ProtoReader(call.node)) else { continue }
      let first: Int
      switch node.op {
      case "PartitionedCall", "StatefulPartitionedCall", "While", "StatelessWhile", bodies.bodies[body].name:
        first = 0
      case "If", "StatelessIf", "Case", "StatelessCase": first = 1
      default:
        found.insert(.computed(node.op))
        continue
      }
      let inputs = node.inputs.filter { !$0.hasPrefix("^") }
      guard first + argument < inputs.count else {
        found.insert(.computed("an argument that is not given"))
        continue
      }
      open.append(Spot(body: call.body, name: inputs[first + argument]))
    }
  }

  /// What is assigned to the variable anywhere; to any variable of strings when it cannot be told which one.
  private mutating func variables(handle: Spot?, _ found: inout Set<PathSource>, _ open: inout [Spot]) {
    let wanted = handle.flatMap { handles($0) }
    var isAssigned = false
    for assignment in bodies.assignments {
      guard let node = try? GraphNode(ProtoReader(assignment.node)), node.inputs.count > 1 else { continue }
      if let wanted, let given = handles(Spot(body: assignment.body, name: node.inputs[0])),
        wanted.isDisjoint(with: given)
      {
        continue
      }
      isAssigned = true
      open.append(Spot(body: assignment.body, name: node.inputs[1]))
    }
    if !isAssigned { found.insert(.computed("a variable")) }
  }

  /// Names of the variables that a handle can stand for; nil when that is not plain.
  private mutating func handles(_ start: Spot) -> Set<String>? {
    var names: Set<String> = []
    var seen: Set<Spot> = []
    var open = [start]
    while let spot = open.popLast() {
      guard seen.insert(spot).inserted else { continue }
      steps += 1
      guard steps <= Limits.graphSteps, !bodies.isFull else { return nil }
      let name = String(spot.name.prefix { $0 != ":" })
      if spot.body > 0, let argument = bodies.bodies[spot.body].arguments[name] {
        var found: Set<PathSource> = []
        arguments(argument, of: spot.body, &found, &open)
        guard found.isEmpty else { return nil }
        continue
      }
      guard let node = bodies.node(name, in: spot.body) else { return nil }
      switch node.op {
      case "VarHandleOp":
        let shared = node.attribute("shared_name")?.strings.last ?? ""
        names.insert(shared.isEmpty ? "\(spot.body):\(node.name)" : shared)
      case "Identity": open += node.inputs.prefix(1).map { Spot(body: spot.body, name: $0) }
      default: return nil
      }
    }
    return names
  }
}
