// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// A JSON value as ``JSONReader`` read it: whole numbers stay exact, members keep their order.
package indirect enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  /// A number written without fraction and exponent that fits.
  case integer(Int64)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([Member])

  package struct Member: Sendable, Equatable {
    package let name: String
    package let value: JSONValue

    package init(name: String, value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// The member `name` of an object; `nil` for anything else.
  package subscript(name: String) -> JSONValue? {
    members?.first { $0.name == name }?.value
  }

  package var members: [Member]? {
    if case .object(let members) = self { members } else { nil }
  }

  package var array: [JSONValue]? {
    if case .array(let values) = self { values } else { nil }
  }

  package var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  package var integer: Int64? {
    if case .integer(let value) = self { value } else { nil }
  }

  /// The value as a floating-point number, whichever way it was written.
  package var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
}

/// Why bytes are not JSON, and where.
package enum JSONError: Error, Equatable, Sendable {
  case truncated
  case unexpected(offset: Int, expected: String)
  case badString(offset: Int, reason: String)
  case badNumber(offset: Int)
  /// RFC 8259 leaves the meaning of a repeated name open, so that two readers can see two documents.
  case duplicateName(String, offset: Int)
  case tooDeep(limit: Int, offset: Int)
  case trailingBytes(offset: Int)
}

extension JSONError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .truncated: "the JSON text ends too early"
    case .unexpected(let offset, let expected): "expected \(expected) at offset \(offset) of the JSON text"
    case .badString(let offset, let reason): "the JSON string at offset \(offset) \(reason)"
    case .badNumber(let offset): "the JSON number at offset \(offset) is malformed or out of range"
    case .duplicateName(let name, let offset): "the JSON name \"\(name)\" stands twice (offset \(offset))"
    case .tooDeep(let limit, let offset):
      "the JSON text nests deeper than \(limit) levels at offset \(offset)"
    case .trailingBytes(let offset): "expected the end of the JSON text at offset \(offset), found more"
    }
  }
}
