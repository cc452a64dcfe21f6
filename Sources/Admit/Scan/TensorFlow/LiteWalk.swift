// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// Walks through a model of TensorFlow Lite (schema version 3): every subgraph, operator, tensor and buffer.
struct LiteWalk {
  private(set) var notes = Notes()
  private(set) var covered: [String: String] = [:]
  /// Nodes of TensorFlow that Flex operators carry.
  private(set) var flex: [GraphWalk] = []
  /// What lies in the buffers of the metadata.
  private(set) var metadata: [(name: String, bytes: Bytes)] = []

  private enum Operator {
    case builtin(Int32)
    case custom(String)
  }

  private let bytes: Bytes
  private var operators: [Operator] = []
  private var buffers = 0
  /// Bytes in each buffer, -1 for one without data.
  private var sizes: [Int] = []
  private var calls: [Set<Int>] = []
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
      if !data.isEmpty, metadata.count < 256 { metadata.append((String(name.prefix(100)), data)) }
    }
    let signatures = try model.tables(7)
    for index in 0..<signatures.count {
      guard try count() else { return }
      if Int(try signatures.table(index).u32(4)) >= graphs.count {
        notes.add(.liteMemory, "signature \(index) names a subgraph that is not there")
      }
    }
  }

  /// Counts a table that is visited: one table can stand in many places.
  private mutating func count() throws(FlatError) -> Bool {
    tables += 1
    if tables == Limits.flatTables { notes.add(.brokenLite, "the model has more tables than are read") }
    return tables < Limits.flatTables
  }

  private mutating func known(_ table: FlatTable, _ slots: Int, _ place: String) {
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
        }
        sizes.append(Int(clamping: size))
      } else {
        sizes.append(data.count == 0 ? -1 : data.count)
      }
    }
  }

  private mutating func walk(graph: FlatTable, _ index: Int) throws(FlatError) {
    known(graph, 6, "subgraph \(index)")
    let tensors = try graph.tables(0)
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

  /// Bits of an element by `TensorType`; strings, resources and variants have none.
  private static let bits: [Int: Int] = [
    0: 32, 1: 16, 2: 32, 3: 8, 4: 64, 6: 8, 7: 16, 8: 64, 9: 8, 10: 64, 11: 128, 12: 64, 15: 32, 16: 16,
    17: 4,
    18: 16, 19: 2, 20: 4,
  ]

  private mutating func judge(tensor: FlatTable, _ number: Int, _ graph: Int) throws(FlatError) {
    let place = "tensor \(number) of subgraph \(graph)"
    known(tensor, 11, place)
    if try tensor.u32(10) > 0 { notes.add(.unknownLite, "\(place) lies in another file") }
    let type = Int(try tensor.i8(1))
    if !(0...20).contains(type) { notes.add(.unknownLite, "\(place) has the type \(type)") }
    let buffer = Int(try tensor.u32(2))
    guard buffer < sizes.count else {
      return notes.add(.liteMemory, "\(place) lies in buffer \(buffer) of \(sizes.count)")
    }
    let shape = try tensor.vector(0, width: 4)
    var elements = 1
    for index in 0..<shape.count {
      let size = Int(try shape.i32(index))
      let (product, overflow) = elements.multipliedReportingOverflow(by: max(size, 0))
      guard size >= -1, !overflow, product <= 1 << 48 else {
        return notes.add(.liteMemory, "\(place) has dimensions whose product is no size")
      }
      elements = product
      if size == -1 { notes.add(.brokenLite, "\(place) has an open dimension in its shape") }
    }
    guard let bits = Self.bits[type], buffer > 0, sizes[buffer] >= 0, try tensor.table(6) == nil else {
      return
    }
    let needed = (elements * bits + 7) / 8
    // Some converters give every element of few bits a byte of its own.
    if sizes[buffer] != needed, !(bits < 8 && sizes[buffer] == elements) {
      notes.add(.brokenLite, "\(place): expected \(needed) bytes of data, found \(sizes[buffer])")
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
    try judge(options: node, place, graph)
  }

  private mutating func judge(options node: FlatTable, _ place: String, _ graph: Int) throws(FlatError) {
    var targets: [Int] = []
    if let options = try node.table(4) {
      switch try node.u8(3) {
      case 1, 2, 5:
        let stride = (try options.i32(1), try options.i32(2))
        if stride.0 <= 0 || stride.1 <= 0 {
          notes.add(.liteMemory, "\(place) has a stride of 0, by which the runtime divides")
        }
      case 16, 103: targets = [Int(try options.u32(0))]
      case 92, 93: targets = [Int(try options.i32(0)), Int(try options.i32(1))]
      default: break
      }
    }
    if let options = try node.table(12) {
      switch try node.u8(11) {
      case 6: targets = [Int(try options.i32(1))]
      case 7: targets = [Int(try options.i32(6))]
      case 13: targets = [Int(try options.i32(5))]
      case 14: targets = [Int(try options.i32(2))]
      case 15: targets = [Int(try options.i32(0)), Int(try options.i32(1))]
      case 21: targets = [Int(try options.i32(1))]
      case 23:
        let list = try options.vector(0, width: 4)
        for index in 0..<min(list.count, 1024) { targets.append(Int(try list.i32(index))) }
      default: break
      }
    }
    for target in targets {
      guard calls.indices.contains(target) else {
        notes.add(.liteMemory, "\(place) runs subgraph \(target) of \(calls.count)")
        continue
      }
      calls[graph].insert(target)
    }
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
