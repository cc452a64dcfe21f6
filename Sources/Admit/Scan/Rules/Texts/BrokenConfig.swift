// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// JSON that readers may take differently.
struct BrokenConfig: NoteRule {
  let kind = Note.Kind.brokenConfig
  let card = RuleCard(
    code: "MRT-CFG-006", name: "The JSON is malformed", severity: .low, verdict: .unknown,
    finds: "Text that begins like JSON and is none, or has a name twice in one object.",
    why: "Readers differ in what they make of it, so that another one can see another configuration.",
    remedy: "Correct the text, or get it again.",
    cwe: [1286])
}
