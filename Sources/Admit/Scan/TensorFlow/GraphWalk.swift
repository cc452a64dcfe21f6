// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// Walks through one graph of TensorFlow with its library of functions, and notes what is not known to be harmless.
/// Every node is judged wherever it lies: whether something calls it is up to whoever loads the model.
struct GraphWalk {
  private(set) var notes = Notes()
  /// Operators on the lists, for the certificate.
  private(set) var covered: [String: String] = [:]
  /// Strings in constants that look like something to be scanned.
  private(set) var embedded: [Bytes] = []
  private var bodies = GraphBodies()
  /// Names of files that lie among the assets beside the model.
  let assetFiles: Set<String>
  /// Operators that make as much as an input says.
  private var makers: [(body: Int, node: Bytes)] = []
  private var paths: [(use: FilePathUse, body: Int, node: Bytes)] = []
  private var strings = 0

  /// - Parameter parts: the messages of type `GraphDef`; several merge into one.
  init(
    _ parts: [ProtoReader], savers: Set<String> = [], assets: [String: String] = [:],
    assetFiles: Set<String> = []
  ) {
    self.assetFiles = assetFiles
    bodies.add(graph: parts)
    do throws(ProtoError) {
      for part in parts { try collect(part) }
      for part in parts { try walk(graph: part) }
      for body in bodies.bodies.indices.dropFirst() { try walk(function: body) }
    } catch {
      notes.add(.brokenGraph, "\(error)")
    }
    if let name = bodies.recursion() {
      notes.add(
        .endsProcess, "expected functions that end, found one that calls itself",
        construct: "tf.function(\(name))")
    }
    judgePaths(savers: savers, assets: assets)
    judgeSizes()
    for name in bodies.duplicates.prefix(8) {
      notes.add(.brokenGraph, "expected every name once, found '\(name.prefix(200))' twice")
    }
    if bodies.isFull {
      notes.add(.brokenGraph, "the graph has more nodes or functions than are remembered")
    }
  }

  /// Learns the names of all functions first: a node may be named after one that comes later.
  private mutating func collect(_ graph: ProtoReader) throws(ProtoError) {
    var reader = graph
    while let field = try reader.next() {
      guard field.number == 2 else { continue }
      var library = try reader.message(field)
      while let entry = try library.next() {
        switch entry.number {
        case 1: try collect(function: library.message(entry))
        case 2, 3: _ = try library.contents(entry)
        default: unknown(entry.number, "the library of functions")
        }
      }
    }
  }

  private mutating func collect(function message: ProtoReader) throws(ProtoError) {
    var reader = message
    var name = ""
    var arguments: [String] = []
    while let field = try reader.next() {
      guard field.number == 1 else { continue }
      var signature = try reader.message(field)
      while let part = try signature.next() {
        if part.number == 1 { name = try signature.text(part) }
        guard part.number == 2 else { continue }
        var argument = try signature.message(part)
        while let item = try argument.next() {
          if item.number == 1 { arguments.append(try argument.text(item)) }
        }
      }
    }
    if OperatorKind.of(name) != .unlisted {
      notes.add(
        .shadowedOperation, "expected functions with names of their own", construct: "tf.\(name.prefix(200))")
    }
    bodies.add(function: name, arguments: arguments, body: message)
  }

  private mutating func walk(graph: ProtoReader) throws(ProtoError) {
    var reader = graph
    while let field = try reader.next() {
      switch field.number {
      case 1: try walk(node: reader.message(field), in: 0)
      case 2, 4, 5: _ = try reader.contents(field)
      case 3: _ = try reader.number(field)
      default: unknown(field.number, "the graph")
      }
    }
  }

  private mutating func walk(function body: Int) throws(ProtoError) {
    var reader = bodies.bodies[body].parts[0]
    let place = "the function \(bodies.bodies[body].name.prefix(200))"
    while let field = try reader.next() {
      switch field.number {
      case 1, 4, 6, 7, 8: _ = try reader.contents(field)
      case 3: try walk(node: reader.message(field), in: body)
      case 5: try walk(attribute: GraphAttribute(reader.message(field)), of: place, body, nil)
      default: unknown(field.number, place)
      }
    }
  }

  private mutating func walk(node message: ProtoReader, in body: Int) throws(ProtoError) {
    let node = try GraphNode(message)
    let place = "the node \(node.name.prefix(200))"
    for field in node.unknownFields { unknown(field, place) }
    for attribute in node.attributes { try walk(attribute: attribute, of: place, body, message.bytes) }
    judge(node, in: body, message.bytes, place)
  }

  private mutating func judge(_ node: GraphNode, in body: Int, _ bytes: Bytes, _ place: String) {
    if bodies.functions[node.op] != nil {
      bodies.note(call: node.op, from: body, node: bytes)
      // A function that has the name of an operator does not hide the operator.
      if OperatorKind.of(node.op) == .unlisted { return }
    }
    if node.op == "AssignVariableOp", node.attribute("dtype")?.type ?? 7 == 7 {
      bodies.note(assignment: bytes, in: body)
    }
    if GraphSizes.makers.contains(node.op) {
      if makers.count < Limits.graphNodes {
        makers.append((body, bytes))
      } else {
        notes.add(.brokenGraph, "there are more operators that make tensors than are looked at")
      }
    }
    judge(op: node.op, node, in: body, bytes, place)
  }

  private mutating func walk(
    attribute: GraphAttribute, of place: String, _ body: Int, _ node: Bytes?
  ) throws(ProtoError) {
    for value in attribute.values { try walk(value: value, of: place, body, node) }
  }

  private mutating func walk(
    value: ProtoReader, of place: String, _ body: Int, _ node: Bytes?
  ) throws(ProtoError) {
    var reader = value
    while let field = try reader.next() {
      switch field.number {
      case 1: try walk(list: reader.message(field), of: place, body, node)
      case 2, 7, 9: _ = try reader.contents(field)
      case 3, 5, 6: _ = try reader.number(field)
      case 4: break
      case 8: try walk(tensor: reader.message(field), of: place)
      case 10: try walk(call: reader.message(field), of: place, body, node)
      default: unknown(field.number, place)
      }
    }
  }

  private mutating func walk(
    list: ProtoReader, of place: String, _ body: Int, _ node: Bytes?
  ) throws(ProtoError) {
    var reader = list
    while let field = try reader.next() {
      switch field.number {
      case 2...7: break
      case 8: try walk(tensor: reader.message(field), of: place)
      case 9: try walk(call: reader.message(field), of: place, body, node)
      default: unknown(field.number, place)
      }
    }
  }

  /// A function as a value. One that the library does not have is the name of an operator.
  private mutating func walk(
    call: ProtoReader, of place: String, _ body: Int, _ node: Bytes?
  ) throws(ProtoError) {
    var reader = call
    while let field = try reader.next() {
      switch field.number {
      case 1:
        let name = try reader.text(field)
        if bodies.functions[name] != nil {
          if let node { bodies.note(call: name, from: body, node: node) }
        }
        if bodies.functions[name] == nil ? !name.isEmpty : OperatorKind.of(name) != .unlisted {
          judge(op: name, nil, in: body, nil, place)
        }
      case 2: try walk(attribute: GraphAttribute(reader.message(field)), of: place, body, nil)
      default: unknown(field.number, place)
      }
    }
  }

  private mutating func walk(tensor message: ProtoReader, of place: String) throws(ProtoError) {
    let tensor = try GraphTensor(message)
    for field in tensor.unknownFields { unknown(field, place) }
    if let problem = tensor.contradiction { notes.add(.graphTensorSize, "\(place): \(problem)") }
    if tensor.filled > Limits.filledTensor {
      notes.add(
        .endsProcess, "\(place): a constant of \(tensor.given) given elements grows to \(tensor.filled) bytes"
      )
    }
    if tensor.handles > 0 || !tensor.variants.isEmpty {
      notes.add(
        .unlistedOperator, "\(place): a constant that is a handle or an object",
        construct: tensor.variants.first.map { "tf.\($0.prefix(200))" })
    }
    if tensor.hasMoreStrings {
      notes.add(.brokenGraph, "there are more strings in constants than are looked into")
    }
    for string in tensor.strings where string.count >= 12 {
      strings += 1
      guard strings <= Limits.graphStrings else {
        notes.add(.brokenGraph, "there are more strings in constants than are looked into")
        return
      }
      guard ScannedFormats.formats.contains(where: { $0.fits(string) }) else { continue }
      guard embedded.count < 1024 else {
        notes.add(.brokenGraph, "there are more files in constants than are looked into")
        return
      }
      embedded.append(string)
    }
  }

  private mutating func unknown(_ field: Int, _ place: String) {
    notes.add(.unknownGraphField, "\(place) has a field \(field), which its definition does not have")
  }

  mutating func add(
    _ kind: Note.Kind, _ message: String, construct: String? = nil, allow: String? = nil
  ) {
    notes.add(kind, message, construct: construct, allow: allow)
  }

  mutating func cover(_ op: String, _ reason: String) { covered[op] = reason }

  mutating func later(_ use: FilePathUse, _ body: Int, _ node: Bytes) {
    guard paths.count < 100_000 else {
      return notes.add(.unresolvedPath, "there are more nodes that work on files than are followed")
    }
    paths.append((use, body, node))
  }

  private mutating func judgePaths(savers: Set<String>, assets: [String: String]) {
    guard !paths.isEmpty else { return }
    var trace = PathTrace(bodies, savers: savers, assets: assets)
    for path in paths {
      guard let node = try? GraphNode(ProtoReader(path.node)) else { continue }
      let inputs = node.inputs.filter { !$0.hasPrefix("^") }
      let sources: Set<PathSource> =
        path.use.input < inputs.count
        ? trace.sources(of: inputs[path.use.input], in: path.body) : [.computed("nothing")]
      judge(path.use, sources, node)
    }
    for name in trace.bodies.duplicates.prefix(8) {
      notes.add(.brokenGraph, "expected every name once, found '\(name.prefix(200))' twice")
    }
  }

  /// What an operator makes from constants alone must fit into a machine.
  private mutating func judgeSizes() {
    var sizes = GraphSizes(bodies)
    for maker in makers {
      guard let node = try? GraphNode(ProtoReader(maker.node)),
        let elements = sizes.elements(of: node, in: maker.body), elements > Limits.onnxElements
      else { continue }
      notes.add(
        .endsProcess,
        "the node \(node.name.prefix(200)) makes more than \(Limits.onnxElements) elements from constants",
        construct: "tf.\(node.op)")
    }
  }
}
