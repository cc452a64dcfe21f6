// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// Why bytes are not a safetensors file.
package enum SafetensorsError: Error, Equatable, Sendable {
  case truncated(needed: Int, available: Int)
  case headerTooLarge(stated: UInt64, limit: Int)
  case badJSON(JSONError)
  /// The header is JSON, but not of the shape the format asks for.
  case badHeader(tensor: String, reason: String)
}

extension SafetensorsError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .truncated(let needed, let available):
      "the safetensors file should have \(needed) bytes, and has \(available)"
    case .headerTooLarge(let stated, let limit):
      "the safetensors header says it has \(stated) bytes; at most \(limit) are read"
    case .badJSON(let error): "the safetensors header: \(error)"
    case .badHeader(let tensor, let reason): "the safetensors header, \(tensor): \(reason)"
    }
  }
}

/// A safetensors file: a length, a JSON header and the bytes of the tensors, which cover the rest of the file
/// without a hole. Refuses what the reference implementation refuses, and duplicate keys.
/// Source: the format description in huggingface/safetensors.
package struct Safetensors: Sendable {
  package struct Tensor: Sendable, Equatable {
    package let name: String
    package let dtype: String
    package let shape: [Int]
    /// Where its bytes are, from the end of the header.
    package let range: Range<Int>
  }

  package let tensors: [Tensor]
  package let metadata: [(key: String, value: String)]
  /// The bytes of all tensors.
  package let data: Bytes
  /// The header as it stands in the file, padding included.
  package let header: Bytes

  /// Bits of one element.
  private static let bits: [String: Int] = [
    "BOOL": 8, "U8": 8, "I8": 8, "F8_E5M2": 8, "F8_E4M3": 8, "F8_E8M0": 8, "F8_E4M3FNUZ": 8,
    "F8_E5M2FNUZ": 8, "I16": 16, "U16": 16, "F16": 16, "BF16": 16, "I32": 32, "U32": 32, "F32": 32,
    "I64": 64, "U64": 64, "F64": 64, "C64": 64, "F4": 4, "F6_E2M3": 6, "F6_E3M2": 6,
  ]

  /// - Throws: ``SafetensorsError``.
  package init(_ bytes: Bytes) throws(SafetensorsError) {
    guard bytes.count >= 8 else { throw .truncated(needed: 8, available: bytes.count) }
    var stated: UInt64 = 0
    for index in 0..<8 { stated |= UInt64(bytes[index]) << (8 * UInt64(index)) }
    guard stated <= Limits.safetensorsHeader else {
      throw .headerTooLarge(stated: stated, limit: Limits.safetensorsHeader)
    }
    let length = Int(stated)
    guard length <= bytes.count - 8 else { throw .truncated(needed: 8 + length, available: bytes.count) }
    let text = bytes.slice(8..<8 + length)
    header = text
    data = bytes.slice(8 + length..<bytes.count)
    (tensors, metadata) = try Self.read(header: text, dataCount: data.count)
  }

  /// What a header says, for whoever does not have the bytes of the tensors at hand.
  /// - Parameter dataCount: how many bytes follow the header in the file.
  /// - Throws: ``SafetensorsError``.
  package static func read(
    header text: Bytes, dataCount: Int
  ) throws(SafetensorsError) -> (tensors: [Tensor], metadata: [(key: String, value: String)]) {
    guard !text.isEmpty, text[0] == UInt8(ascii: "{") else {
      throw .badHeader(tensor: "start", reason: "expected '{' as its first byte")
    }
    var tensors: [Tensor] = []
    var metadata: [(key: String, value: String)] = []
    var failure: SafetensorsError?
    do throws(JSONError) {
      var reader = JSONReader(text.span)
      try reader.eachMember { reader, name throws(JSONError) in
        let member = JSONValue.Member(name: name, value: try reader.value(depth: 1))
        guard failure == nil else { return }
        do throws(SafetensorsError) {
          if name == "__metadata__" {
            metadata = try Self.metadata(member)
          } else {
            guard tensors.count < Limits.tensors else {
              throw .badHeader(tensor: name, reason: "more than \(Limits.tensors) tensors")
            }
            tensors.append(try Self.tensor(member))
          }
        } catch { failure = error }
      }
      let end = reader.offset
      try reader.end()
      for index in end..<text.count where text[index] != 0x20 && failure == nil {
        failure = .badHeader(tensor: "end", reason: "expected spaces as padding")
      }
    } catch { throw .badJSON(error) }
    if let failure { throw failure }
    try checkCover(tensors, count: dataCount)
    return (tensors, metadata)
  }

  private static func metadata(
    _ member: JSONValue.Member
  ) throws(SafetensorsError) -> [(key: String, value: String)] {
    guard case .object(let pairs) = member.value else {
      throw .badHeader(tensor: member.name, reason: "expected an object of strings")
    }
    var metadata: [(key: String, value: String)] = []
    for pair in pairs {
      guard let value = pair.value.string else {
        throw .badHeader(tensor: member.name, reason: "\(pair.name) is not a string")
      }
      metadata.append((pair.name, value))
    }
    return metadata
  }

  private static func tensor(_ member: JSONValue.Member) throws(SafetensorsError) -> Tensor {
    func bad(_ reason: String) -> SafetensorsError { .badHeader(tensor: member.name, reason: reason) }
    guard case .object(let fields) = member.value, fields.count == 3,
      let dtype = member.value["dtype"]?.string, let sizes = member.value["shape"]?.array,
      let offsets = member.value["data_offsets"]?.array
    else { throw bad("expected dtype, shape and data_offsets and nothing else") }
    guard let bits = bits[dtype] else { throw bad("the element type \(dtype) is unknown") }
    var shape: [Int] = []
    var total = bits
    for size in sizes {
      guard let size = size.integer.map(Int.init), size >= 0 else {
        throw bad("its shape is not made of sizes")
      }
      let (product, overflow) = total.multipliedReportingOverflow(by: size)
      guard !overflow else { throw bad("its shape overflows") }
      total = product
      shape.append(size)
    }
    guard offsets.count == 2, let start = offsets[0].integer.map(Int.init),
      let end = offsets[1].integer.map(Int.init), start >= 0, start <= end
    else {
      throw bad("its data_offsets are not two offsets in order")
    }
    guard total % 8 == 0, end - start == total / 8 else {
      throw bad("its shape needs \(total / 8) bytes, and data_offsets give it \(end - start)")
    }
    return Tensor(name: member.name, dtype: dtype, shape: shape, range: start..<end)
  }

  /// The tensors must lie one behind the other from the first byte to the last.
  private static func checkCover(_ tensors: [Tensor], count: Int) throws(SafetensorsError) {
    var end = 0
    let ordered = tensors.sorted {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    for tensor in ordered {
      guard tensor.range.lowerBound == end else {
        let what = tensor.range.lowerBound < end ? "overlaps the tensor before it" : "leaves a hole before it"
        throw .badHeader(tensor: tensor.name, reason: what)
      }
      end = tensor.range.upperBound
    }
    guard end <= count else { throw .truncated(needed: end, available: count) }
    guard end == count else {
      throw .badHeader(tensor: "end", reason: "\(count - end) bytes at the end belong to no tensor")
    }
  }
}
