// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Layers of Keras that unpickle or load what their configuration says.
struct KerasLayer: NoteRule {
  let kind: Note.Kind = .kerasLayer
  let card = RuleCard(
    code: "MRT-KER-003", name: "A layer loads another model", severity: .critical, verdict: .unsafe,
    finds: "Layers of Keras that unpickle or load what their configuration says.",
    why: """
      TorchModuleWrapper unpickles bytes of the configuration, TFSMLayer runs a SavedModel from a \
      path.
      """,
    remedy: "Do not load the model.",
    references: ["CVE-2025-49655", "CVE-2026-1462"],
    atlas: ["AML.T0011.000"],
    cwe: [502])
}
