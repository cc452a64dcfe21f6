// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// An archive that cannot be read here.
struct UnsupportedArchive: NoteRule {
  let kind: Note.Kind = "archive.unsupported"
  let card = RuleCard(
    code: "MRT-ARC-005", name: "The archive cannot be read", severity: .medium, verdict: .incomplete,
    finds: """
      An archive or compressed data of a kind, with a method or with an encryption that cannot be read \
      here, such as rar.
      """,
    why: """
      What it holds was not seen. Models were published in such archives because scanners do not open \
      them.
      """,
    remedy: "Unpack it and scan what comes out.",
    references: ["https://www.reversinglabs.com/blog/rl-identifies-malware-ml-model-hosted-on-hugging-face"],
    cwe: [311])
}
