// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Names of tensors that are paths.
struct OddSafetensorsNames: NoteRule {
  let kind: Note.Kind = "safetensors.names"
  let card = RuleCard(
    code: "MRT-SAF-003", name: "The names of tensors are odd", severity: .medium, verdict: .unknown,
    finds: """
      Tensors named like paths that leave a folder, or with control characters or invisible letters in \
      their names.
      """,
    why: "Programs that write one file for each tensor, or show the names, follow them.",
    remedy: "Save the tensors again with ordinary names.",
    cwe: [22])
}
