// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A command line in a configuration.
struct ConfigCommand: NoteRule {
  let kind = Note.Kind.configCommand
  let card = RuleCard(
    code: "MRT-CFG-008", name: "The configuration holds a command", severity: .medium, verdict: .unknown,
    finds: """
      A script of a package that runs when it is installed, an entry point of a project, or a recipe for building or starting \
      something that fetches and runs what nobody has signed.
      """,
    why: "Tools run it in a shell.",
    remedy: "Read the command, or remove it.",
    atlas: ["AML.T0011.000"],
    cwe: [78])
}
