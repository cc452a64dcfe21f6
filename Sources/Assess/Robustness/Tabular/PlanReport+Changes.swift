// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletReport

extension PlanReport {
  var tableDistanceWords: String {
    switch order.norm {
    case .linf: "maximum norm, as a fraction of the range that the schema gives each feature"
    case .l2: "L2, in units of the range that the schema gives each feature"
    }
  }

  var tableCurveWords: String {
    "By the cheapest change that was found for each row, so that the true accuracy is at most that. "
      + "The band is the 95 % interval of Wilson."
  }

  /// The rows that were fooled, the one with the cheapest change first.
  package var cheapest: [Example] {
    examples.filter { $0.outcome == .fooled }.sorted {
      ($0.distance ?? 0, $0.row) < ($1.distance ?? 0, $1.row)
    }
  }

  /// How often a feature or group was changed, the most frequent first.
  package var changedFeatures: [(feature: String, rows: Int)] {
    var counts: [String: Int] = [:]
    for change in examples.flatMap({ $0.changes ?? [] }) { counts[change.feature, default: 0] += 1 }
    return counts.map { (feature: $0.key, rows: $0.value) }.sorted {
      ($1.rows, $0.feature) < ($0.rows, $1.feature)
    }
  }

  /// What it takes to get another answer, row by row and feature by feature.
  func addChanges(to page: inout ReportPage) {
    let cheapest = cheapest
    guard !cheapest.isEmpty else { return }
    let rows: [[ReportPage.Cell]] = cheapest.prefix(50).map { example in
      let words = (example.changes ?? []).map(\.description)
      let more = words.count > 6 ? ["and \(words.count - 6) more"] : []
      return [
        .number("\(example.row)"), .number(name(of: example.label)), .number(name(of: example.answer)),
        .number(LinePlot.short(Double(example.distance ?? 0))),
        .init((words.prefix(6) + more).joined(separator: "; ")), .init(example.attack ?? ""),
      ]
    }
    page.add(
      "The cheapest changes",
      .text(
        "For each row the smallest change that was found to give another answer. Every such row obeys the schema and was given to "
          + "the original model again." + (cheapest.count > 50 ? " The first 50 of \(cheapest.count)." : "")),
      .table(head: ["row", "class", "answer", "distance", "what was changed", "found by"], rows: rows))
    page.add(
      "What is changed most",
      .table(
        head: ["feature", "rows", "of those fooled"],
        rows: changedFeatures.prefix(20).map {
          [
            .init($0.feature), .number("\($0.rows)"),
            .number(LinePlot.percent(Double($0.rows) / Double(cheapest.count))),
          ]
        }))
  }
}
