// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// What no reader of ours knows in a Torch 7 file.
struct UncoveredTorch7: NoteRule {
  let kind: Note.Kind = "torch7.uncovered"
  let card = RuleCard(
    code: "MRT-LUA-004", name: "The Torch 7 file has something unknown in it", severity: .medium,
    verdict: .unknown,
    finds: "Parts of a Torch 7 file that are well formed and not known to be harmless.",
    why: "What is not known cannot be called harmless.",
    remedy: "Look at the part that is named, or allow it when you trust its source.")
}
