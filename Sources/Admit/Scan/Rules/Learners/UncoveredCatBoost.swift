// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// What no reader of ours knows in a CatBoost model.
struct UncoveredCatBoost: NoteRule {
  let kind: Note.Kind = "catboost.uncovered"
  let card = RuleCard(
    code: "MRT-CAT-004", name: "The CatBoost model has something unknown in it", severity: .medium,
    verdict: .unknown,
    finds: "Parts of a CatBoost model that are well formed and not known to be harmless.",
    why: "What is not known cannot be called harmless.",
    remedy: "Look at the part that is named, or allow it when you trust its source.")
}
