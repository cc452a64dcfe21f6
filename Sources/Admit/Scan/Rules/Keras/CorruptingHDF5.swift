// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Values that make released versions of the HDF5 library write or read outside of their memory.
struct CorruptingHDF5: NoteRule {
  let kind: Note.Kind = .hdf5Corrupting
  let card = RuleCard(
    code: "MRT-HDF-002", name: "The HDF5 file corrupts memory", severity: .critical, verdict: .unsafe,
    finds: """
      Values that make released versions of the HDF5 library write or read outside of their \
      memory.
      """,
    why: """
      Such a file takes over the program that opens it, before any model is loaded.
      """,
    remedy: "Do not open the file.",
    references: ["CVE-2016-4330", "CVE-2016-4331", "CVE-2016-4332", "CVE-2016-4333", "CVE-2026-26200"],
    atlas: ["AML.T0011.000"],
    cwe: [787, 125])
}
