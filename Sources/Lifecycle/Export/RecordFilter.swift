// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
import MartletEvidence

/// Which records a search is for: those that fit everything that is given.
package struct RecordFilter: Sendable {
  package var action: String?
  package var outcome: String?
  package var principal: String?
  package var model: String?
  /// The first hex digits of a digest, in lower case.
  package var digest: String?
  package var since: Date?
  package var until: Date?

  package init() {}

  /// Reads an entry and returns its record when it fits. Words that stand nowhere in the entry's bytes spare the reading.
  package func match(_ entry: [UInt8]) -> Record? {
    guard
      words.allSatisfy({ entry.contains($0) }), let record = try? Record(entry: entry), fits(record)
    else { return nil }
    return record
  }

  func fits(_ record: Record) -> Bool {
    if let action, record.action != action, !record.action.hasPrefix(action + ".") { return false }
    if let outcome, record.outcome != outcome { return false }
    if let principal, record.principal != principal { return false }
    if let model, record.model != model { return false }
    if let digest, record.digest?.hex.hasPrefix(digest) != true { return false }
    if let since, record.time < since { return false }
    if let until, record.time >= until { return false }
    return true
  }

  /// Only words that JSON writes as they are.
  private var words: [[UInt8]] {
    [action, outcome, principal, model, digest].compactMap { $0 }
      .filter {
        $0.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value < 0x7F && $0 != "\"" && $0 != "\\" }
      }
      .map { Array($0.utf8) }
  }
}
