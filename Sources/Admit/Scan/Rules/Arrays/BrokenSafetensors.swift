// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A safetensors file outside of its format.
struct BrokenSafetensors: Rule {
  let card = RuleCard(
    code: "MRT-SAF-001", name: "The safetensors file breaks its format", severity: .medium,
    verdict: .incomplete,
    finds: """
      A header that is no strict JSON, repeats a name, or gives tensors that overlap, leave holes or \
      do not fit the file.
      """,
    why: "Readers differ in what they make of it, and careless ones read outside of the file.",
    remedy: "Get the file again, or save it again with safetensors.",
    references: [
      "https://github.com/huggingface/safetensors#format"
    ],
    cwe: [1286, 125])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard case .safetensors(let error?) = artifact else { return [] }
    return [card.finding("\(error)")]
  }
}
