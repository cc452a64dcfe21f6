// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Operators that connect or listen.
struct GraphNetwork: NoteRule {
  let kind: Note.Kind = .graphNetwork
  let card = RuleCard(
    code: "MRT-TFS-004", name: "A graph uses the network", severity: .critical, verdict: .unsafe,
    finds: "An operator that connects to an address, listens on a port or sends tensors to one.",
    why: "Data leaves the machine, or someone gets in.",
    remedy: "Do not load the model.",
    references: [
      "https://github.com/tensorflow/tensorflow/blob/master/SECURITY.md"
    ],
    atlas: ["AML.T0011.000"],
    cwe: [918])
}
