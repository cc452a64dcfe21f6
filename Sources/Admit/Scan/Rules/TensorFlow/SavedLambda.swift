// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Lambda layers in the metadata of Keras.
struct SavedLambda: NoteRule {
  let kind: Note.Kind = .savedLambda
  let card = RuleCard(
    code: "MRT-TFS-008", name: "A layer of the SavedModel holds code", severity: .critical, verdict: .unsafe,
    finds: """
      A Lambda layer, or a layer that calls a function of TensorFlow for files or code, in the \
      configuration that Keras keeps in a SavedModel.
      """,
    why: "Keras runs the code when it loads the model.",
    remedy: "Do not load the model with Keras.",
    references: [
      "https://research.jfrog.com/model-threats/tflow-lambda/",
      "https://github.com/advisories/GHSA-5mcf-hm8q-xrrf",
    ],
    atlas: ["AML.T0011.000"],
    cwe: [94, 502])
}
