// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// A version as somebody names it: `digits`, `digits:3` or `digits@champion`.
package struct VersionName: Sendable, Equatable {
  package enum Which: Sendable, Equatable {
    case newest
    case number(Int)
    case alias(String)
  }

  package let model: String
  package let which: Which

  /// - Throws: ``RegistryDoorError/versionName(_:)``.
  package init(_ text: String) throws(RegistryDoorError) {
    let separator = text.firstIndex { $0 == ":" || $0 == "@" }
    model = String(text[..<(separator ?? text.endIndex)])
    let rest = separator.map { String(text[text.index(after: $0)...]) }
    switch separator.map({ text[$0] }) {
    case nil: which = .newest
    case ":":
      guard let rest, let number = Int(rest), number > 0, String(number) == rest else {
        throw .versionName(text)
      }
      which = .number(number)
    default:
      guard let rest, ModelName.isUsable(rest) else { throw .versionName(text) }
      which = .alias(rest)
    }
    guard ModelName.isUsable(model) else { throw .versionName(text) }
  }

  /// As an address of the network has it: `newest`, a number or an alias, of a model that is named apart.
  package init(_ which: String, of model: String) throws(RegistryDoorError) {
    let isNumber = which.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    try self.init(which == "newest" ? model : isNumber ? "\(model):\(which)" : "\(model)@\(which)")
  }
}

/// Why something about versions was not done.
package enum RegistryDoorError: Error, Equatable, Sendable {
  case versionName(String)
  case aliasName(String)
  case tagName(String)
  case tagValue(characters: Int)
  case noModel(String)
  case reason(bytes: Int)
  /// A version that must not leave the store: what state it is in.
  case notGiven(model: String, number: Int, state: String)
  /// A retention rule gave its files up.
  case filesRemoved(model: String, number: Int)
  case quota(String)
  /// Files of a version that the signed evidence does not list.
  case otherFiles(model: String, number: Int)
}

extension RegistryDoorError: CustomStringConvertible {
  private static let letters = "letters, digits, `.`, `_` and `-`, at most 64"

  package var description: String {
    switch self {
    case .versionName(let text):
      "expected a version as MODEL, MODEL:3 or MODEL@alias, found `\(text.prefix(80))`"
    case .aliasName(let text):
      "the name `\(text.prefix(80))` cannot be an alias's: use \(Self.letters), and not digits alone"
    case .tagName(let text): "the name `\(text.prefix(80))` cannot be a tag's: use \(Self.letters)"
    case .tagValue(let characters): "expected a tag's value of at most 256 characters, found \(characters)"
    case .noModel(let model): "there is no model \(model) in this store; `martlet list` shows all"
    case .reason(let bytes): "expected a reason of 1 to 1000 bytes, found \(bytes)"
    case .notGiven(let model, let number, let state):
      "\(model):\(number) is \(state), and only what is admitted, assessed, released or retired leaves the store"
    case .filesRemoved(let model, let number):
      "the files of \(model):\(number) were removed under a retention rule; evidence and log are kept: push the same files to have them again"
    case .quota(let why): "\(why): retire versions and run `martlet gc`, or raise it with `martlet quota set`"
    case .otherFiles(let model, let number):
      "the database lists other files of \(model):\(number) than the signed evidence: run `martlet fsck`"
    }
  }
}
