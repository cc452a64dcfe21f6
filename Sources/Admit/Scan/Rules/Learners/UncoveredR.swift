// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// What no reader of ours knows in a R file.
struct UncoveredR: NoteRule {
  let kind: Note.Kind = "r.uncovered"
  let card = RuleCard(
    code: "MRT-RDS-004", name: "The R file has something unknown in it", severity: .medium, verdict: .unknown,
    finds: """
      Closures, calls, environments, external pointers and compact vectors of unknown classes in an R \
      file.
      """,
    why: "What is not known cannot be called harmless.",
    remedy: "Look at the part that is named, or allow it when you trust its source.")
}
