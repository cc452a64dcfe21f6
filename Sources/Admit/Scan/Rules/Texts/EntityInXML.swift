// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// Entities in XML.
struct EntityInXML: NoteRule {
  let kind = Note.Kind.xmlEntity
  let card = RuleCard(
    code: "MRT-XML-001", name: "The XML declares entities", severity: .high, verdict: .unsafe,
    finds: "A document type that declares entities or is fetched from elsewhere.",
    why: "A parser that follows it reads files, opens connections or fills the memory.",
    remedy: "Remove the declaration.",
    references: ["https://owasp.org/www-community/vulnerabilities/XML_External_Entity_(XXE)_Processing"],
    atlas: ["AML.T0011.000"],
    cwe: [611, 776])
}
