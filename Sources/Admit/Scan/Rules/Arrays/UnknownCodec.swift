// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A codec that is not known, or an array whose parts cannot be looked at.
struct UnknownCodec: NoteRule {
  let kind: Note.Kind = "zarr.uncovered"
  let card = RuleCard(
    code: "MRT-ORB-002", name: "How the array is kept is not known", severity: .medium, verdict: .unknown,
    finds: """
      The metadata of a zarr array names a codec that is not among those of the specification, its parts lie in \
      files elsewhere, or the store that they are in cannot be read.
      """,
    why: "Codecs are code that is installed on the host, and some of them make objects.",
    remedy: "Look at what the codec does, or allow it when you trust its source.")
}
