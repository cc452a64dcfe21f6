// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// JSON that ends in the middle.
struct CutConfig: NoteRule {
  let kind = Note.Kind.cutConfig
  let card = RuleCard(
    code: "MRT-CFG-007", name: "The JSON is cut off", severity: .low, verdict: .incomplete,
    finds: "Text that begins like JSON and ends before it is complete.",
    why: "What is missing cannot be judged.",
    remedy: "Get the file again.",
    cwe: [1286])
}
