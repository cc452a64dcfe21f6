// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A template in metadata that leaves its data.
struct TemplateCode: NoteRule {
  let kind: Note.Kind = "template.code"
  let card = RuleCard(
    code: "MRT-GGU-003", name: "A template in the metadata runs code", severity: .critical, verdict: .unsafe,
    finds: """
      A chat template in the metadata of a GGUF or safetensors file that reaches for the attributes of \
      Python objects.
      """,
    why: """
      Loaders render the template with Jinja, often outside of its sandbox, when the first message comes.
      """,
    remedy: "Do not load it. Replace the template with the one of the original model.",
    references: [
      "https://nvd.nist.gov/vuln/detail/CVE-2024-34359",
      "https://nvd.nist.gov/vuln/detail/CVE-2026-5760",
    ],
    atlas: ["AML.T0011.000"],
    cwe: [1336, 94])
}
