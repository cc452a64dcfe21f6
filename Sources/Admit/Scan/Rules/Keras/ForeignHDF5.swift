// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Links, virtual datasets and drivers that need a file beside this one.
struct ForeignHDF5: NoteRule {
  let kind: Note.Kind = .hdf5Foreign
  let card = RuleCard(
    code: "MRT-HDF-004", name: "The HDF5 file needs other files", severity: .medium, verdict: .unknown,
    finds: "Links, virtual datasets and drivers that need a file beside this one.",
    why: "What stands in the other file was not read.",
    remedy: """
      Allow the name when you know the other file, or ask for one that stands for itself.
      """,
    cwe: [73])
}
