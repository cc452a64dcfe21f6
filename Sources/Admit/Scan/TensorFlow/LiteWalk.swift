// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// Walks through a model of TensorFlow Lite (schema version 3): every subgraph, operator, tensor and buffer.
struct LiteWalk {
  var notes = Notes()
  private(set) var covered: [String: String] = [:]
  /// Nodes of TensorFlow that Flex operators carry.
  private(set) var flex: [GraphWalk] = []
  /// What lies in the buffers of the metadata.
  private(set) var metadata: [(name: String, bytes: Bytes)] = []

  enum Operator {
    case builtin(Int32)
    case custom(String)
  }

  private let bytes: Bytes
  private(set) var operators: [Operator] = []
  private var buffers = 0
  /// The contents of each buffer, nil for one without data.
  private(set) var contents: [Bytes?] = []
  var calls: [Set<Int>] = []
  /// Tensors of each subgraph.
  private var tensorCounts: [Int] = []
  /// Constants of the subgraph that is walked through: small lists of whole numbers by tensor.
  var constants: [Int: [Int32]] = [:]
  private var tables = 0

  init(_ bytes: Bytes) {
    self.bytes = bytes
    do throws(FlatError) {
      try walk(FlatBuffer(bytes).root())
    } catch {
      notes.add(.brokenLite, "\(error)")
    }
    if let cycle = cycle() {
      notes.add(.liteMemory, "expected subgraphs that end, found that subgraph \(cycle) runs itself")
    }
  }

  private mutating func walk(_ model: FlatTable) throws(FlatError) {
    let version = try model.u32(0)
    if version != 3 { notes.add(.brokenLite, "expected version 3, found \(version)") }
    known(model, 10, "the model")
    let external = (try model.tables(8).count, try model.tables(9).count)
    if external != (0, 0) {
      notes.add(.unknownLite, "the model keeps buffers in other files")
    }
    try readOperators(model.tables(1))
    try readBuffers(model.tables(4))
    let graphs = try model.tables(2)
    guard graphs.count <= 65536 else { return notes.add(.brokenLite, "more subgraphs than are read") }
    calls = Array(repeating: [], count: graphs.count)
    for index in 0..<graphs.count { try walk(graph: graphs.table(index), index) }
    let parts = try model.tables(6)
    for index in 0..<parts.count {
      guard try count() else { return }
      let part = try parts.table(index)
      let name = try part.string(0) ?? ""
      let buffer = Int(try part.u32(1))
      guard buffer < buffers else {
        notes.add(.liteMemory, "the metadata '\(name.prefix(100))' names buffer \(buffer) of \(buffers)")
        continue
      }
      let data = try model.tables(4).table(buffer).vector(0, width: 1).contents
      guard !data.isEmpty else { continue }
      guard metadata.count < 4096 else {
        notes.add(.brokenLite, "the model has more metadata than is looked into")
        break
      }
      metadata.append((String(name.prefix(100)), data))
    }
    let signatures = try model.tables(7)
    for index in 0..<signatures.count {
      guard try count() else { return }
      let signature = try signatures.table(index)
      let graph = Int(try signature.u32(4))
      guard tensorCounts.indices.contains(graph) else {
        notes.add(.liteMemory, "signature \(index) names a subgraph that is not there")
        continue
      }
      for slot in [0, 1] {
        let names = try signature.tables(slot)
        for item in 0..<names.count {
          guard try count() else { return }
          let tensor = Int(try names.table(item).u32(1))
          if tensor >= tensorCounts[graph] {
            notes.add(.liteMemory, "signature \(index) names tensor \(tensor) of \(tensorCounts[graph])")
          }
        }
      }
    }
  }

  /// Counts a table that is visited: one table can stand in many places.
  private mutating func count() throws(FlatError) -> Bool {
    tables += 1
    if tables == Limits.flatTables { notes.add(.brokenLite, "the model has more tables than are read") }
    return tables < Limits.flatTables
  }

  mutating func known(_ table: FlatTable, _ slots: Int, _ place: String) {
    for slot in slots..<max(slots, table.slots) where (try? table.has(slot)) ?? true {
      notes.add(.unknownLite, "\(place) has a field \(slot), which the schema does not have")
    }
  }

  private mutating func readOperators(_ codes: FlatVector) throws(FlatError) {
    guard codes.count <= 65536 else { return notes.add(.brokenLite, "more operators than are read") }
    for index in 0..<codes.count {
      let code = try codes.table(index)
      known(code, 4, "an operator")
      let builtin = max(Int32(try code.i8(0)), try code.i32(3))
      if builtin == 32 {
        let name = try code.string(1) ?? ""
        operators.append(.custom(name))
        judge(custom: name)
        continue
      }
      operators.append(.builtin(builtin))
      switch builtin {
      case 51, 127, 173: notes.add(.unknownLite, "operator \(index) is \(builtin), which runs code of others")
      case 0...209: covered["tflite:\(builtin)"] = "an operator of the runtime, which only computes"
      default: notes.add(.unknownLite, "operator \(index) is \(builtin), which the schema does not have")
      }
    }
  }

  /// Registered in every interpreter, and written by the same hands.
  private static let standardCustom: Set<String> = [
    "TFLite_Detection_PostProcess", "Mfcc", "AudioSpectrogram", "NumericVerify",
  ]

  private mutating func judge(custom name: String) {
    if Self.standardCustom.contains(name) {
      covered["tflite:\(name)"] = "an operator of the runtime, which only computes"
    } else if name.hasPrefix("Flex") {
      add(flex: GraphWalk(operator: String(name.dropFirst(4)), options: nil))
    } else {
      notes.add(
        .customLite, "expected operators of the runtime, found one of its own",
        construct: "tflite.\(name.prefix(200))", allow: "tflite:\(name.prefix(200))")
    }
  }

  /// Keeps what has something to say: there can be as many as nodes.
  private mutating func add(flex walk: GraphWalk) {
    covered.merge(walk.covered) { old, _ in old }
    guard !walk.notes.isEmpty || !walk.embedded.isEmpty else { return }
    guard flex.count < 1024 else {
      return notes.add(.brokenLite, "more operators of TensorFlow than are listed")
    }
    flex.append(walk)
  }

  private mutating func readBuffers(_ list: FlatVector) throws(FlatError) {
    buffers = list.count
    guard buffers <= Limits.flatTables else { return notes.add(.brokenLite, "more buffers than are read") }
    for index in 0..<list.count {
      guard try count() else { return }
      let buffer = try list.table(index)
      known(buffer, 3, "buffer \(index)")
      let data = try buffer.vector(0, width: 1)
      let (offset, size) = (try buffer.u64(1), try buffer.u64(2))
      if offset > 1 || size > 1 {
        let (end, overflow) = offset.addingReportingOverflow(size)
        if overflow || end > UInt64(bytes.count) {
          notes.add(.liteMemory, "buffer \(index) lies at \(offset) with \(size) bytes, outside of the file")
          contents.append(nil)
          continue
        }
        contents.append(bytes.slice(Int(offset)..<Int(end)))
      } else {
        contents.append(data.count == 0 ? nil : data.contents)
      }
    }
  }

  private mutating func walk(graph: FlatTable, _ index: Int) throws(FlatError) {
    known(graph, 6, "subgraph \(index)")
    let tensors = try graph.tables(0)
    tensorCounts.append(tensors.count)
    constants = [:]
    for number in 0..<tensors.count {
      guard try count() else { return }
      try judge(tensor: tensors.table(number), number, index)
    }
    for slot in [1, 2] {
      let list = try graph.vector(slot, width: 4)
      for item in 0..<list.count where try !(0..<Int32(clamping: tensors.count)).contains(list.i32(item)) {
        notes.add(
          .liteMemory, "subgraph \(index) takes or gives tensor \(try list.i32(item)) of \(tensors.count)")
      }
    }
    let nodes = try graph.tables(3)
    for number in 0..<nodes.count {
      guard try count() else { return }
      try judge(node: nodes.table(number), number, index, tensors: tensors.count)
    }
  }

  private mutating func judge(
    node: FlatTable, _ number: Int, _ graph: Int, tensors: Int
  ) throws(FlatError) {
    let place = "node \(number) of subgraph \(graph)"
    known(node, 14, place)
    let code = Int(try node.u32(0))
    guard code < operators.count else {
      return notes.add(.liteMemory, "\(place) is of operator \(code) of \(operators.count)")
    }
    for (slot, least) in [(1, Int32(-1)), (2, 0), (8, -1)] {
      let list = try node.vector(slot, width: 4)
      for index in 0..<list.count {
        let tensor = try list.i32(index)
        if tensor < least || Int(tensor) >= tensors {
          notes.add(.liteMemory, "\(place) uses tensor \(tensor) of \(tensors)")
        }
      }
      if slot == 1, list.count > 0, try list.i32(0) == -1, case .builtin = operators[code] {
        notes.add(.liteMemory, "\(place) lacks its first input, which the runtime reads without looking")
      }
    }
    let large = (try node.u64(9), try node.u64(10))
    if large.0 > 1 || large.1 > 1 {
      notes.add(.unknownLite, "\(place) has options behind the model")
    }
    if case .custom(let name) = operators[code], name.hasPrefix("Flex") {
      add(
        flex: GraphWalk(operator: String(name.dropFirst(4)), options: try node.vector(5, width: 1).contents))
    }
    if case .builtin(let operation) = operators[code] {
      try judge(operation, node, place)
    }
    try judge(options: node, place, graph)
  }

  /// A subgraph that runs itself, however many others are between.
  private func cycle() -> Int? {
    var state = [UInt8](repeating: 0, count: calls.count)
    for start in calls.indices where state[start] == 0 {
      var stack: [(Int, [Int])] = [(start, Array(calls[start]))]
      state[start] = 1
      while !stack.isEmpty {
        guard let next = stack[stack.count - 1].1.popLast() else {
          state[stack.removeLast().0] = 2
          continue
        }
        if state[next] == 1 { return next }
        guard state[next] == 0 else { continue }
        state[next] = 1
        stack.append((next, Array(calls[next])))
      }
    }
    return nil
  }
}

extension Note.Kind {
  static let brokenLite: Self = "tflite.broken"
  static let customLite: Self = "tflite.custom"
  static let liteMemory: Self = "tflite.memory"
  static let unknownLite: Self = "tflite.unknown"
}
