// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

extension LiteWalk {
  /// Bits of an element by `TensorType`; strings, resources and variants have none.
  private static let bits: [Int: Int] = [
    0: 32, 1: 16, 2: 32, 3: 8, 4: 64, 6: 8, 7: 16, 8: 64, 9: 8, 10: 64, 11: 128, 12: 64, 15: 32, 16: 16,
    17: 4,
    18: 16, 19: 2, 20: 4,
  ]

  mutating func judge(tensor: FlatTable, _ number: Int, _ graph: Int) throws(FlatError) {
    let place = "tensor \(number) of subgraph \(graph)"
    known(tensor, 11, place)
    if try tensor.u32(10) > 0 { notes.add(.unknownLite, "\(place) lies in another file") }
    let type = Int(try tensor.i8(1))
    if !(0...20).contains(type) { notes.add(.unknownLite, "\(place) has the type \(type)") }
    let buffer = Int(try tensor.u32(2))
    guard buffer < contents.count else {
      return notes.add(.liteMemory, "\(place) lies in buffer \(buffer) of \(contents.count)")
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
    try judge(quantization: tensor, shape, place)
    guard buffer > 0, let data = contents[buffer] else {
      if elements * (Self.bits[type] ?? 8) / 8 > Limits.liteTensor {
        notes.add(.liteMemory, "\(place) needs more memory than a machine has")
      }
      return
    }
    if let sparsity = try tensor.table(6) {
      var dimensions: [Int] = []
      for index in 0..<shape.count { dimensions.append(Int(try shape.i32(index))) }
      return try judge(
        sparsity: LiteSparsity(sparsity), dimensions, data.count, bits: Self.bits[type], place)
    }
    if type == 5 { return judge(strings: data, elements, place) }
    guard let bits = Self.bits[type] else { return }
    let needed = (elements * bits + 7) / 8
    // Some converters give every element of few bits a byte of its own.
    if data.count != needed, !(bits < 8 && data.count == elements) {
      notes.add(.brokenLite, "\(place): expected \(needed) bytes of data, found \(data.count)")
    }
    if type == 2, data.count == needed, elements <= 16 {
      var cursor = ByteCursor(data.span)
      var numbers: [Int32] = []
      while let number = try? cursor.u32() { numbers.append(Int32(bitPattern: number)) }
      constants[number] = numbers
    }
  }

  private mutating func judge(
    quantization tensor: FlatTable, _ shape: FlatVector, _ place: String
  ) throws(FlatError) {
    guard let quantization = try tensor.table(4) else { return }
    let scales = try quantization.vector(2, width: 4)
    let zeros = try quantization.vector(3, width: 8)
    guard scales.count > 0 else { return }
    if zeros.count != scales.count, zeros.count != 1, zeros.count > 1 || scales.count > 1 {
      notes.add(.brokenLite, "\(place) has \(scales.count) scales and \(zeros.count) zeros")
    }
    for index in 0..<scales.count where !Float(bitPattern: UInt32(try scales.number(index))).isFinite {
      notes.add(.brokenLite, "\(place) has a scale that is no number")
      break
    }
    guard scales.count > 1 else { return }
    let axis = Int(try quantization.i32(6))
    if axis < 0 || axis >= shape.count {
      notes.add(.liteMemory, "\(place) has its scales along dimension \(axis) of \(shape.count)")
    } else if case let size = Int(try shape.i32(axis)), size != scales.count {
      notes.add(.brokenLite, "\(place) has \(scales.count) scales for a dimension of \(size)")
    }
  }

  /// A number of strings, where each begins and the last ends, and the strings. The runtime takes all of it for granted.
  private mutating func judge(strings data: Bytes, _ elements: Int, _ place: String) {
    var cursor = ByteCursor(data.span)
    guard let count = try? cursor.u32(), Int(count) < data.count / 4 else {
      return notes.add(.liteMemory, "\(place) has strings without room for where they begin")
    }
    var last = 4 * (Int(count) + 2)
    for _ in 0...count {
      guard let next = try? cursor.u32(), Int(next) >= last, Int(next) <= data.count else {
        return notes.add(.liteMemory, "\(place) has a string that lies outside of its bytes")
      }
      last = Int(next)
    }
    if Int(count) < elements {
      notes.add(.liteMemory, "\(place) has \(count) strings for \(elements) elements")
    }
  }

  private mutating func judge(
    sparsity: LiteSparsity, _ dimensions: [Int], _ size: Int, bits: Int?, _ place: String
  ) throws(FlatError) {
    if let problem = sparsity.problem(dimensions) {
      return notes.add(.liteMemory, "\(place) has a sparse layout in which \(problem)")
    }
    guard let bits, let elements = sparsity.elements(dimensions) else { return }
    if (elements * bits + 7) / 8 != size {
      notes.add(.liteMemory, "\(place): expected \(elements) sparse elements, found \(size) bytes")
    }
  }
}
