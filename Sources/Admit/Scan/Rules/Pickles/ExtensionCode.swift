// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A copyreg extension code.
struct ExtensionCode: Rule {
  let card = RuleCard(
    code: "MRT-PKL-009", name: "It uses a number in place of a name", severity: .medium, verdict: .unknown,
    finds: "EXT1, EXT2 or EXT4: a global by its number in the copyreg extension registry.",
    why: "What the number means is decided by the program that loads the file.",
    remedy: "Ask for the file without copyreg extensions.",
    cwe: [502])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard let facts = artifact.pickle else { return [] }
    return facts.findings([.extensionCode], of: card) {
      "expected a global by its name, found extension code \($0.detail)"
    }
  }
}
