// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// An operator from outside of the standard.
struct CustomDomain: NoteRule {
  let kind: Note.Kind = "onnx.domain"
  let card = RuleCard(
    code: "MRT-ONX-002", name: "A node is of a custom domain", severity: .medium, verdict: .unknown,
    finds: """
      A node, function or operator set of a domain that is neither standard nor defined in the \
      model.
      """,
    why: "It needs a native library from somewhere else, and what that does is not in the file.",
    remedy: "Export the model with standard operators only.",
    cwe: [829])
}
