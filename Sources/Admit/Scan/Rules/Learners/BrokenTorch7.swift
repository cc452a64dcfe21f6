// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Torch 7 file that breaks its format.
struct BrokenTorch7: NoteRule {
  let kind: Note.Kind = "torch7.broken"
  let card = RuleCard(
    code: "MRT-LUA-001", name: "The Torch 7 file breaks its format", severity: .medium, verdict: .incomplete,
    finds: "Sizes, order or values of a Torch 7 file that contradict each other or the file.",
    why: "Readers differ in what they make of it, and it may not be all there.",
    remedy: "Get the file again, or write it again with the library that made it.",
    cwe: [1286])
}
