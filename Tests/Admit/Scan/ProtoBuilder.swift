// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// Writes protocol buffers field by field, also those that no library would write.
struct ProtoBuilder {
  private(set) var bytes: [UInt8] = []

  static func varint(_ value: UInt64) -> [UInt8] {
    var rest = value
    var bytes: [UInt8] = []
    repeat {
      bytes.append(UInt8(rest & 0x7F) | (rest > 0x7F ? 0x80 : 0))
      rest >>= 7
    } while rest > 0
    return bytes
  }

  func number(_ field: Int, _ value: UInt64) -> ProtoBuilder {
    var copy = self
    copy.bytes += Self.varint(UInt64(field) << 3) + Self.varint(value)
    return copy
  }

  func data(_ field: Int, _ value: [UInt8]) -> ProtoBuilder {
    var copy = self
    copy.bytes += Self.varint(UInt64(field) << 3 | 2) + Self.varint(UInt64(value.count)) + value
    return copy
  }

  func text(_ field: Int, _ value: String) -> ProtoBuilder { data(field, Array(value.utf8)) }
  func message(_ field: Int, _ value: ProtoBuilder) -> ProtoBuilder { data(field, value.bytes) }

  var all: Bytes { Bytes(bytes) }
}
