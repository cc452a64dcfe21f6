// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Numbers in a GGUF or GGML file that lead readers out of their memory.
struct WildGGUF: NoteRule {
  let kind: Note.Kind = "gguf.exploit"
  let card = RuleCard(
    code: "MRT-GGU-002", name: "The GGUF or GGML file corrupts careless readers", severity: .high,
    verdict: .unsafe,
    finds: """
      Sizes that overflow, counts beyond the file, types and indices out of range, more than four \
      dimensions, alignments that are no power of two.
      """,
    why: """
      No library writes such a file: readers have overflowed their memory, or asked for more than there \
      is, on exactly these.
      """,
    remedy: "Do not load it. Get the file from its source again.",
    references: [
      "https://nvd.nist.gov/vuln/detail/CVE-2024-21802",
      "https://nvd.nist.gov/vuln/detail/CVE-2024-21825",
      "https://nvd.nist.gov/vuln/detail/CVE-2024-21836",
      "https://nvd.nist.gov/vuln/detail/CVE-2024-23496",
      "https://nvd.nist.gov/vuln/detail/CVE-2024-23605",
      "https://nvd.nist.gov/vuln/detail/CVE-2025-53630",
      "https://nvd.nist.gov/vuln/detail/CVE-2026-27940",
      "https://nvd.nist.gov/vuln/detail/CVE-2026-33298",
    ],
    atlas: ["AML.T0011.000"],
    cwe: [190, 125, 787])
}
