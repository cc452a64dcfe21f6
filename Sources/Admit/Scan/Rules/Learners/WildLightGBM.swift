// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Numbers in a LightGBM model that lead readers out of their memory.
struct WildLightGBM: NoteRule {
  let kind: Note.Kind = "lightgbm.exploit"
  let card = RuleCard(
    code: "MRT-LGB-002", name: "The LightGBM model corrupts careless readers", severity: .high,
    verdict: .unsafe,
    finds: """
      Sizes that overflow, counts beyond the file, types and indices out of range, nodes whose children \
      lie outside of their tree, trees that loop.
      """,
    why: """
      No library writes such a file: readers have overflowed their memory, or asked for more than there \
      is, on exactly these.
      """,
    remedy: "Do not load it. Get the file from its source again.",
    references: [
      "https://nvd.nist.gov/vuln/detail/CVE-2024-43598"
    ],
    atlas: ["AML.T0011.000"],
    cwe: [190, 125, 787])
}
