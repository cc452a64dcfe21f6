// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletLog
import MartletMerkle

/// The forms in which records go to other systems.
package enum ExportFormat: String, Sendable, CaseIterable {
  /// The entries as they are in the log, with their place.
  case json
  /// ArcSight Common Event Format, version 0.
  case cef
  /// Open Cybersecurity Schema Framework, version 1.9.0.
  case ocsf
  /// RFC 5424, with structured data.
  case syslog
}

/// An entry with its place in the log, on its way to another system.
package struct ExportedRecord: Sendable {
  /// The name of the log.
  package let origin: String
  package let index: UInt64
  /// The bytes that the log hashes.
  package let entry: [UInt8]
  /// Nil for an entry that is not Martlet's.
  package let record: Record?

  package init(origin: String, index: UInt64, entry: [UInt8]) {
    self.origin = origin
    self.index = index
    self.entry = entry
    record = try? Record(entry: entry)
  }

  /// The hash of the entry in the log's tree, in hexadecimal: with an inclusion proof it ties what was exported to the
  /// signed checkpoint.
  var leafHash: String { "\(TreeHash(leaf: entry.span))" }

  /// One line in a format, without the line break.
  package func line(as format: ExportFormat) -> String {
    switch format {
    case .json: jsonLine
    case .cef: cefLine
    case .ocsf: ocsfLine
    case .syslog: syslogLine
    }
  }

  /// How grave it is, as each format has a number for it.
  enum Gravity: Sendable { case informational, low, medium, high }

  var gravity: Gravity {
    guard let record else { return .medium }
    return switch (record.action, record.outcome) {
    case (_, "denied"), ("serve.authenticate", "refused"): .medium
    case (_, "refused"), (_, "failed"): .high
    case ("token.create", _), ("token.revoke", _): .low
    default: .informational
    }
  }

  var succeeded: Bool {
    guard let record else { return false }
    return ["passed", "made", "revoked", "started", "stopped", "allowed", "skipped", "ended"].contains(
      record.outcome)
  }
}
