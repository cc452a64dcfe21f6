// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Classes and functions in a configuration that are not Keras's own.
struct KerasUnlisted: NoteRule {
  let kind: Note.Kind = .kerasUnlisted
  let card = RuleCard(
    code: "MRT-KER-006", name: "The model needs code that does not come with Keras", severity: .medium,
    verdict: .unknown,
    finds: "Classes and functions in a configuration that are not Keras's own.",
    why: "What they do when they are made was not looked at.",
    remedy: "Read the code, and allow the name if it is harmless.",
    atlas: ["AML.T0011.000"],
    cwe: [829])
}
