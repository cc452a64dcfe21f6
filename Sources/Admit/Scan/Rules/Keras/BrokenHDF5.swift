// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Structure of an HDF5 file that is cut short, points outside of the file or contradicts the specification.
struct BrokenHDF5: NoteRule {
  let kind: Note.Kind = .hdf5Broken
  let card = RuleCard(
    code: "MRT-HDF-001", name: "The HDF5 file contradicts itself", severity: .medium, verdict: .incomplete,
    finds: """
      Structure of an HDF5 file that is cut short, points outside of the file or contradicts the \
      specification.
      """,
    why: """
      What cannot be read may be anything, and libraries differ in what they make of it.
      """,
    remedy: "Get the file again from where it was made, and compare its digest.",
    references: ["HDF5 File Format Specification 4.0"],
    cwe: [20])
}
