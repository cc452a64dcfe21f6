// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Code in another repository that a configuration loads.
struct ConfigRemoteCode: NoteRule {
  let kind = Note.Kind.configRemoteCode
  let card = RuleCard(
    code: "MRT-CFG-004", name: "The configuration loads code from elsewhere", severity: .high,
    verdict: .unknown,
    finds: """
      An auto_map with another repository in front of --, a kernel from a repository, or \
      trust_remote_code set to true.
      """,
    why: """
      The code is not here to be read, and whoever owns the other repository can change it at any \
      time.
      """,
    remedy: "Use a model that the library knows by itself, or bring the code here and read it.",
    atlas: ["AML.T0010.001", "AML.T0011.000"],
    cwe: [829])
}
