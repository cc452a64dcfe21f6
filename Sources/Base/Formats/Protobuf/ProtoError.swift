// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Why bytes are not a protocol buffer. Offsets count from the start of the message that was being read.
package enum ProtoError: Error, Equatable, Sendable {
  /// A field begins here and the bytes end before it does.
  case truncated(offset: Int)
  /// A number of more than 64 bits, a field number of 0 or beyond 2^29, or a wire type that does not exist.
  case malformed(offset: Int)
  /// Groups are deprecated since 2008 and in none of the formats that are read here.
  case group(offset: Int)
  case tooDeep(limit: Int)
  /// The field has another wire type than its definition says.
  case unexpectedWire(field: Int, offset: Int)
}

extension ProtoError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .truncated(let offset): "the protocol buffer is cut short in the field at offset \(offset)"
    case .malformed(let offset):
      "expected a field of a protocol buffer at offset \(offset), found no such thing"
    case .group(let offset): "expected a field without groups at offset \(offset), found a group"
    case .tooDeep(let limit): "the protocol buffer has messages in each other deeper than \(limit) levels"
    case .unexpectedWire(let field, let offset):
      "field \(field) at offset \(offset) has another wire type than its definition"
    }
  }
}
