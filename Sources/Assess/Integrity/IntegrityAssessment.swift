// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletDatasets

/// What is suspicious in the data that a model is trained on.
package struct IntegrityReport: Sendable {
  /// One row, with why.
  package struct Row: Sendable {
    /// Its place in the dataset, counted from 0.
    package let place: Int
    /// Among the rows that were looked at.
    package let index: Int
    package let label: Int
    /// From 0 to 1: among all rows, how suspicious.
    package let score: Double
    package let reasons: [Reason]
    package let suggested: Int?
  }

  package enum Reason: String, Sendable, Codable, CaseIterable {
    case label = "wrong label"
    case turned = "turned label"
    case trigger = "trigger"
    case rareValue = "rare value"
    case conflict = "the same row with another label"
  }

  package let rows: TrainingRows
  /// The most suspicious first.
  package let suspicious: [Row]
  package let pairs: [TurnedPair]
  package let groups: [SuspiciousGroup]
  package let rareValues: [RareValue]
  package let duplicates: [DuplicateCluster]
  /// Rows that lie far from all others, the farthest first, with how many times as far as usual. No finding: rare is not wrong.
  package let outliers: [(row: Int, distance: Double)]
  /// By row: how suspicious its label is, and how far it lies from the bulk of its class.
  package let labelScores: [Double]
  package let groupScores: [Double]
  package let spectralScores: [Double]
  /// How often learners that had not seen a row got its label.
  package let accuracy: Double
  /// The share of labels that are estimated to be wrong, and the share that is put up with.
  package let wrongShare: Double
  package let allowedWrong: Double
  /// The layer of a model that was looked at.
  package let layer: String?
  package let seconds: Double

  /// What makes the data suspicious as a whole, in words.
  package var findings: [String] {
    var found: [String] = []
    for group in groups where group.kind == .trigger {
      found.append(
        "\(group.rows.count) rows labelled \(rows.classes[group.label]) have something in common that rows like them do not have"
      )
    }
    for value in rareValues.prefix(10) {
      found.append(
        "\(value.rows.count) rows have \(Cell.number(Double(value.value)).text) in '\(rows.names[value.feature])', and \(value.hits) of them the label \(rows.classes[value.label])"
      )
    }
    for pair in pairs {
      found.append(
        "about \(Int(pair.count.rounded())) rows of \(rows.classes[pair.from]) are labelled \(rows.classes[pair.to]), and \(Int(pair.back.rounded())) the other way round"
      )
    }
    for group in groups where group.kind == .turnedLabels && !pairs.contains(where: { $0.to == group.label })
    {
      found.append(
        "\(group.rows.count) rows labelled \(rows.classes[group.label]) are among rows of one other class")
    }
    let conflicts = duplicates.filter(\.isConflicting)
    if !conflicts.isEmpty {
      found.append(
        "\(conflicts.reduce(0) { $0 + $1.rows.count }) rows are nearly the same as others with another label")
    }
    if wrongShare > allowedWrong {
      found.append(
        "about \(Int((wrongShare * Double(rows.count)).rounded())) of \(rows.count) labels are wrong")
    }
    return found
  }

  package var isClean: Bool { findings.isEmpty }
}

/// Looks at training data.
package enum IntegrityAssessment {
  package struct Options: Sendable {
    package var seed: UInt64 = 0
    /// The share of wrong labels that is no finding: people disagree.
    package var allowedWrong = 0.03
    /// Trees of a forest; nil for as many as the number of rows allows.
    package var trees: Int?

    package init() {}
  }

  /// - Parameters:
  ///   - activations: a model's answer to each row in one of its layers, row after row, with the layer's name.
  ///   - progress: gets what is done next.
  package static func report(
    _ rows: TrainingRows, activations: (name: String, values: [Float], width: Int)? = nil,
    options: Options = .init(), progress: (String) -> Void = { _ in }
  ) -> IntegrityReport {
    let clock = ContinuousClock()
    let start = clock.now
    progress("neighbours")
    let prepared = PreparedRows(rows)
    let all = Array(rows.labels.indices)
    let neighbours = Neighbours(
      prepared.values, width: prepared.width, rows: all, each: LabelCheck.neighbours, among: all)
    progress("labels")
    let labels = LabelCheck(
      rows, prepared, neighbours, seed: options.seed, trees: options.trees)
    var counts = [Int](repeating: 0, count: rows.classes.count)
    for label in rows.labels { counts[label] += 1 }
    let pairs = TurnedPair.found(labels.counts(rows.labels), counts: counts)
    progress("groups")
    var spaces = [
      (
        values: rows.shape == nil ? prepared.values : rows.values,
        width: rows.shape == nil ? prepared.width : rows.width
      )
    ]
    if let activations { spaces.append((activations.values, activations.width)) }
    let groups = GroupCheck(rows, prepared, spaces)
    progress("duplicates")
    let rareValues = RareValue.found(rows)
    let duplicates = Duplicates.found(neighbours, rows.labels)
    let distances = Duplicates.outliers(neighbours, rows.labels, classes: rows.classes.count)
    let outliers = all.filter { distances[$0] > 2 }.sorted { distances[$0] > distances[$1] }.prefix(100)
    var reasons: [Int: [IntegrityReport.Reason]] = [:]
    func isTurned(_ row: Int) -> Bool {
      pairs.contains { $0.to == rows.labels[row] && $0.from == labels.suggested[row] }
    }
    let wrong = Set(labels.wrong).union(all.filter { labels.isDoubtful($0) && isTurned($0) })
    for row in wrong { reasons[row, default: []].append(isTurned(row) ? .turned : .label) }
    for group in groups.groups {
      for row in group.rows {
        let reason: IntegrityReport.Reason = group.kind == .trigger ? .trigger : .turned
        if !reasons[row, default: []].contains(reason) { reasons[row, default: []].append(reason) }
      }
    }
    for value in rareValues {
      for row in value.rows where rows.labels[row] == value.label {
        reasons[row, default: []].append(.rareValue)
      }
    }
    for cluster in duplicates where cluster.isConflicting {
      for row in cluster.rows { reasons[row, default: []].append(.conflict) }
    }
    let far = groups.scores
    let suspicious = reasons.map { row, why in
      // Whatever tells most: its label, or how far it lies.
      let distance = 1 - 1 / max(1, far[row])
      let score =
        why.contains(.trigger) || why.contains(.rareValue)
        ? max(distance, labels.scores[row]) : labels.scores[row]
      return IntegrityReport.Row(
        place: rows.places[row], index: row, label: rows.labels[row], score: score,
        reasons: Array(Set(why)).sorted { $0.rawValue < $1.rawValue },
        suggested: why.contains(.label) || why.contains(.turned) ? labels.suggested[row] : nil)
    }.sorted { ($1.score, $0.place) < ($0.score, $1.place) }
    return IntegrityReport(
      rows: rows, suspicious: suspicious, pairs: pairs, groups: groups.groups, rareValues: rareValues,
      duplicates: duplicates, outliers: outliers.map { ($0, distances[$0]) }, labelScores: labels.scores,
      groupScores: groups.scores, spectralScores: groups.spectral, accuracy: labels.accuracy,
      wrongShare: Double(wrong.count) / Double(rows.count), allowedWrong: options.allowedWrong,
      layer: activations?.name, seconds: (clock.now - start) / .seconds(1))
  }
}
