// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A codec that unpickles.
struct PickleCodec: NoteRule {
  let kind: Note.Kind = "zarr.codec"
  let card = RuleCard(
    code: "MRT-ORB-001", name: "A chunk of the array is a pickle", severity: .critical, verdict: .unsafe,
    finds: """
      The metadata of a zarr array names the codec pickle or dill, as filter, compressor or codec.
      """,
    why: "Reading the array unpickles its chunks, which runs what they say.",
    remedy: "Do not load it. Write the array again with numbers as elements.",
    atlas: ["AML.T0011.000"],
    cwe: [502])
}
