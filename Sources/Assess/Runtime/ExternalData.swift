// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// Refuses a model that would make ONNX Runtime read files.
///
/// ONNX Runtime resolves the external data of a model that it gets as bytes against the working directory, and
/// has a marker that turns a tensor's location into an address of its own memory. So every place where the ONNX
/// layout allows a tensor is walked before ONNX Runtime sees the model. Nothing is copied, so a model that was
/// sealed leaves no second copy of its weights behind.
enum ExternalData {
  /// The messages of `onnx.proto` that tensors can be in.
  private enum Message {
    case model, graph, node, attribute, tensor, sparseTensor, function, training

    func child(_ field: UInt64) -> Message? {
      switch (self, field) {
      case (.model, 7), (.attribute, 6), (.attribute, 11), (.training, 1), (.training, 2): .graph
      case (.model, 20): .training
      case (.model, 25): .function
      case (.graph, 1), (.function, 7): .node
      case (.node, 5), (.function, 11): .attribute
      case (.graph, 5), (.attribute, 5), (.attribute, 10), (.sparseTensor, 1), (.sparseTensor, 2): .tensor
      case (.graph, 15), (.attribute, 22), (.attribute, 23): .sparseTensor
      default: nil
      }
    }
  }

  /// Messages within messages. The protocol buffer library of ONNX Runtime stops at the same depth.
  private static let deepest = 100

  /// - Throws: ``RuntimeError/externalData(tensor:)`` and ``RuntimeError/malformedModel(offset:)``.
  static func refuse(in model: Span<UInt8>) throws(RuntimeError) {
    try walk(.model, model, start: 0, depth: 0)
  }

  private static func walk(
    _ message: Message, _ bytes: Span<UInt8>, start: Int, depth: Int
  ) throws(RuntimeError) {
    guard depth < deepest else { throw .malformedModel(offset: start) }
    var cursor = ByteCursor(bytes)
    var name = ""
    var isExternal = false
    while !cursor.isAtEnd {
      let field: Field
      do { field = try cursor.field() } catch { throw .malformedModel(offset: start + cursor.offset) }
      switch field {
      case .number(let number, let value):
        // data_location, where 0 says that the values are in the file.
        if message == .tensor && number == 14 && value != 0 { isExternal = true }
      case .part(let number, let range):
        let part = bytes.extracting(range)
        if let child = message.child(number) {
          try walk(child, part, start: start + range.lowerBound, depth: depth + 1)
        } else if message == .tensor && number == 8 {
          name = unsafe part.withUnsafeBufferPointer {
            unsafe String(decoding: $0.prefix(200), as: UTF8.self)
          }
        } else if message == .tensor && number == 13 {
          isExternal = true
        }
      case .other: continue
      }
    }
    if isExternal { throw .externalData(tensor: name) }
  }
}

/// One field of a protocol buffer message.
private enum Field {
  case number(field: UInt64, value: UInt64)
  case part(field: UInt64, Range<Int>)
  case other
}

extension ByteCursor {
  fileprivate mutating func field() throws(BytesError) -> Field {
    let key = try varint()
    let number = key >> 3
    switch key & 7 {
    case 0: return .number(field: number, value: try varint())
    case 1: try skip(8)
    case 2:
      let length = try varint()
      guard let count = Int(exactly: length) else { throw .outOfBounds(offset: offset, value: length) }
      let start = offset
      try skip(count)
      return .part(field: number, start..<offset)
    case 5: try skip(4)
    // Groups, which the ONNX layout does not have, and two wire types that do not exist.
    default: throw .outOfBounds(offset: offset, value: key)
    }
    return .other
  }

  /// A number in groups of seven bits, the lowest first.
  private mutating func varint() throws(BytesError) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      let byte = try u8()
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    throw .outOfBounds(offset: offset, value: value)
  }
}
