// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Constants whose data do not fit their dimensions.
struct GraphTensorSize: NoteRule {
  let kind: Note.Kind = .graphTensorSize
  let card = RuleCard(
    code: "MRT-TFS-012", name: "A constant contradicts its size", severity: .medium, verdict: .incomplete,
    finds: "Dimensions that are negative or overflow, or other data than they ask for.",
    why: "Such constants crashed TensorFlow or made it read outside of its memory.",
    remedy: "Get the file again; compare its digest with the author's.",
    references: [
      "https://github.com/tensorflow/tensorflow/tree/master/tensorflow/security/advisory"
    ],
    cwe: [190, 125])
}
