// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// A kind of file: how its bytes are told from others, and how they are looked at.
///
/// To add one: write a type that conforms, with its parser in `Base/Formats`, and name it in its ``FormatFamily``.
protocol ScannedFormat: Sendable {
  /// As reports name it: one word.
  var name: String { get }

  /// Whether some loader would take bytes for this. Must be quick to say no: every member of every archive is asked.
  /// It never asks for a name.
  func fits(_ bytes: Bytes) -> Bool

  /// Whether bytes that somebody says are numbers can be told to be this all the same. Not without a magic.
  var isToldAmongNumbers: Bool { get }

  /// Whether files of this format ordinarily carry another one, such as an archive at their end, and this one looks at it.
  func carries(_ other: String, in bytes: Bytes) -> Bool

  /// Looks at everything in the bytes, and reports to `scan`.
  /// - Returns: the name, or a narrower one when the contents tell.
  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String
}

extension ScannedFormat {
  var isToldAmongNumbers: Bool { true }
  func carries(_ other: String, in bytes: Bytes) -> Bool { false }
}

/// What a set of members means together, such as a Keras model in a zip archive. The members themselves are
/// scanned one by one, whatever a profile says.
protocol ArchiveProfile: Sendable {
  var name: String { get }
  func fits(_ archive: any MemberArchive) -> Bool
  func scan(_ archive: any MemberArchive, at place: ArtifactScan.Place, in scan: inout ArtifactScan)
}

/// An archive whose members can be had by name: zip, tar.
protocol MemberArchive: Sendable {
  /// The names of all files in it, as written, in order.
  var names: [String] { get }
  /// The contents of the member that a loader would take for this name; nil when there is none or it cannot be read.
  func contents(of name: String) -> Bytes?
}

/// What a text means to some loader, such as the configuration of a Keras model.
protocol TextProfile: Sendable {
  var name: String { get }
  /// Names at the top of a JSON text that it is told by.
  var keys: Set<String> { get }
  func fits(_ text: TextSample) -> Bool
  func scan(_ text: TextSample, at place: ArtifactScan.Place, in scan: inout ArtifactScan)
}

extension TextProfile {
  var keys: Set<String> { [] }
}

/// Formats that belong together. ``ScannedFormats`` has them all.
protocol FormatFamily {
  static var formats: [any ScannedFormat] { get }
  static var archives: [any ArchiveProfile] { get }
  static var texts: [any TextProfile] { get }
  static var rules: [any Rule] { get }
}

extension FormatFamily {
  static var formats: [any ScannedFormat] { [] }
  static var archives: [any ArchiveProfile] { [] }
  static var texts: [any TextProfile] { [] }
  static var rules: [any Rule] { [] }
}
