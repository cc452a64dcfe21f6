// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Metadata of a safetensors file that is more than words.
struct OddSafetensorsMetadata: NoteRule {
  let kind: Note.Kind = "safetensors.metadata"
  let card = RuleCard(
    code: "MRT-SAF-002", name: "The metadata holds code or a file", severity: .high, verdict: .unknown,
    finds: """
      Words of code, or a pickle, an archive or a program in base64, in the metadata of a safetensors file; \
      or a value that is too long to look at. What is in such a value is judged as what it is.
      """,
    why: "The format itself runs nothing, and what is hidden in it waits for a loader that does.",
    remedy: "Do not load it. Save the tensors again without the metadata.",
    atlas: ["AML.T0011.000"],
    cwe: [506])
}
