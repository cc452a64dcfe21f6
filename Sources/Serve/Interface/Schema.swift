// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What a JSON value looks like: the part of JSON Schema 2020-12 that the documents of the API need.
package indirect enum Schema: Sendable {
  case string(pattern: String? = nil, shortest: Int? = nil, longest: Int? = nil, about: String? = nil)
  case oneOf([String])
  /// RFC 3339.
  case date
  /// Bytes as base64.
  case base64
  case integer(from: Int? = nil, to: Int? = nil)
  case number(from: Double, to: Double)
  case boolean
  case list(Schema, most: Int? = nil)
  /// Members by name. Those that may be missing are `optional`.
  case object([Member])
  /// The same, and no others.
  case closed([Member])
  /// Values of one kind by names, which fit a pattern where there is one.
  case map(Schema, names: String? = nil)
  /// Or `null`, which says the same as leaving it out.
  case nullable(Schema)
  case null
  /// Any object.
  case anything
  /// A document of ``Documents``.
  case document(String)

  package struct Member: Sendable {
    let name: String
    let schema: Schema
    let isOptional: Bool

    static func required(_ name: String, _ schema: Schema) -> Member {
      Member(name: name, schema: schema, isOptional: false)
    }

    static func optional(_ name: String, _ schema: Schema) -> Member {
      Member(name: name, schema: .nullable(schema), isOptional: true)
    }
  }

  /// SHA-256 in hex.
  static let digest = Schema.string(pattern: "^[0-9a-f]{64}$")
  /// Of a model, an alias or a tag.
  static let name = Schema.string(pattern: namePattern)
  static let namePattern = "^[A-Za-z0-9_][A-Za-z0-9._-]{0,63}$"
  /// The version of a model in an address.
  static let version = Schema.string(
    pattern: "^(newest|[1-9][0-9]{0,8}|[A-Za-z_][A-Za-z0-9._-]{0,63})$",
    about: "A number, an alias, or `newest`")
}

extension Schema: Encodable {
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Name.self)
    switch self {
    case .string(let pattern, let shortest, let longest, let about):
      try container.encode("string", forKey: "type")
      try container.encodeIfPresent(shortest, forKey: "minLength")
      try container.encodeIfPresent(pattern, forKey: "pattern")
      try container.encodeIfPresent(longest, forKey: "maxLength")
      try container.encodeIfPresent(about, forKey: "description")
    case .oneOf(let values):
      try container.encode("string", forKey: "type")
      try container.encode(values, forKey: "enum")
    case .date:
      try container.encode("string", forKey: "type")
      try container.encode("date-time", forKey: "format")
    case .base64:
      try container.encode("string", forKey: "type")
      try container.encode("base64", forKey: "contentEncoding")
      try container.encode("^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$", forKey: "pattern")
    case .integer(let from, let to):
      try container.encode("integer", forKey: "type")
      try container.encodeIfPresent(from, forKey: "minimum")
      try container.encodeIfPresent(to, forKey: "maximum")
    case .number(let from, let to):
      try container.encode("number", forKey: "type")
      try container.encode(from, forKey: "minimum")
      try container.encode(to, forKey: "maximum")
    case .boolean: try container.encode("boolean", forKey: "type")
    case .list(let element, let most):
      try container.encode("array", forKey: "type")
      try container.encode(element, forKey: "items")
      try container.encodeIfPresent(most, forKey: "maxItems")
    case .object(let members), .closed(let members):
      if case .closed = self { try container.encode(false, forKey: "additionalProperties") }
      try container.encode("object", forKey: "type")
      try container.encode(
        Dictionary(uniqueKeysWithValues: members.map { ($0.name, $0.schema) }), forKey: "properties")
      let required = members.filter { !$0.isOptional }.map(\.name)
      if !required.isEmpty { try container.encode(required, forKey: "required") }
    case .nullable(let schema):
      try container.encode([schema, .null], forKey: "anyOf")
    case .null: try container.encode("null", forKey: "type")
    case .map(let value, let names):
      try container.encode("object", forKey: "type")
      if let names { try container.encode(["pattern": names], forKey: "propertyNames") }
      try container.encode(value, forKey: "additionalProperties")
    case .anything: try container.encode("object", forKey: "type")
    case .document(let name): try container.encode("#/components/schemas/\(name)", forKey: "$ref")
    }
  }
}

/// A key of a document that is written as it stands.
struct Name: CodingKey, ExpressibleByStringLiteral {
  let stringValue: String
  var intValue: Int? { nil }

  init(_ text: String) { stringValue = text }
  init(stringLiteral text: String) { stringValue = text }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
