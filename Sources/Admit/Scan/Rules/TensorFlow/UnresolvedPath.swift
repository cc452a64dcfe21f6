// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Operators on files whose names are not the loader's own.
struct UnresolvedPath: NoteRule {
  let kind: Note.Kind = .unresolvedPath
  let card = RuleCard(
    code: "MRT-TFS-007", name: "A graph works on a file that is not known", severity: .medium,
    verdict: .unknown,
    finds: """
      An operator that saves, restores or reads a file, and whose name does not plainly come from the \
      loader.
      """,
    why: "Which file that is shows only when the model runs.",
    remedy: "Look at where the name comes from; allow the operator with --allow tf:NAME.",
    cwe: [73])
}
