// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletDatasets
import MartletEvidence
import MartletIntegrity
import MartletLifecycle
import MartletRegistry
import MartletReport

/// What `martlet assess integrity --format json` writes.
struct IntegrityDocument: Encodable {
  struct Row: Encodable {
    let row: Int
    let label: String
    let suggested: String?
    let score: Double
    let reasons: [String]
    /// Of a table.
    let values: [String: String]?
  }

  struct Pair: Encodable {
    let from: String
    let to: String
    let rows: Double
    let back: Double
    let p: Double
  }

  struct Group: Encodable {
    struct Box: Encodable {
      let rows: [Int]
      let columns: [Int]
    }

    let kind: String
    let label: String
    let rows: [Int]
    let distance: Double
    let alignment: Double
    let disagreement: Double
    /// Where a patch of a picture is.
    let box: Box?
    /// What the rows have in common, the most telling first.
    let features: [String]
  }

  struct Value: Encodable {
    let column: String
    let value: Double
    let label: String
    let rows: [Int]
    let p: Double
  }

  struct Cluster: Encodable {
    let rows: [Int]
    let conflicting: Bool
  }

  struct Outlier: Encodable {
    let row: Int
    let distance: Double
  }

  /// Of all rows that were looked at, in their order.
  struct Scores: Encodable {
    let row: [Int]
    let label: [Double]
    let group: [Double]
    let spectral: [Double]
  }

  struct Cleaned: Encodable {
    let file: String
    let manifest: String
    let rows: Int
    let digest: Digest
  }

  let data: Digest
  let model: Digest?
  let layer: String?
  let rows: Int
  let classes: [String]
  let clean: Bool
  let findings: [String]
  let accuracy: Double
  let wrongLabels: Double
  let pairs: [Pair]
  let groups: [Group]
  let rareValues: [Value]
  let duplicates: [Cluster]
  let outliers: [Outlier]
  let suspicious: [Row]
  let scores: Scores?
  let removed: Cleaned?
  let evidence: Digest?
  let seconds: Double
  let martlet: String

  /// The most values of one row.
  private static let mostValues = 32

  init(_ assessed: AssessedData, evidence: StoredEvidence?, cleaned: Cleaned?, hasScores: Bool) {
    let report = assessed.report
    let looked = report.rows
    func place(_ row: Int) -> Int { looked.places[row] }
    data = assessed.digest
    (model, layer) = (assessed.model, report.layer)
    (rows, classes) = (looked.count, looked.classes)
    (clean, findings) = (report.isClean, report.findings)
    (accuracy, wrongLabels) = (report.accuracy, report.wrongShare)
    pairs = report.pairs.map {
      Pair(from: looked.classes[$0.from], to: looked.classes[$0.to], rows: $0.count, back: $0.back, p: $0.p)
    }
    groups = report.groups.map { group in
      Group(
        kind: group.kind.rawValue, label: looked.classes[group.label], rows: group.rows.map(place),
        distance: group.distance, alignment: group.alignment, disagreement: group.disagreement,
        box: group.trigger?.box.map {
          .init(
            rows: [$0.rows.lowerBound, $0.rows.upperBound],
            columns: [$0.columns.lowerBound, $0.columns.upperBound])
        }, features: group.trigger?.features.prefix(20).map { looked.names[$0] } ?? [])
    }
    rareValues = report.rareValues.map {
      Value(
        column: looked.names[$0.feature], value: Double($0.value), label: looked.classes[$0.label],
        rows: $0.rows.map(place), p: $0.p)
    }
    duplicates = report.duplicates.map { Cluster(rows: $0.rows.map(place), conflicting: $0.isConflicting) }
    outliers = report.outliers.map { Outlier(row: place($0.row), distance: $0.distance) }
    suspicious = report.suspicious.map { row in
      let values = looked.row(row.index)
      return Row(
        row: row.place, label: looked.classes[row.label], suggested: row.suggested.map { looked.classes[$0] },
        score: row.score, reasons: row.reasons.map(\.rawValue),
        values: looked.shape != nil || looked.width > Self.mostValues
          ? nil
          : Dictionary(
            zip(looked.names, values.map { Cell.number(Double($0)).text }),
            uniquingKeysWith: { first, _ in first }))
    }
    scores =
      hasScores
      ? Scores(
        row: looked.places, label: report.labelScores, group: report.groupScores,
        spectral: report.spectralScores)
      : nil
    removed = cleaned
    self.evidence = evidence?.id
    seconds = report.seconds
    martlet = MartletVersion.text
  }

  func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self))
  }
}

/// The same for a terminal.
struct IntegrityListing {
  private let assessed: AssessedData
  private let document: IntegrityDocument

  private static let most = 20

  init(_ assessed: AssessedData, _ document: IntegrityDocument) {
    (self.assessed, self.document) = (assessed, document)
  }

  var text: String {
    let report = assessed.report
    var lines = [
      (report.isClean ? "clean     " : "findings  ")
        + "\(document.rows) rows of \(document.classes.count) classes, \(document.suspicious.count) suspicious  \(assessed.name)"
    ]
    for finding in document.findings { lines.append("finding   \(finding)") }
    for group in document.groups {
      if let box = group.box {
        lines.append(
          "patch     in rows \(box.rows[0]) to \(box.rows[1]), columns \(box.columns[0]) to \(box.columns[1]) of the pictures labelled \(group.label)"
        )
      } else if !group.features.isEmpty, assessed.report.rows.shape == nil {
        lines.append("common    \(group.features.prefix(5).joined(separator: ", "))")
      }
    }
    for row in document.suspicious.prefix(Self.most) {
      let other = row.suggested.map { ", more likely \($0)" } ?? ""
      lines.append(
        "row       \(row.row) labelled \(row.label)\(other): \(row.reasons.joined(separator: ", ")), \(String(format: "%.3f", row.score))"
      )
    }
    if document.suspicious.count > Self.most {
      lines.append("row       and \(document.suspicious.count - Self.most) more; --format json has all")
    }
    let same = document.duplicates
    if !same.isEmpty {
      lines.append(
        "note      \(same.reduce(0) { $0 + $1.rows.count }) rows are nearly the same as others, \(same.count(where: \.conflicting)) times with another label"
      )
    }
    if !document.outliers.isEmpty {
      lines.append(
        "note      far from all others: rows \(document.outliers.prefix(8).map { "\($0.row)" }.joined(separator: ", "))\(document.outliers.count > 8 ? ", …" : "")"
      )
    }
    lines.append(
      "note      learners told \(LinePlot.percent(document.accuracy)) of the labels of rows that they had not seen"
    )
    if let layer = document.layer { lines.append("layer     \(layer)") }
    if let removed = document.removed {
      lines.append(
        "removed   \(document.suspicious.count) rows; \(removed.rows) are left in \(removed.file), digest \(removed.digest.hex)"
      )
      lines.append("manifest  \(removed.manifest)")
    }
    if let evidence = document.evidence { lines.append("evidence  \(evidence.hex)") }
    return lines.joined(separator: "\n") + "\n"
  }
}
