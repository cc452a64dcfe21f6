// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A stream that cannot be read to its STOP.
struct MalformedPickle: Rule {
  let card = RuleCard(
    code: "MRT-PKL-011", name: "The pickle is broken", severity: .medium, verdict: .incomplete,
    finds: "A pickle with an unknown opcode, a broken argument, an empty stack or no end.",
    why: """
      A loader runs everything up to the broken place. A payload in front and rubbish behind is a \
      known trick against scanners.
      """,
    remedy: """
      Get the file again; compare its digest with the author's. A file that is broken at its source \
      should not be loaded.
      """,
    references: [
      "https://www.reversinglabs.com/blog/rl-identifies-malware-ml-model-hosted-on-hugging-face"
    ],
    cwe: [502, 1286])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard let facts = artifact.pickle else { return [] }
    return facts.findings([.malformed], of: card) { "\($0.detail)" }
  }
}
