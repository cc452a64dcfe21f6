// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletEvidence

/// What a reader saw that is not plain, in a kind that one rule judges.
struct Note: Sendable, Equatable {
  /// Each kind has exactly one ``NoteRule``.
  struct Kind: Hashable, Sendable, ExpressibleByStringLiteral {
    let name: String
    init(stringLiteral name: String) { self.name = name }
  }

  let kind: Kind
  /// What was expected and what was found, with the names from the file.
  let message: String
  /// The resolved construct, such as `tf.WriteFile('/etc/passwd')`.
  var construct: String?
  /// The byte offset in the innermost member.
  var offset: Int?
  /// What `--allow` takes to accept it, such as `keras:my_package>MyLayer`. Only for what a trusting user may accept.
  var allow: String?
}

/// Notes on one artifact, capped by kind: further ones are only counted.
struct Notes: Sendable {
  private(set) var all: [Note] = []
  private(set) var unlisted: [Note.Kind: Int] = [:]
  private var listed: [Note.Kind: Int] = [:]

  mutating func add(_ note: Note) {
    guard listed[note.kind, default: 0] < Limits.findingsPerRule else {
      unlisted[note.kind, default: 0] += 1
      return
    }
    if all.contains(note) { return }
    listed[note.kind, default: 0] += 1
    all.append(note)
  }

  mutating func add(
    _ kind: Note.Kind, _ message: String, construct: String? = nil, at offset: Int? = nil,
    allow: String? = nil
  ) {
    add(Note(kind: kind, message: message, construct: construct, offset: offset, allow: allow))
  }

  var isEmpty: Bool { all.isEmpty }
}

/// A rule whose whole check is that a reader noted something of its kind.
protocol NoteRule: Rule {
  var kind: Note.Kind { get }
}

extension NoteRule {
  var noteKind: Note.Kind? { kind }

  func check(_ artifact: ParsedArtifact) -> [Finding] {
    guard case .notes(let notes) = artifact else { return [] }
    var findings = notes.all.filter { $0.kind == kind }.map {
      var finding = card.finding($0.message, construct: $0.construct, at: $0.offset)
      finding.allow = $0.allow
      return finding
    }
    if let more = notes.unlisted[kind] {
      findings.append(card.finding("\(more) more findings of this rule are not listed"))
    }
    return findings
  }
}
