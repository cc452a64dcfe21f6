// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletDatasets
package import MartletReport

extension IntegrityReport {
  private static let mostShown = 24

  /// The report as a page.
  /// - Parameters:
  ///   - name: of the data.
  ///   - facts: what else is told at the end, such as digests.
  package func page(of name: String, facts: [(String, String)]) -> ReportPage {
    let findings = findings
    var page = ReportPage(
      title: "Integrity of \(name)",
      word: isClean ? "no finding" : "\(findings.count) finding\(findings.count == 1 ? "" : "s")",
      tone: isClean ? .good : .bad,
      lead: isClean
        ? "Nothing in the rows looks as if somebody had manipulated them. That is no proof: what is done well enough looks like data."
        : findings.joined(separator: "; ").capitalisedFirst + ".",
      figures: [
        .init("\(rows.count)", "rows", note: "\(rows.classes.count) classes"),
        .init("\(suspicious.count)", "suspicious rows"),
        .init(
          LinePlot.percent(wrongShare), "labels taken for wrong",
          note: "up to \(LinePlot.percent(allowedWrong)) is no finding"),
        .init(
          LinePlot.percent(accuracy), "of labels told by learners", note: "of rows that they had not seen"),
      ])
    for group in groups where group.kind == .trigger { page.add(heading(of: group), parts(of: group)) }
    if !pairs.isEmpty {
      page.add(
        "Labels turned from one class into another",
        .table(
          head: ["class", "labelled", "rows", "the other way round", "p"],
          rows: pairs.map {
            [
              .init(rows.classes[$0.from]), .init(rows.classes[$0.to]), .number("\(Int($0.count.rounded()))"),
              .number("\(Int($0.back.rounded()))"), .number(LinePlot.short($0.p)),
            ]
          }))
    }
    if !rareValues.isEmpty {
      page.add(
        "Values that go with one label",
        .table(
          head: ["column", "value", "rows", "label", "of them", "of all rows"],
          rows: rareValues.prefix(50).map {
            [
              .init(rows.names[$0.feature]), .number(Cell.number(Double($0.value)).text),
              .number("\($0.rows.count)"),
              .init(rows.classes[$0.label]), .number("\($0.hits)"), .number(LinePlot.percent($0.expected)),
            ]
          }))
    }
    let labels = suspicious.filter { $0.suggested != nil }
    if !labels.isEmpty {
      page.add("Labels that are likely wrong", pictures(labels) ?? table(labels))
    }
    if !duplicates.isEmpty {
      page.add(
        "Rows that are nearly the same",
        .table(
          head: ["rows", "labels"],
          rows: duplicates.sorted { $0.isConflicting && !$1.isConflicting }.prefix(50).map { cluster in
            [
              .init(
                cluster.rows.prefix(12).map { "\(rows.places[$0])" }.joined(separator: ", ")
                  + (cluster.rows.count > 12 ? ", …" : "")),
              .init(
                Set(cluster.rows.map { rows.classes[rows.labels[$0]] }).sorted().joined(separator: ", "),
                tone: cluster.isConflicting ? .bad : .plain),
            ]
          }))
    }
    if !outliers.isEmpty {
      page.add(
        "Rows far from all others",
        .text("Rare is not wrong: these are told and are no finding."),
        .table(
          head: ["row", "label", "times as far as usual"],
          rows: outliers.prefix(20).map {
            [
              .number("\(rows.places[$0.row])"), .init(rows.classes[rows.labels[$0.row]]),
              .number(LinePlot.short($0.distance)),
            ]
          }))
    }
    page.add("This report", .facts(facts.map { (name: $0.0, value: $0.1) }))
    return page
  }

  private static func words(_ range: ClosedRange<Int>, _ name: String) -> String {
    range.count == 1
      ? "\(name) \(range.lowerBound)" : "\(name)s \(range.lowerBound) to \(range.upperBound)"
  }

  private func heading(of group: SuspiciousGroup) -> String {
    "\(group.rows.count) rows labelled \(rows.classes[group.label])"
  }

  private func parts(of group: SuspiciousGroup) -> ReportPage.Part {
    guard let trigger = group.trigger, let shape = rows.shape else {
      let names = group.trigger?.features.prefix(10).map { rows.names[$0] }.joined(separator: ", ") ?? ""
      return .text(
        "They lie \(LinePlot.short(group.distance)) times as far from the bulk of their class as usual, on one side, and their like has other labels."
          + (names.isEmpty ? "" : " They have in common: \(names)."))
    }
    var shown: [ReportPage.Row] = []
    let most = trigger.difference.map(abs).max() ?? 1
    let marked = trigger.difference.map { 0.5 + $0 / max(2 * most, .leastNormalMagnitude) }
    if let picture = Picture(marked, shape: shape) {
      let place = trigger.box.map {
        "in \(Self.words($0.rows, "row")), \(Self.words($0.columns, "column"))"
      }
      shown.append(
        .init(
          [(picture, "what they have in common")],
          caption: place.map { "A patch \($0)" } ?? "Spread over the picture"))
    }
    for row in group.rows.prefix(5) {
      if let picture = picture(row) {
        shown.append(
          .init([(picture, "labelled \(rows.classes[group.label])")], caption: "row \(rows.places[row])"))
      }
    }
    return .gallery(shown)
  }

  private func picture(_ row: Int) -> Picture? {
    guard let shape = rows.shape else { return nil }
    let values = rows.row(row)
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    // Bytes and fractions are both shown from black to white.
    let scale = high > 1 ? 255 : max(1, high - min(0, low))
    return Picture(values.map { ($0 - min(0, low)) / scale }, shape: shape)
  }

  private func pictures(_ suspicious: [Row]) -> ReportPage.Part? {
    guard rows.shape != nil else { return nil }
    let shown = suspicious.prefix(Self.mostShown).compactMap { row -> ReportPage.Row? in
      guard let picture = picture(row.index), let other = row.suggested else { return nil }
      return .init(
        [(picture, "labelled \(rows.classes[row.label])")],
        caption: "row \(row.place), more likely \(rows.classes[other])")
    }
    return shown.isEmpty ? nil : .gallery(shown)
  }

  private func table(_ suspicious: [Row]) -> ReportPage.Part {
    .table(
      head: ["row", "label", "more likely", "score", "values"],
      rows: suspicious.prefix(100).map { row in
        let values = rows.row(row.index).prefix(6).map { Cell.number(Double($0)).text }.joined(
          separator: ", ")
        return [
          .number("\(row.place)"), .init(rows.classes[row.label]),
          .init(row.suggested.map { rows.classes[$0] } ?? ""),
          .number(LinePlot.short(row.score)), .init(values + (rows.width > 6 ? ", …" : "")),
        ]
      })
  }
}

extension String {
  fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
