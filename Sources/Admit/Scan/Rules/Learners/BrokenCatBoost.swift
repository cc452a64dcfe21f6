// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// CatBoost model that breaks its format.
struct BrokenCatBoost: NoteRule {
  let kind: Note.Kind = "catboost.broken"
  let card = RuleCard(
    code: "MRT-CAT-001", name: "The CatBoost model breaks its format", severity: .medium,
    verdict: .incomplete,
    finds: "Sizes, order or values of a CatBoost model that contradict each other or the file.",
    why: "Readers differ in what they make of it, and it may not be all there.",
    remedy: "Get the file again, or write it again with the library that made it.",
    cwe: [1286])
}
