// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Numbers outside of the folder.
struct GraphEscape: NoteRule {
  let kind: Note.Kind = "graph.escape"
  let card = RuleCard(
    code: "MRT-GRF-003", name: "The weights lie outside of the folder", severity: .high, verdict: .unsafe,
    finds: """
      A path to weights or to another model that is absolute, goes up, follows a link or is an \
      address.
      """,
    why: "Loading the model reads any file of the machine, or asks another one for it.",
    remedy: "Do not load the model.",
    cwe: [22])
}
