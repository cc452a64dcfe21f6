// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// GGUF or GGML file that breaks its format.
struct BrokenGGUF: NoteRule {
  let kind: Note.Kind = "gguf.broken"
  let card = RuleCard(
    code: "MRT-GGU-001", name: "The GGUF or GGML file breaks its format", severity: .medium,
    verdict: .incomplete,
    finds: "Sizes, order or values of a GGUF or GGML file that contradict each other or the file.",
    why: "Readers differ in what they make of it, and it may not be all there.",
    remedy: "Get the file again, or write it again with the library that made it.",
    cwe: [1286])
}
