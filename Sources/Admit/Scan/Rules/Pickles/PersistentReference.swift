// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A persistent id.
struct PersistentReference: Rule {
  let card = RuleCard(
    code: "MRT-PKL-010", name: "It refers to something outside of the file", severity: .medium,
    verdict: .unknown,
    finds: "PERSID or BINPERSID outside of an archive whose loader is known to answer them harmlessly.",
    why: "What comes back is decided by the program that loads the file.",
    remedy: "Save the model with torch.save in its zip format, or as safetensors.",
    cwe: [502])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard let facts = artifact.pickle else { return [] }
    return facts.findings([.persistent], of: card) {
      "expected everything in the file itself, found \($0.detail)"
    }
  }
}
