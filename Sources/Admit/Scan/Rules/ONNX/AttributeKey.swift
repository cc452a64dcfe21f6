// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A key that replaces what a reader made.
struct AttributeKey: NoteRule {
  let kind: Note.Kind = "onnx.attribute"
  let card = RuleCard(
    code: "MRT-ONX-016", name: "External data sets attributes of the reader", severity: .high,
    verdict: .unsafe,
    finds: "External data with a key that begins with an underscore or has a dot.",
    why: """
      The onnx package sets each key as an attribute of an object, and such a key replaces its \
      methods.
      """,
    remedy: "Do not load the model.",
    references: ["CVE-2026-34445"],
    cwe: [915])
}
