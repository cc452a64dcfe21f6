// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// The header of a GGUF file, versions 1 to 3 in both byte orders: metadata and where the tensors lie. The tensors
/// themselves are never touched.
///
/// What was read before an error stays: a template in a file with a broken directory is still a template.
/// Source: `docs/gguf.md` of ggml-org/ggml.
package struct GGUF: Sendable {
  package enum Value: Sendable, Equatable {
    case number(UInt64)
    case real
    case bool(UInt8)
    case text(String)
    case array(of: UInt32, count: Int)
  }

  package struct Pair: Sendable {
    package let key: String
    /// The number of the value's type in the file.
    package let type: UInt32
    package let value: Value
    package let offset: Int
  }

  package struct Tensor: Sendable {
    package let name: String
    /// How its elements are stored: a number of ``GGMLType``.
    package let type: UInt32
    package let elements: UInt64
    /// From the start of the data.
    package let start: UInt64
    package let size: UInt64
    package let offset: Int
  }

  package internal(set) var version: UInt32 = 0
  package internal(set) var pairs: [Pair] = []
  package internal(set) var tensors: [Tensor] = []
  /// Texts in arrays that hold code: templates by several names.
  package internal(set) var templateArrays: [(key: String, text: String)] = []
  /// Where texts lie that are too long to be a template, such as the tokenizer of another library.
  package internal(set) var longTexts: [(key: String, range: Range<Int>)] = []
  package internal(set) var errors: [StructureError] = []
  /// Where the data begins; nil when the header could not be read to its end.
  package private(set) var dataStart: Int?

  package static func looksLikeOne(_ bytes: Bytes) -> Bool {
    bytes.starts(with: Array("GGUF".utf8)) || bytes.starts(with: Array("FUGG".utf8))
  }

  package subscript(key: String) -> Value? { pairs.first { $0.key == key }?.value }

  package init(_ bytes: Bytes) {
    do throws(StructureError) { try read(bytes) } catch { errors.append(error) }
  }

  private mutating func read(_ bytes: Bytes) throws(StructureError) {
    var plain = StructureReader(bytes.span, at: min(4, bytes.count))
    let first = try plain.u32()
    let bigEndian = first & 0xFFFF == 0 && first != 0
    version = bigEndian ? first.byteSwapped : first
    guard (1...3).contains(version) else {
      throw StructureError(.broken, "expected version 1, 2 or 3 of GGUF, found \(version)", at: 4)
    }
    var reader = StructureReader(bytes.span, bigEndian: bigEndian, at: 8)
    let stated = try length(&reader)
    let statedPairs = try length(&reader)
    let tensorCount = try reader.count(stated, of: 17, "tensors")
    let pairCount = try reader.count(statedPairs, of: version == 1 ? 9 : 13, "pairs of metadata")
    guard tensorCount <= Limits.tensors, pairCount <= Limits.ggufPairs else {
      throw StructureError(.broken, "more tensors or metadata than are read", at: 8)
    }
    var keys: Set<String> = []
    for _ in 0..<pairCount {
      let at = reader.offset
      let key = try name(&reader, "key")
      guard keys.insert(key).inserted else {
        throw StructureError(.broken, "the key \(key) stands twice", at: at)
      }
      let type = try reader.u32()
      let value = try value(&reader, type, key: key, depth: 0)
      pairs.append(Pair(key: key, type: type, value: value, offset: at))
    }
    let alignment = try alignment()
    var names: Set<String> = []
    for _ in 0..<tensorCount {
      let tensor = try tensor(&reader)
      guard names.insert(tensor.name).inserted else {
        throw StructureError(.broken, "the tensor \(tensor.name) stands twice", at: tensor.offset)
      }
      tensors.append(tensor)
    }
    try checkData(bytes, from: reader.offset, alignment: alignment)
  }

  /// Lengths and counts grew from 32 to 64 bits after version 1.
  private func length(_ reader: inout StructureReader) throws(StructureError) -> UInt64 {
    version == 1 ? UInt64(try reader.u32()) : try reader.u64()
  }

  private func name(_ reader: inout StructureReader, _ what: String) throws(StructureError) -> String {
    let at = reader.offset
    let stated = try length(&reader)
    let count = try reader.count(stated, of: 1, "bytes of a \(what)")
    guard count > 0 || what == "tensor name", count <= Limits.ggufName else {
      throw StructureError(.broken, "a \(what) of \(count) bytes", at: at)
    }
    guard let text = String(validating: try reader.bytes(count), as: UTF8.self),
      !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
    else {
      throw StructureError(.broken, "a \(what) that is no printable UTF-8", at: at)
    }
    return text
  }

  private mutating func value(
    _ reader: inout StructureReader, _ type: UInt32, key: String, depth: Int
  ) throws(StructureError) -> Value {
    let at = reader.offset
    switch type {
    case 0, 1: return .number(UInt64(try reader.u8()))
    case 2, 3: return .number(UInt64(try reader.u16()))
    case 4, 5: return .number(UInt64(try reader.u32()))
    case 6: try reader.skip(4); return .real
    case 7:
      let byte = try reader.u8()
      guard byte <= 1 else { throw StructureError(.broken, "\(key): a boolean of \(byte)", at: at) }
      return .bool(byte)
    case 8:
      let count = try reader.count(try length(&reader), of: 1, "bytes of text in \(key)")
      let start = reader.offset
      let isTemplate = key.contains("template")
      guard depth == 0 || isTemplate || count >= 16 else {
        try reader.skip(count)
        return .text("")
      }
      guard count <= Limits.metadataText else {
        if isTemplate { throw StructureError(.broken, "\(key) has a text of \(count) bytes", at: start) }
        try reader.skip(count)
        longTexts.append((key, start..<start + count))
        return .text("")
      }
      let text = try reader.bytes(count)
      guard depth > 0 else { return .text(String(decoding: text, as: UTF8.self)) }
      if isTemplate || Self.mayBeTemplate(text) {
        guard templateArrays.count < Limits.ggufPairs else {
          throw StructureError(.broken, "more texts that may be templates than are read", at: start)
        }
        templateArrays.append((key, String(decoding: text, as: UTF8.self)))
      }
      return .text("")
    case 9:
      guard depth < Limits.ggufDepth else {
        throw StructureError(.exploit, "\(key) nests arrays deeper than \(Limits.ggufDepth)", at: at)
      }
      let inner = try reader.u32()
      let stated = try length(&reader)
      guard let size = Self.least(inner, version) else {
        throw StructureError(.exploit, "\(key) is an array of the type \(inner), which is none", at: at)
      }
      let count = try reader.count(stated, of: size, "elements of \(key)")
      if inner == 8 || inner == 9 {
        for _ in 0..<count { _ = try value(&reader, inner, key: key, depth: depth + 1) }
      } else {
        try reader.skip(count * size)
      }
      return .array(of: inner, count: count)
    case 10, 11: return .number(try reader.u64())
    case 12: try reader.skip(8); return .real
    default:
      throw StructureError(.exploit, "\(key) has the type \(type), which is none", at: at)
    }
  }

  /// Whether a text in an array has braces that Jinja obeys.
  private static func mayBeTemplate(_ text: [UInt8]) -> Bool {
    let brace = UInt8(ascii: "{")
    for at in text.indices.dropLast() where text[at] == brace {
      if text[at + 1] == brace || text[at + 1] == UInt8(ascii: "%") { return true }
    }
    return false
  }

  /// The fewest bytes that a value of a type takes.
  private static func least(_ type: UInt32, _ version: UInt32) -> Int? {
    switch type {
    case 0, 1, 7: 1
    case 2, 3: 2
    case 4, 5, 6: 4
    case 8: version == 1 ? 4 : 8
    case 9: version == 1 ? 8 : 12
    case 10, 11, 12: 8
    default: nil
    }
  }

  private func alignment() throws(StructureError) -> UInt64 {
    guard let pair = pairs.first(where: { $0.key == "general.alignment" }) else { return 32 }
    guard pair.type == 4, case .number(let value) = pair.value else {
      throw StructureError(.broken, "general.alignment is not an unsigned number of 32 bits", at: pair.offset)
    }
    guard value > 0, value & (value - 1) == 0, value <= 1 << 24 else {
      throw StructureError(.exploit, "general.alignment is \(value), no power of two", at: pair.offset)
    }
    return value
  }

  private func tensor(_ reader: inout StructureReader) throws(StructureError) -> Tensor {
    let at = reader.offset
    let name = try name(&reader, "tensor name")
    let dimensions = try reader.u32()
    guard dimensions <= 4 else {
      throw StructureError(.exploit, "\(name) has \(dimensions) dimensions; GGML has room for 4", at: at)
    }
    var elements: UInt64 = 1
    var row: UInt64 = 1
    for axis in 0..<dimensions {
      let size = version == 1 ? UInt64(try reader.u32()) : try reader.u64()
      if axis == 0 { row = size }
      let (product, overflow) = elements.multipliedReportingOverflow(by: size)
      guard !overflow, size <= UInt64(Int64.max), product <= UInt64(Int64.max) else {
        throw StructureError(.exploit, "the shape of \(name) overflows", at: at)
      }
      elements = product
    }
    let type = try reader.u32()
    guard let block = GGMLType.block(type) else {
      throw StructureError(
        type < 128 ? .broken : .exploit, "\(name) has the type \(type), which is none", at: at)
    }
    guard row % block.elements == 0 else {
      throw StructureError(.broken, "the rows of \(name) are no multiple of \(block.elements)", at: at)
    }
    let (size, overflow) = (elements / block.elements).multipliedReportingOverflow(by: block.bytes)
    let start = try reader.u64()
    let (end, beyond) = start.addingReportingOverflow(size)
    guard !overflow, !beyond, end <= UInt64(Int64.max) - 1 << 32 else {
      throw StructureError(.exploit, "the size or the offset of \(name) overflows", at: at)
    }
    return Tensor(name: name, type: type, elements: elements, start: start, size: size, offset: at)
  }

  /// The tensors must lie inside the file, apart from each other, with nothing but padding between them.
  private mutating func checkData(_ bytes: Bytes, from header: Int, alignment: UInt64) throws(StructureError)
  {
    let pad = alignment - 1
    let start = (UInt64(header) + pad) & ~pad
    dataStart = Int(start)
    let available = UInt64(bytes.count) > start ? UInt64(bytes.count) - start : 0
    guard !tensors.isEmpty else {
      guard available == 0 else {
        throw StructureError(.broken, "expected no data, found \(available) bytes", at: header)
      }
      return
    }
    for index in header..<min(Int(start), bytes.count) where bytes[index] != 0 {
      throw StructureError(.broken, "expected zeros between header and data", at: index)
    }
    var end: UInt64 = 0
    for tensor in tensors.sorted(by: { ($0.start, $0.size) < ($1.start, $1.size) }) {
      guard tensor.start & pad == 0 else {
        throw StructureError(.broken, "\(tensor.name) is not aligned to \(alignment)", at: tensor.offset)
      }
      guard tensor.start + tensor.size <= available else {
        throw StructureError(
          .broken, "\(tensor.name) ends at \(tensor.start + tensor.size) of \(available) bytes of data",
          at: tensor.offset)
      }
      guard tensor.start >= end else {
        throw StructureError(.broken, "\(tensor.name) overlaps another tensor", at: tensor.offset)
      }
      guard tensor.start <= (end + pad) & ~pad else {
        throw StructureError(.broken, "bytes before \(tensor.name) belong to no tensor", at: tensor.offset)
      }
      end = tensor.start + tensor.size
    }
    guard available <= (end + pad) & ~pad else {
      throw StructureError(.broken, "\(available - end) bytes at the end belong to no tensor", at: header)
    }
  }
}
