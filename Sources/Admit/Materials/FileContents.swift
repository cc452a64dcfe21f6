// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletEvidence
import MartletScan

/// What the bytes of one file of a model say, put together from everything that a scan came across in it.
struct FileContents: Sendable {
  /// A fact in the words of the format.
  struct Fact: Sendable, Equatable {
    let name: String
    let value: String
  }

  let file: Manifest.Resource
  /// As a scan names it.
  var format = "unknown"
  /// The formats of what is inside of it.
  var parts: Set<String> = []
  var tensors = TensorCount()
  private(set) var facts: [Fact] = []
  /// Facts that were left out, because there are too many.
  private(set) var unlisted = 0
  private(set) var imports: Set<PickleContents.Import> = []
  private(set) var unlistedImports = 0
  var owners: Set<PythonModules.Owner> = []
  /// What of it could not be read, and why.
  private(set) var unread: [String] = []
  var card = CardFacts()

  init(_ file: Manifest.Resource) { self.file = file }

  /// The last part of its name; empty for a model that is one file.
  var baseName: String { file.name == "." ? "" : String(file.name.split(separator: "/").last ?? "") }

  /// Puts down a fact, when there is one. A text is cut where it gets long.
  mutating func note(_ name: String, _ value: String?) {
    guard let value, !value.isEmpty else { return }
    guard facts.count < Limits.billValues else {
      unlisted += 1
      return
    }
    facts.append(Fact(name: Self.cut(name), value: Self.cut(value)))
  }

  mutating func miss(_ member: String?, _ reason: String) {
    let text = Self.cut(member.map { "\($0): \(reason)" } ?? reason)
    if unread.count < Limits.findingsPerRule, !unread.contains(text) { unread.append(text) }
  }

  mutating func add(_ new: PickleContents.Import) {
    guard !imports.contains(new) else { return }
    guard imports.count < Limits.billImports else {
      unlistedImports += 1
      return
    }
    imports.insert(new)
    if let owner = PythonModules.owner(of: new.module) { owners.insert(owner) }
  }

  static func cut(_ text: String) -> String {
    guard text.utf8.count > Limits.billText else { return text }
    let kept = String(decoding: text.utf8.prefix(Limits.billText), as: UTF8.self)
    return "\(kept)… (\(text.utf8.count) bytes)"
  }
}

/// What goes into the model card of a bill.
struct CardFacts: Sendable {
  var architecture: String?
  var family: String?
  var task: String?
  var datasets: [String] = []
  var baseModels: [String] = []
  var inputs: [String] = []
  var outputs: [String] = []
  var licences: [Licence] = []
}
