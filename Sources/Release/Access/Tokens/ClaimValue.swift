// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// A value in the claims of a token: any JSON, to a depth.
package enum ClaimValue: Equatable, Sendable {
  case null
  case boolean(Bool)
  case number(Double)
  case text(String)
  case list([ClaimValue])
  case object([String: ClaimValue])

  /// The texts of a claim that has one or several.
  var texts: [String] {
    switch self {
    case .text(let text): [text]
    case .list(let values): values.flatMap { if case .text(let text) = $0 { [text] } else { [String]() } }
    default: []
    }
  }
}

extension ClaimValue: Codable {
  package init(from decoder: any Decoder) throws {
    guard decoder.codingPath.count <= Limits.claimDepth else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: [], debugDescription: "expected claims that are nested less deeply"))
    }
    let container = try decoder.singleValueContainer()
    self =
      if container.decodeNil() {
        .null
      } else if let value = try? container.decode(Bool.self) {
        .boolean(value)
      } else if let value = try? container.decode(Double.self) {
        .number(value)
      } else if let value = try? container.decode(String.self) {
        .text(value)
      } else if let value = try? container.decode([ClaimValue].self) {
        .list(value)
      } else {
        .object(try container.decode([String: ClaimValue].self))
      }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .boolean(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .text(let value): try container.encode(value)
    case .list(let value): try container.encode(value)
    case .object(let value): try container.encode(value)
    }
  }
}
