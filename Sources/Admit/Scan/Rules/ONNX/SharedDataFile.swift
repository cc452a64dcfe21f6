// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Tensor data under two names.
struct SharedDataFile: NoteRule {
  let kind: Note.Kind = "onnx.hardlink"
  let card = RuleCard(
    code: "MRT-ONX-014", name: "The data file has a second name", severity: .medium, verdict: .unknown,
    finds: "External data in a file that has more than one name on this disk.",
    why: """
      Whoever made the folder can have linked it to a file outside, whose contents the model then \
      reads.
      """,
    remedy: "Copy the file, so that it has one name.",
    references: ["CVE-2026-34446"],
    cwe: [59])
}
