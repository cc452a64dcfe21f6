// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A limit of the abstract machine.
struct PickleLimit: Rule {
  let card = RuleCard(
    code: "MRT-PKL-012", name: "The pickle is beyond a limit", severity: .medium, verdict: .incomplete,
    finds: "A pickle that needs more stack, memo or names than any real model does.",
    why: "What lies beyond the limit was not judged, and loading the file may exhaust memory.",
    remedy: "Ask the author how the file was made.",
    cwe: [400])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard let facts = artifact.pickle else { return [] }
    return facts.findings([.limit], of: card) { "reading stopped because \($0.detail)" }
  }
}
