// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// An operator that the standard does not have.
struct UnknownOperator: NoteRule {
  let kind: Note.Kind = "onnx.operator"
  let card = RuleCard(
    code: "MRT-ONX-010", name: "A node has an operator that ONNX does not", severity: .medium,
    verdict: .unknown,
    finds: "A node of a standard domain with an operator that no version of the standard has.",
    why: "Only a library from somewhere else can run it, and what that does is not in the file.",
    remedy: "Export the model with standard operators only.",
    cwe: [829])
}
