// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A file name in an index that leads out of the folder.
struct ConfigEscape: NoteRule {
  let kind = Note.Kind.configEscape
  let card = RuleCard(
    code: "MRT-CFG-005", name: "An index names files elsewhere", severity: .high, verdict: .unsafe,
    finds: """
      A name in the index of the weights or modules that leads out of the folder of the model, or is \
      an address.
      """,
    why: "A loader that follows it reads or overwrites files which are no part of the model.",
    remedy: "Do not load it.",
    atlas: ["AML.T0011.000"],
    cwe: [22])
}
