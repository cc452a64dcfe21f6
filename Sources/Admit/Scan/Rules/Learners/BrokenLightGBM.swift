// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// LightGBM model that breaks its format.
struct BrokenLightGBM: NoteRule {
  let kind: Note.Kind = "lightgbm.broken"
  let card = RuleCard(
    code: "MRT-LGB-001", name: "The LightGBM model breaks its format", severity: .medium,
    verdict: .incomplete,
    finds: "Sizes, order or values of a LightGBM model that contradict each other or the file.",
    why: "Readers differ in what they make of it, and it may not be all there.",
    remedy: "Get the file again, or write it again with the library that made it.",
    cwe: [1286])
}
