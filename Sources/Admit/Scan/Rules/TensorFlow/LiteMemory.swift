// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Numbers that crash the runtime or make it read and write elsewhere.
struct LiteMemory: NoteRule {
  let kind: Note.Kind = .liteMemory
  let card = RuleCard(
    code: "MRT-TFL-001", name: "A TensorFlow Lite model reaches out of its memory", severity: .critical,
    verdict: .unsafe,
    finds: """
      A tensor, buffer or subgraph that is not there, dimensions that are negative or overflow, a stride \
      of 0, an input that must be there and is not, a subgraph that runs itself.
      """,
    why: """
      The runtime of TensorFlow Lite trusts these numbers: it crashes, hangs, or reads and writes outside \
      of its memory.
      """,
    remedy: "Do not run the model.",
    references: [
      "https://nvd.nist.gov/vuln/detail/CVE-2022-23558",
      "https://nvd.nist.gov/vuln/detail/CVE-2021-37688",
      "https://nvd.nist.gov/vuln/detail/CVE-2021-37689",
      "https://nvd.nist.gov/vuln/detail/CVE-2020-15211",
      "https://nvd.nist.gov/vuln/detail/CVE-2021-29591",
    ],
    cwe: [125, 190, 476, 674])
}
