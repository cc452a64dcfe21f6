// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A model that cannot be read whole.
struct BrokenGraph: NoteRule {
  let kind: Note.Kind = "graph.broken"
  let card = RuleCard(
    code: "MRT-GRF-006", name: "The model is broken", severity: .medium, verdict: .incomplete,
    finds: """
      Bytes that begin like a model of a known runtime and cannot be read as one, or go on behind \
      its end.
      """,
    why: "Not everything in it was seen.",
    remedy: "Get the file again; compare its digest with the author's.",
    cwe: [1286])
}
