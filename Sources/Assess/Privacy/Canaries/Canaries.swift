// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// Records that were put into the training, or left out, by a fair coin for each.
package struct Canaries: Sendable {
  package let records: AuditRecords
  package let isIn: [Bool]

  /// Reads `x`, `y` and `member` of an npz file.
  /// - Throws: ``PrivacyError/records(reason:)``, and ``PrivacyError/misleading(reason:)`` for coins that cannot have been fair.
  package init(npz bytes: Bytes, name: String) throws(PrivacyError) {
    try self.init(
      AuditRecords(npz: bytes, name: name), isIn: AuditArrays(bytes, name: name).flags("member"))
  }

  package init(_ records: AuditRecords, isIn: [Bool]) throws(PrivacyError) {
    guard isIn.count == records.count else {
      throw .records(
        reason:
          "\(records.name): expected one entry of member for each of \(records.count) canaries, found \(isIn.count)"
      )
    }
    guard records.count >= OneRunAudit.fewest else {
      throw .misleading(
        reason:
          "expected at least \(OneRunAudit.fewest) canaries, found \(records.count) in \(records.name): fewer can prove "
          + "nothing that matters")
    }
    let share = BinomialShare(isIn.count { $0 }, of: isIn.count)
    guard share.interval(confidence: 0.9999).contains(0.5) else {
      throw .misleading(
        reason:
          "expected canaries of which about half were trained on, as a fair coin decides, found \(share.hits) of "
          + "\(share.total) in \(records.name): the bound holds for fair coins only")
    }
    (self.records, self.isIn) = (records, isIn)
  }
}
