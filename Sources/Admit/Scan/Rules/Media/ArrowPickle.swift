// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A table whose schema is unpickled.
struct ArrowPickle: NoteRule {
  let kind: Note.Kind = "media.arrow"
  let card = RuleCard(
    code: "MRT-MED-002", name: "Reading the table unpickles its schema", severity: .critical,
    verdict: .unsafe,
    finds: "An Arrow or Parquet file with a column of the type arrow.py_extension_type.",
    why: "pyarrow before 14.0.1 unpickles the metadata of such a column as soon as the file is opened.",
    remedy: "Do not open the file.",
    references: ["CVE-2023-47248"],
    atlas: ["AML.T0011.000"],
    cwe: [502])
}
