// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Operators that the runtime does not have.
struct CustomLite: NoteRule {
  let kind: Note.Kind = .customLite
  let card = RuleCard(
    code: "MRT-TFL-003", name: "A TensorFlow Lite model has custom operators", severity: .medium,
    verdict: .unknown,
    finds: "A custom operator that the runtime does not come with.",
    why: "It needs a native library from somewhere else.",
    remedy: "If you know the operator and trust its library, allow it with --allow tflite:NAME.",
    cwe: [829])
}
