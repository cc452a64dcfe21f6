// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Fields, types and operators that the schema does not have.
struct UnknownLite: NoteRule {
  let kind: Note.Kind = .unknownLite
  let card = RuleCard(
    code: "MRT-TFL-004", name: "A TensorFlow Lite model has unknown parts", severity: .medium,
    verdict: .unknown,
    finds: """
      A field, type or operator that the schema does not have, a delegate, or data outside of the file.
      """,
    why: "Another runtime may do something with it that is not known here.",
    remedy: "Convert the model again with a plain TensorFlow.",
    cwe: [1286])
}
