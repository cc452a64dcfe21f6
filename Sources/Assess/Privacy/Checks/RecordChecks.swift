// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletRuntime

/// Looks at members and non-members before anything is measured on them. What would make the number mislead is refused; what can be
/// put right is put right and said.
struct RecordChecks {
  /// Fewer on one side give intervals that say nothing.
  static let fewest = 50
  /// The largest share of overlapping records that is left out. More is no accident: one of the files is the wrong one.
  private static let mostOverlap = 0.05

  private(set) var members: AuditRecords
  private(set) var nonmembers: AuditRecords
  private(set) var checks: [RecordCheck] = []

  /// - Throws: ``PrivacyError/records(reason:)`` and ``PrivacyError/misleading(reason:)``.
  init(members: AuditRecords, nonmembers: AuditRecords) throws(PrivacyError) {
    (self.members, self.nonmembers) = (members, nonmembers)
    guard members.shape == nonmembers.shape else {
      throw .records(
        reason:
          "expected members and non-members of one shape, found \(members.shape) in \(members.name) and "
          + "\(nonmembers.shape) in \(nonmembers.name)")
    }
    try dropOverlap()
    try dropRepeats()
    try requireEnough()
    try refuseLeakage()
    compareClasses()
  }

  private mutating func dropOverlap() throws(PrivacyError) {
    let inside = RowIndex(try Self.values(members), labels: members.labels)
    let outside = RowIndex(try Self.values(nonmembers), labels: nonmembers.labels)
    let alsoMembers = inside.common(try Self.values(nonmembers), labels: nonmembers.labels)
    let alsoOutside = outside.common(try Self.values(members), labels: members.labels)
    guard !alsoMembers.isEmpty else {
      checks.append(.passed("overlap", "no record is a member and a non-member"))
      return
    }
    let share = max(
      Double(alsoMembers.count) / Double(nonmembers.count), Double(alsoOutside.count) / Double(members.count))
    let examples = alsoMembers.prefix(5).map { "\(nonmembers.ids[$0])" }.joined(separator: ", ")
    guard share <= Self.mostOverlap else {
      throw .misleading(
        reason: "\(alsoMembers.count) of \(nonmembers.count) non-members are members too (ids \(examples)"
          + (alsoMembers.count > 5 ? ", …" : "")
          + "): expected records of which it is certain that the model was not trained on them")
    }
    members = try members.rows(Self.rest(of: members.count, without: alsoOutside))
    nonmembers = try nonmembers.rows(Self.rest(of: nonmembers.count, without: alsoMembers))
    checks.append(
      .noted(
        "overlap",
        "\(alsoMembers.count) records are members and non-members (ids \(examples)); they were left out of both"
      ))
  }

  private mutating func dropRepeats() throws(PrivacyError) {
    var dropped = 0
    for keyPath in [\RecordChecks.members, \RecordChecks.nonmembers] {
      let records = self[keyPath: keyPath]
      let repeats = RowIndex(try Self.values(records), labels: records.labels).repeats
      dropped += repeats.count
      guard !repeats.isEmpty else { continue }
      let kept = try records.rows(Self.rest(of: records.count, without: Array(repeats.keys)))
      self[keyPath: keyPath] = kept
    }
    checks.append(
      dropped == 0
        ? .passed("duplicates", "no record is there twice")
        : .noted(
          "duplicates",
          "\(dropped) records repeat others; each counts once, as equal records make intervals too narrow"))
  }

  private func requireEnough() throws(PrivacyError) {
    for records in [members, nonmembers] where records.count < Self.fewest {
      throw .misleading(
        reason:
          "expected at least \(Self.fewest) different records in \(records.name), found \(records.count): fewer can show "
          + "neither that the model tells of them nor that it does not")
    }
  }

  /// A column that says the label makes every record easy, so that the model has nothing to remember.
  private func refuseLeakage() throws(PrivacyError) {
    guard members.shape.count == 1 else { return }
    let labels = members.labels + nonmembers.labels
    let classes = Set(labels).count
    guard classes > 1 else {
      throw .misleading(
        reason: "all records have the label \(labels[0]): expected records of several classes")
    }
    let width = members.shape[0]
    let values = try Self.values(members) + Self.values(nonmembers)
    for column in 0..<width {
      var label: [Float: Int64] = [:]
      let tells = labels.indices.allSatisfy { row in
        let value = values[row * width + column]
        if let known = label[value] { return known == labels[row] }
        label[value] = labels[row]
        return label.count <= classes
      }
      if tells, label.count == classes {
        throw .misleading(
          reason:
            "column \(column) of the records is the label under another name: what is told in the question need not be "
            + "remembered. Leave the column out, of the model too")
      }
    }
  }

  private mutating func compareClasses() {
    let classes = Set(members.labels + nonmembers.labels).sorted()
    var statistic = 0.0
    var off = 0.0
    var missing: [Int64] = []
    let (m, n) = (Double(members.count), Double(nonmembers.count))
    for label in classes {
      let a = Double(members.labels.count { $0 == label })
      let b = Double(nonmembers.labels.count { $0 == label })
      if a == 0 || b == 0 { missing.append(label) }
      let expected = (a + b) * m / (m + n)
      statistic += (a - expected) * (a - expected) / expected
      statistic += (b - (a + b - expected)) * (b - (a + b - expected)) / (a + b - expected)
      off += abs(a / m - b / n) / 2
    }
    // The normal approximation of Wilson and Hilferty (1931) to the chi-squared distribution.
    let freedom = Double(max(1, classes.count - 1))
    let z =
      (cbrt(statistic / freedom) - (1 - 2 / (9 * freedom))) / (2 / (9 * freedom)).squareRoot()
    let few = missing.isEmpty ? "" : "; \(missing.count) classes are on one side only"
    if !missing.isEmpty || z > 2.326 {
      checks.append(
        .noted(
          "classes",
          "members and non-members differ in their classes by \(Int((off * 100).rounded())) % of the records\(few): part of what "
            + "tells them apart is the class"))
    } else {
      checks.append(.passed("classes", "members and non-members have classes in the same shares"))
    }
  }

  static func values(_ records: AuditRecords) throws(PrivacyError) -> [Float] {
    try running { () throws(RuntimeError) in try records.inputs.array(of: Float.self) }
  }

  private static func rest(of count: Int, without rows: [Int]) -> [Int] {
    let gone = Set(rows)
    return (0..<count).filter { !gone.contains($0) }
  }
}
