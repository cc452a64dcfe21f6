// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletReport
import MartletRobustness

/// What it takes to get another answer about the rows of a table, for a terminal.
struct TableListing {
  private let report: PlanReport

  init(_ report: PlanReport) { self.report = report }

  private static let (mostRows, mostFeatures, mostChanges) = (8, 5, 4)

  var lines: [String] {
    let cheapest = report.cheapest
    guard report.order.schema != nil, !cheapest.isEmpty else { return [] }
    var lines = ["", "          the cheapest changes, each allowed by the schema"]
    for example in cheapest.prefix(Self.mostRows) {
      let words = (example.changes ?? []).map(\.description)
      let more = words.count > Self.mostChanges ? ["and \(words.count - Self.mostChanges) more"] : []
      let distance = LinePlot.short(Double(example.distance ?? 0))
      lines.append(
        "          row \(example.row), class \(example.label) → \(example.answer ?? -1) at \(distance): "
          + (words.prefix(Self.mostChanges) + more).joined(separator: "; "))
    }
    let features = report.changedFeatures.prefix(Self.mostFeatures).map { "\($0.feature) (\($0.rows))" }
    lines.append("          changed most often: " + features.joined(separator: ", "))
    return lines
  }
}
