// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Scripts in XML.
struct ActiveXML: NoteRule {
  let kind = Note.Kind.xmlActive
  let card = RuleCard(
    code: "MRT-XML-002", name: "The XML has something in it that runs", severity: .medium, verdict: .unknown,
    finds: "A script, a stylesheet, an inclusion or an event handler in an XML text.",
    why: "A viewer or a processor runs or fetches it.",
    remedy: "Remove it, or allow it by name.",
    atlas: ["AML.T0011.000"],
    cwe: [79, 94])
}
