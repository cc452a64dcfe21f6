// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats

/// The three kinds of notes that a reader of one format makes of a ``StructureError``.
struct StructureKinds: Sendable {
  let broken: Note.Kind
  let exploit: Note.Kind
  let uncovered: Note.Kind

  init(_ prefix: String) {
    broken = Note.Kind(stringLiteral: prefix + ".broken")
    exploit = Note.Kind(stringLiteral: prefix + ".exploit")
    uncovered = Note.Kind(stringLiteral: prefix + ".uncovered")
  }
}

extension Notes {
  mutating func add(_ error: StructureError, as kinds: StructureKinds) {
    switch error.harm {
    case .broken: add(kinds.broken, error.reason, at: error.offset)
    case .exploit: add(kinds.exploit, error.reason, at: error.offset)
    case .uncovered: add(kinds.uncovered, error.reason, at: error.offset)
    }
  }
}
