// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Members of a .keras archive that Keras does not write.
struct KerasMember: NoteRule {
  let kind: Note.Kind = .kerasMember
  let card = RuleCard(
    code: "MRT-KER-008", name: "There is more in the archive than a Keras model", severity: .low,
    verdict: .unknown,
    finds: "Members of a .keras archive that Keras does not write.",
    why: "Nothing of Keras reads them, so something else is meant to.",
    remedy: "Remove the member.",
    cwe: [912])
}
