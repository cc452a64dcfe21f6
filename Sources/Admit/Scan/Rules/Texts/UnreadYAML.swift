// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// YAML beyond a cap.
struct UnreadYAML: NoteRule {
  let kind = Note.Kind.yamlUnread
  let card = RuleCard(
    code: "MRT-YML-004", name: "The YAML was not read whole", severity: .low, verdict: .incomplete,
    finds: "A text like YAML that is too large, too deep or has too many values.",
    why: "What lies beyond cannot be judged.",
    remedy: "Split the text, or remove it from the model.",
    cwe: [400])
}
