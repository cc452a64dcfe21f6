// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// XML that cannot be read.
struct BrokenXML: NoteRule {
  let kind = Note.Kind.brokenXML
  let card = RuleCard(
    code: "MRT-XML-003", name: "The XML is malformed", severity: .low, verdict: .unknown,
    finds: "A text that begins like XML and is none, or nests too deep.",
    why: "Another reader may make something of it that nobody has looked at.",
    remedy: "Correct the text, or get it again.",
    cwe: [1286])
}
