// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A document from which a viewer may run something.
struct ActiveDocument: NoteRule {
  let kind: Note.Kind = "media.active"
  let card = RuleCard(
    code: "MRT-MED-001", name: "The document is active", severity: .medium, verdict: .unknown,
    finds: """
      Scripts, actions, embedded files, addresses and packed objects in a PDF; scripts, handlers and foreign \
      content in SVG and HTML; objects and fields in rich text.
      """,
    why: "A viewer that opens it may run them or call home, and what is packed is not seen here.",
    remedy: "Remove the document from the model, or print it to one without actions.",
    cwe: [79, 94])
}
