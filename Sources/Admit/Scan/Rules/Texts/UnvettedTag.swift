// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A YAML tag that nobody has looked at.
struct UnvettedTag: NoteRule {
  let kind = Note.Kind.yamlTag
  let card = RuleCard(
    code: "MRT-YML-002", name: "A YAML tag makes an object", severity: .medium, verdict: .unknown,
    finds: "A local tag, or a tag for a Python object that is on no list.",
    why: "What it makes is up to the program that reads the text.",
    remedy: "If you trust the tag with any data, allow it by name.",
    atlas: ["AML.T0011.000"],
    cwe: [502])
}
