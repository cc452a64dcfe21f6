// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// An array of objects in MessagePack.
struct PackedPickle: NoteRule {
  let kind: Note.Kind = "msgpack.pickle"
  let card = RuleCard(
    code: "MRT-MSG-003", name: "The MessagePack file holds a pickle", severity: .critical, verdict: .unsafe,
    finds: """
      An array of msgpack-numpy with elements of the kind object, or an extension that Python unpickles.
      """,
    why: "msgpack-numpy gives the bytes of such an array to pickle, which runs what they say.",
    remedy: "Do not load it. Save the arrays again with numbers as elements.",
    atlas: ["AML.T0011.000"],
    cwe: [502])
}
