// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A promise, or calls to the system, in an R file.
struct RPromise: NoteRule {
  let kind: Note.Kind = "r.code"
  let card = RuleCard(
    code: "MRT-RDS-003", name: "The R file runs code", severity: .critical, verdict: .unsafe,
    finds: """
      A promise, an active binding, or code that names functions of the system, in an R data file.
      """,
    why: """
      R evaluates a promise when its value is first looked at, which reading the file can already do.
      """,
    remedy: "Do not load it. Get the data as numbers and text.",
    references: [
      "https://nvd.nist.gov/vuln/detail/CVE-2024-27322"
    ],
    atlas: ["AML.T0011.000"],
    cwe: [502])
}
