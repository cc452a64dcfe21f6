// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// TorchScript code cannot be read.
struct TorchScriptBroken: NoteRule {
  let kind: Note.Kind = "torch.script.broken"
  let card = RuleCard(
    code: "MRT-TOR-004", name: "TorchScript code cannot be read", severity: .medium, verdict: .incomplete,
    finds: "A member of TorchScript code that is no TorchScript.",
    why: "What cannot be read cannot be judged, and another version of torch may read it.",
    remedy: "Save the model again with torch.jit.save.",
    cwe: [1286])
}
