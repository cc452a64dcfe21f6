// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// What no reader of ours knows in a XGBoost model.
struct UncoveredBooster: NoteRule {
  let kind: Note.Kind = "xgboost.uncovered"
  let card = RuleCard(
    code: "MRT-XGB-004", name: "The XGBoost model has something unknown in it", severity: .medium,
    verdict: .unknown,
    finds: "Parts of a XGBoost model that are well formed and not known to be harmless.",
    why: "What is not known cannot be called harmless.",
    remedy: "Look at the part that is named, or allow it when you trust its source.")
}
