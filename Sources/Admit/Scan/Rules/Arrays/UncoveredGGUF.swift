// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// What no reader of ours knows in a GGUF or GGML file.
struct UncoveredGGUF: NoteRule {
  let kind: Note.Kind = "gguf.uncovered"
  let card = RuleCard(
    code: "MRT-GGU-004", name: "The GGUF or GGML file has something unknown in it", severity: .medium,
    verdict: .unknown,
    finds: "Parts of a GGUF or GGML file that are well formed and not known to be harmless.",
    why: "What is not known cannot be called harmless.",
    remedy: "Look at the part that is named, or allow it when you trust its source.")
}
