// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Metadata of a safetensors file that is more than words.
struct OddSafetensorsMetadata: NoteRule {
  let kind: Note.Kind = "safetensors.metadata"
  let card = RuleCard(
    code: "MRT-SAF-002", name: "The metadata holds a payload", severity: .high, verdict: .unsafe,
    finds: """
      A pickle, an archive or a program, plain or in base64, in the metadata or a name of a safetensors \
      file.
      """,
    why: "The format itself runs nothing, and what is hidden in it waits for a loader that does.",
    remedy: "Do not load it. Save the tensors again without the metadata.",
    atlas: ["AML.T0011.000"],
    cwe: [506])
}
