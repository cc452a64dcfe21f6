// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import NIOCore

/// The fields of a posted form, `application/x-www-form-urlencoded`. Bounded, and no name twice: two readers could
/// otherwise see two forms.
struct Form {
  private let fields: [String: String]

  /// Bytes. An API key has less than 100.
  static let longest = 4_096

  init(_ request: Request, atMost limit: Int = Self.longest) async throws(ConsoleRefusal) {
    guard request.headers[.contentType]?.lowercased().hasPrefix("application/x-www-form-urlencoded") == true
    else { throw .malformed }
    let body: ByteBuffer
    do { body = try await request.body.collect(upTo: limit) } catch { throw .malformed }
    try self.init(String(decoding: body.readableBytesView, as: UTF8.self))
  }

  init(_ text: String) throws(ConsoleRefusal) {
    var fields: [String: String] = [:]
    for pair in text.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let name = Self.decoded(parts[0]), let value = Self.decoded(parts[1]),
        fields.updateValue(value, forKey: name) == nil
      else { throw .malformed }
    }
    self.fields = fields
  }

  subscript(name: String) -> String? { fields[name] }

  /// What was typed, without the spaces around it; nil for nothing.
  func typed(_ name: String) -> String? {
    guard let text = fields[name]?.trimmingCharacters(in: .whitespacesAndNewlines), !text.isEmpty,
      // SQLite ends a text at a zero byte: access would be decided about another name than is looked up.
      !text.utf8.contains(0)
    else { return nil }
    return text
  }

  private static func decoded(_ text: Substring) -> String? {
    text.replacing("+", with: " ").removingPercentEncoding
  }
}
