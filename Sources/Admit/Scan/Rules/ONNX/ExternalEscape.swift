// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// External data that escapes.
struct ExternalEscape: NoteRule {
  let kind: Note.Kind = "onnx.escape"
  let card = RuleCard(
    code: "MRT-ONX-003", name: "Tensor data lies outside of the folder", severity: .high, verdict: .unsafe,
    finds: "External data whose path is absolute, goes up with .., or follows a link out of the folder.",
    why: "Loading the model reads any file of the machine into a tensor, and serving it can hand it out.",
    remedy: "Do not load the model.",
    references: [
      "CVE-2022-25882",
      "CVE-2024-27318",
      "CVE-2025-51480",
      "CVE-2026-27489",
      "CVE-2026-34447",
    ],
    cwe: [22])
}
