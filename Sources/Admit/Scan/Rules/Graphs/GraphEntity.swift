// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Declarations in XML.
struct GraphEntity: NoteRule {
  let kind: Note.Kind = "graph.entity"
  let card = RuleCard(
    code: "MRT-GRF-004", name: "The XML of the model has declarations", severity: .high, verdict: .unsafe,
    finds: "A document type or an entity of its own in a network of OpenVINO, which has neither.",
    why: "A reader that resolves them opens files and addresses, or fills all memory.",
    remedy: "Do not load the model.",
    cwe: [611, 776])
}
