// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence
import MartletFormats

/// A name that leaves the folder.
struct EscapingName: Rule {
  let card = RuleCard(
    code: "MRT-ZIP-006", name: "A member would be written outside", severity: .high, verdict: .unsafe,
    finds: "A member name that is absolute, goes up with .., or has a backslash, a drive letter or a NUL.",
    why: "Unpacking the archive writes to a place of the file's choice: a start-up script, a key file.",
    remedy: "Do not unpack the archive.",
    references: [
      "CVE-2023-48299",
      "CWE-22",
    ],
    cwe: [22])

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard let facts = artifact.zip else { return [] }
    var names = facts.entries.map { ($0.name, $0.headerOffset) }
    for case .unicodeName(_, let other, let offset) in facts.disagreements { names.append((other, offset)) }
    return names.compactMap { name, offset in
      guard let reason = MemberName.escapes(name) else { return nil }
      return card.finding("expected a relative name, found one that \(reason)", construct: name, at: offset)
    }.capped(by: card)
  }
}
