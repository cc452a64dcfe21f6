// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Bytes in front of the superblock or behind the end that it names.
struct ExtraHDF5: NoteRule {
  let kind: Note.Kind = .hdf5Extra
  let card = RuleCard(
    code: "MRT-HDF-006", name: "There is something around the HDF5 file", severity: .medium,
    verdict: .unknown,
    finds: "Bytes in front of the superblock or behind the end that it names.",
    why: "Other programs may read these bytes as something else.",
    remedy: "Write the file again without them.",
    cwe: [434])
}
