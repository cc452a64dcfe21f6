// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// The names that a graph gives to values, and the small whole numbers among its constants.
struct ONNXScope {
  var names: Set<UInt64> = []
  var integers: [UInt64: [Int64]] = [:]
}

extension ONNXWalk {
  /// Learns what a graph or a function defines, and looks at the order of its nodes.
  mutating func open(_ graph: ProtoReader, isFunction: Bool = false) throws(ProtoError) {
    var scope = ONNXScope()
    var early = Set<UInt64>()
    var isFull = false
    /// - Returns: whether the name is new.
    func define(_ name: UInt64) -> Bool {
      if name == 0 { return true }
      guard openNames + scope.names.count < Limits.onnxNames else {
        isFull = true
        return true
      }
      return scope.names.insert(name).inserted
    }
    var reader = graph
    while let field = try reader.next() {
      switch (isFunction, field.number) {
      case (false, 5):
        let (name, numbers) = try constant(reader.message(field))
        // An initialiser may have the name of an input, whose default it is.
        _ = define(name)
        if let numbers { scope.integers[name] = numbers }
      case (false, 11): _ = define(try firstName(reader.message(field)))
      case (true, 4): _ = define(ONNXNode.hash(reader, field))
      case (false, 15):
        var parts = try reader.message(field)
        while let part = try parts.next() {
          if part.number == 1 { _ = define(try constant(parts.message(part)).name) }
        }
      default: break
      }
    }
    early = scope.names
    reader = graph
    while let field = try reader.next() {
      guard field.number == (isFunction ? 7 : 1) else { continue }
      let message = try reader.message(field)
      let node = try ONNXNode(message)
      for output in node.outputs where !define(output) {
        notes.add(
          "onnx.order", "expected a name of its own for each value, found two of one name",
          construct: node.name)
      }
      guard node.domain.isEmpty, let output = node.outputs.first else { continue }
      if node.operation == "Constant" {
        scope.integers[output] = try constantOf(node: message)
      } else if !node.inputs.isEmpty, node.inputs.count <= 16 {
        let inputs = node.inputs.map { name in
          scope.names.contains(name) ? scope.integers[name] : integers(name)
        }
        scope.integers[output] = ONNXFold.result(of: node.operation, inputs)
      }
    }
    if isFull {
      notes.add("onnx.order", "expected at most \(Limits.onnxNames) names of values, found more")
    } else {
      try judgeOrder(of: graph, isFunction: isFunction, scope.names, early)
    }
    openNames += scope.names.count
    scopes.append(scope)
  }

  mutating func close() {
    if let scope = scopes.popLast() { openNames -= scope.names.count }
  }

  func integers(_ name: UInt64) -> [Int64]? {
    for scope in scopes.reversed() {
      if let numbers = scope.integers[name] { return numbers }
      if scope.names.contains(name) { return nil }
    }
    return nil
  }

  /// Every input of a node must be somewhere, and no node may need what it makes.
  private mutating func judgeOrder(
    of graph: ProtoReader, isFunction: Bool, _ all: Set<UInt64>, _ early: Set<UInt64>
  ) throws(ProtoError) {
    var ready = early
    // Nodes that are out of order, with how many inputs they wait for; who waits for a name.
    var late: [(missing: Int, outputs: [UInt64])] = []
    var waiting: [UInt64: [Int]] = [:]
    var reader = graph
    while let field = try reader.next() {
      if field.number == (isFunction ? 5 : 12) {
        let output = isFunction ? ONNXNode.hash(reader, field) : try firstName(reader.message(field))
        if output != 0, !all.contains(output), !scopes.contains(where: { $0.names.contains(output) }) {
          notes.add("onnx.order", "expected outputs that something makes, found one that nothing makes")
        }
      }
      guard field.number == (isFunction ? 7 : 1) else { continue }
      let node = try ONNXNode(reader.message(field))
      let missing = Set(node.inputs.filter { $0 != 0 && !ready.contains($0) && all.contains($0) })
      for input in node.inputs where input != 0 && !all.contains(input) {
        guard !scopes.contains(where: { $0.names.contains(input) }) else { continue }
        notes.add(
          "onnx.order", "expected inputs that something makes, found one that nothing makes",
          construct: node.construct)
        break
      }
      if missing.isEmpty {
        ready.formUnion(node.outputs)
      } else if late.count < Limits.onnxNames {
        for name in missing { waiting[name, default: []].append(late.count) }
        late.append((missing.count, node.outputs))
      } else {
        return notes.add(
          "onnx.order", "expected nodes in the order of their values, found too many that are not")
      }
    }
    // Whatever order they stand in: those that wait for nothing any more free others, until none is left.
    var freed = waiting.keys.filter { ready.contains($0) }
    var left = late.count
    while let name = freed.popLast() {
      for index in waiting.removeValue(forKey: name) ?? [] {
        late[index].missing -= 1
        guard late[index].missing == 0 else { continue }
        left -= 1
        freed += late[index].outputs
      }
    }
    if left > 0 {
      notes.add(
        "onnx.order", "expected nodes that can follow each other, found some that wait for each other")
    }
  }

  private func firstName(_ value: ProtoReader) throws(ProtoError) -> UInt64 {
    var reader = value
    var name: UInt64 = 0
    while let field = try reader.next() {
      if field.number == 1 { name = ONNXNode.hash(reader, field) }
    }
    return name
  }

  /// The name of a tensor, and its contents when they are few integers.
  private func constant(_ tensor: ProtoReader) throws(ProtoError) -> (name: UInt64, numbers: [Int64]?) {
    var reader = tensor
    var name: UInt64 = 0
    var few = true
    while let field = try reader.next() {
      if field.number == 8 { name = ONNXNode.hash(reader, field) }
      if field.wire == .bytes, field.range.count > 256 { few = false }
    }
    return (name, few ? try ONNXTensor(tensor).fewIntegers : nil)
  }

  private func constantOf(node: ProtoReader) throws(ProtoError) -> [Int64]? {
    var reader = node
    while let field = try reader.next() {
      guard field.number == 5 else { continue }
      var parts = try reader.message(field)
      var numbers: [Int64] = []
      while let part = try parts.next() {
        switch part.number {
        case 5: return try constant(parts.message(part)).numbers
        case 3: return [part.signed]
        case 8: try parts.eachNumber(part) { if numbers.count < 16 { numbers.append(Int64(bitPattern: $0)) } }
        default: break
        }
      }
      if !numbers.isEmpty { return numbers }
    }
    return nil
  }
}
