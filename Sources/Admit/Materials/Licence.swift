// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// A licence as a bill names it: by the identifier of SPDX where there is one.
struct Licence: Sendable, Hashable {
  let identifier: String?
  /// What a licence without identifier is called.
  let name: String?
  /// The authors name it; otherwise it was recognised by its text.
  let isDeclared: Bool

  init(named text: String, isDeclared: Bool) {
    identifier = LicenceIdentifiers.canonical(text)
    name = identifier == nil ? text : nil
    self.isDeclared = isDeclared
  }

  /// A text that is called a licence and is none of those that are known.
  init(unrecognised title: String) {
    identifier = nil
    name = title
    isDeclared = false
  }

  var text: String { identifier ?? name ?? "" }
}
