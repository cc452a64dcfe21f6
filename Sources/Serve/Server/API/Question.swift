// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import MartletAccess
import MartletInterface
import MartletLifecycle

/// One question to the API, with what its address says.
struct Question: Sendable {
  let operation: APIOperation
  let request: Request
  let context: DoorContext

  init(_ operation: APIOperation, _ request: Request, _ context: DoorContext) {
    self.operation = operation
    self.request = request
    self.context = context
  }

  var asker: Authenticated {
    get throws(Refusal) {
      guard let asker = context.asker else { throw .unauthenticated }
      return asker
    }
  }

  /// The id of whoever asks.
  var principal: String { get throws(Refusal) { try asker.principal.id } }

  var hasModel: Bool { operation.parameters.contains("model") }

  var model: String { get throws(Refusal) { try parameter("model") } }

  /// The version that the address names.
  var version: VersionName {
    get throws(Refusal) {
      let model = try model
      let text = try parameter("version")
      // A name that cannot be is the name of nothing.
      do throws(RegistryDoorError) { return try VersionName(text, of: model) } catch { throw .notFound }
    }
  }

  /// A part of the address, with what was escaped in it as it was meant. One that is not text names nothing.
  func parameter(_ name: String) throws(Refusal) -> String {
    guard let text = context.parameters.get(name)?.removingPercentEncoding, !text.isEmpty,
      // SQLite ends a text at a zero byte: access would be decided about another name than is looked up.
      !text.utf8.contains(0)
    else { throw .notFound }
    return text
  }

  /// A number in the address; one that cannot be names nothing.
  func number(_ name: String) throws(Refusal) -> Int {
    guard let number = Int(try parameter(name)), number >= 0 else { throw .notFound }
    return number
  }

  func query(_ name: String) -> String? {
    request.uri.queryParameters[Substring(name)].map { String($0) }
  }

  /// - Throws: ``Refusal`` 400 where it is missing.
  func needed(_ name: String) throws(Refusal) -> String {
    guard let text = query(name), !text.isEmpty else {
      throw .malformed("expected `\(name)` behind the `?` of the address, found none")
    }
    return text
  }

  func flag(_ name: String) throws(Refusal) -> Bool {
    switch query(name) {
    case nil, "false": false
    case "true": true
    default: throw .malformed("expected `\(name)` as true or false")
    }
  }

  func number(_ name: String, in range: ClosedRange<Int>, otherwise: Int) throws(Refusal) -> Int {
    guard let text = query(name) else { return otherwise }
    guard let number = Int(text), range.contains(number) else {
      throw .malformed("expected `\(name)` from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }
}
