// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletEvidence
import MartletFormats

/// One thing to look for. A rule is one file: its card and a check that only looks at what a parser has read.
///
/// To add one: write the file, add a line to the rules of its ``FormatFamily``, and fixtures that it flags and that it passes.
/// Most are a ``NoteRule``: a card, for something that a reader notes.
/// A check is pure. It never reads a file, keeps nothing, and does not know in which archive the artifact lay:
/// the scanner adds that to the findings.
protocol Rule: Sendable {
  var card: RuleCard { get }
  /// The only notes that a ``NoteRule`` looks at; nil for a rule that looks at anything but notes.
  var noteKind: Note.Kind? { get }
  func check(_ artifact: ParsedArtifact) -> [Finding]
}

extension Rule {
  var noteKind: Note.Kind? { nil }
}

/// What the rules look at: one artifact, or one member of an archive, as its parser read it.
enum ParsedArtifact: Sendable {
  case file(FileIssue)
  case pickle(PickleFacts)
  case zip(ZipFacts)
  case numpy(NumpyFacts)
  case safetensors(SafetensorsError?)
  case notes(Notes)

  var pickle: PickleFacts? { if case .pickle(let facts) = self { facts } else { nil } }
  var zip: ZipFacts? { if case .zip(let facts) = self { facts } else { nil } }
  var file: FileIssue? { if case .file(let issue) = self { issue } else { nil } }
}

/// What is odd about a file before any parser has looked inside.
enum FileIssue: Sendable {
  case unrecognised
  case unreadable(String)
  case empty
  case escapingLink(target: String)
  case special
  case nesting(limit: Int)
  /// Its parts lie over each other, again and again.
  case unfolding
  case polyglot([String])
  case pictureTail(offset: Int?)
}

struct NumpyFacts: Sendable {
  var error: NumpyError?
  var trailing = 0
}

/// An archive, and what its members turned out to be when they were read.
struct ZipFacts: Sendable {
  struct Failure: Sendable {
    let member: String
    let error: ZipError
    let offset: Int
  }

  var error: ZipError?
  var entries: [ZipEntry] = []
  var disagreements: [ZipDisagreement] = []
  var failures: [Failure] = []
}
