// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A graph that cannot be read whole.
struct BrokenTensorFlow: NoteRule {
  let kind: Note.Kind = .brokenGraph
  let card = RuleCard(
    code: "MRT-TFS-010", name: "The graph is broken", severity: .medium, verdict: .incomplete,
    finds: """
      Bytes that begin like a graph of TensorFlow and cannot be read as one, or contradict themselves.
      """,
    why: "Not everything in it was seen.",
    remedy: "Get the file again; compare its digest with the author's.",
    cwe: [1286])
}
