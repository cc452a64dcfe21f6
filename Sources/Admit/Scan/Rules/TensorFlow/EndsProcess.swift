// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Abort, endless recursion, sleep, giant constants.
struct EndsProcess: NoteRule {
  let kind: Note.Kind = .endsProcess
  let card = RuleCard(
    code: "MRT-TFS-013", name: "A graph ends or exhausts the process", severity: .high, verdict: .unsafe,
    finds: """
      An operator that ends or stalls the process, a function that calls itself, or a constant of a few \
      bytes that grows to gigabytes.
      """,
    why: "Whoever serves the model goes down.",
    remedy: "Do not load the model.",
    references: [
      "https://nvd.nist.gov/vuln/detail/CVE-2022-23591"
    ],
    cwe: [400, 674])
}
