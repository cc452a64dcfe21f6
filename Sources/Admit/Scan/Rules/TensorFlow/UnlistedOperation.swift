// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Operators that are not known to only compute.
struct UnlistedOperation: NoteRule {
  let kind: Note.Kind = .unlistedOperator
  let card = RuleCard(
    code: "MRT-TFS-006", name: "An operator of TensorFlow is not on the list", severity: .medium,
    verdict: .unknown,
    finds: "An operator that is not of TensorFlow itself, or that is and does more than to compute.",
    why: """
      It needs a library from somewhere else, runs compiled code from the file, or talks to other \
      processes.
      """,
    remedy: "If you know the operator and trust its library, allow it with --allow tf:NAME.",
    cwe: [829])
}
