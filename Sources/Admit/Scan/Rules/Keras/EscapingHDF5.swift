// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// External storage, and links or virtual datasets that lead to other files, out of the folder or out of a model.
struct EscapingHDF5: NoteRule {
  let kind: Note.Kind = .hdf5Escape
  let card = RuleCard(
    code: "MRT-HDF-003", name: "The HDF5 file reads other files", severity: .high, verdict: .unsafe,
    finds: """
      External storage, and links or virtual datasets that lead to other files, out of the folder \
      or out of a model.
      """,
    why: """
      Loading the model reads any file of the host into its weights, from which it can be taken \
      out again.
      """,
    remedy: "Ask for a file that holds its own numbers.",
    references: ["CVE-2026-1669"],
    atlas: ["AML.T0025"],
    cwe: [73, 22])
}
