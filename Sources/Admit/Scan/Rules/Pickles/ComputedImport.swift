// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A global whose name cannot be read.
struct ComputedImport: Rule {
  let card = RuleCard(
    code: "MRT-PKL-008", name: "It computes the name of an import", severity: .high, verdict: .unknown,
    finds: "STACK_GLOBAL with a module or a name that is not a constant of the file.",
    why: "What is imported is decided while the file loads and cannot be read from it.",
    remedy: "Do not load the file. No pickler writes this.",
    cwe: [502])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard let facts = artifact.pickle else { return [] }
    return facts.findings([.computedName], of: card) { "expected a constant name, found \($0.detail)" }
  }
}
