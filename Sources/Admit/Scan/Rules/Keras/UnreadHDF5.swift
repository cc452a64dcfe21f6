// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Parts that are too many, too deep, or of a kind that is not read.
struct UnreadHDF5: NoteRule {
  let kind: Note.Kind = .hdf5Unread
  let card = RuleCard(
    code: "MRT-HDF-007", name: "A part of the HDF5 file was not read", severity: .low, verdict: .incomplete,
    finds: "Parts that are too many, too deep, or of a kind that is not read.",
    why: "What was not read may be anything.",
    remedy: "Write the file again with common settings.",
    cwe: [400])
}
