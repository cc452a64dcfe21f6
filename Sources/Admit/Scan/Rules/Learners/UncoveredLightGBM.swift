// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// What no reader of ours knows in a LightGBM model.
struct UncoveredLightGBM: NoteRule {
  let kind: Note.Kind = "lightgbm.uncovered"
  let card = RuleCard(
    code: "MRT-LGB-004", name: "The LightGBM model has something unknown in it", severity: .medium,
    verdict: .unknown,
    finds: "Parts of a LightGBM model that are well formed and not known to be harmless.",
    why: "What is not known cannot be called harmless.",
    remedy: "Look at the part that is named, or allow it when you trust its source.")
}
