// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Datasets that went through a filter that is not known.
struct UnknownFilter: NoteRule {
  let kind: Note.Kind = .hdf5Filter
  let card = RuleCard(
    code: "MRT-HDF-005", name: "The HDF5 file asks for a plugin", severity: .medium, verdict: .unknown,
    finds: "Datasets that went through a filter that is not known.",
    why: """
      To read them the HDF5 library loads a shared library from its plugin path.
      """,
    remedy: """
      Store the dataset with a common filter, or allow this one by its number.
      """,
    cwe: [829])
}
