// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletLifecycle
import MartletReport

/// A share with its interval, as a bar.
struct MeasureView: Sendable {
  let name: String
  let kind: String
  let value: String
  let interval: String?
  let note: String?
  // In hundredths of the bar.
  let share: String
  let low: String
  let width: String

  /// - Parameter kind: `clean` for what stands by itself, `attacked` for what somebody tried to lower.
  init(
    _ name: String, _ share: Double, from low: Double? = nil, to high: Double? = nil, kind: String = "clean",
    note: String? = nil
  ) {
    self.name = name
    self.kind = kind
    self.note = note
    value = Wording.percent(share)
    self.share = Self.hundredths(share)
    if let low, let high {
      interval = "95 % interval \(Wording.percent(low)) to \(Wording.percent(high))"
      self.low = Self.hundredths(low)
      width = Self.hundredths(max(0, high - low))
    } else {
      interval = nil
      (self.low, width) = ("0", "0")
    }
  }

  init(_ name: String, _ accuracy: RobustnessFact.Accuracy, kind: String = "clean", note: String? = nil) {
    self.init(name, accuracy.accuracy, from: accuracy.low, to: accuracy.high, kind: kind, note: note)
  }

  private static func hundredths(_ share: Double) -> String {
    String(format: "%.2f", min(1, max(0, share.isFinite ? share : 0)) * 100)
  }
}

/// A number that everything else explains.
struct FigureView: Sendable {
  let value: String
  let label: String
  let tone: String

  init(_ value: String, _ label: String, _ tone: Tone = .plain) {
    (self.value, self.label, self.tone) = (value, label, tone.rawValue)
  }
}

/// A name and what belongs to it.
struct FactView: Sendable {
  let name: String
  let value: String
  let isCode: Bool

  init(_ name: String, _ value: String, isCode: Bool = false) {
    (self.name, self.value, self.isCode) = (name, value, isCode)
  }
}

/// Numbers of one kind, in rows.
struct TableView: Sendable {
  struct Row: Sendable {
    let name: String
    let cells: [String]
  }

  let caption: String
  let head: [String]
  let rows: [Row]
}

/// What one assessment found: in a sentence, in numbers, in a picture.
struct AssessmentView: Sendable {
  let id: String
  let title: String
  let text: String
  /// One word for all of it.
  let verdict: String?
  let tone: String
  let figures: [FigureView]
  let hasFigures: Bool
  /// SVG of ours, which says in words what it shows.
  let picture: String?
  let measures: [MeasureView]
  let hasMeasures: Bool
  let table: TableView?
  let checks: [CheckView]
  let hasChecks: Bool
  let checksTitle: String
  let facts: [FactView]
  let hasFacts: Bool
  let at: Moment

  init(
    _ id: String, _ title: String, _ text: String, verdict: String? = nil, tone: Tone = .plain,
    figures: [FigureView] = [], picture: String? = nil, measures: [MeasureView] = [], table: TableView? = nil,
    checks: [CheckView] = [], checksTitle: String = "", facts: [FactView] = [], at time: Date
  ) {
    self.id = id
    self.title = title
    self.text = text
    self.verdict = verdict
    self.tone = tone.rawValue
    self.figures = figures
    hasFigures = !figures.isEmpty
    self.picture = picture
    self.measures = measures
    hasMeasures = !measures.isEmpty
    self.table = table
    self.checks = checks
    hasChecks = !checks.isEmpty
    self.checksTitle = checksTitle
    self.facts = facts
    hasFacts = !facts.isEmpty
    at = Moment(time)
  }

  /// The newest of each kind, in the order of the questions that people ask.
  static func all(_ dossier: Dossier) -> [AssessmentView] {
    [
      dossier.robustness.map { AssessmentView($0.fact) }, dossier.corruptions.map { AssessmentView($0.fact) },
      dossier.privacy.map { AssessmentView($0.fact) }, dossier.integrity.map { AssessmentView($0.fact) },
      dossier.backdoor.map { AssessmentView($0.fact) }, dossier.data.map { AssessmentView($0.fact) },
      dossier.theft.map { AssessmentView($0.fact) },
    ].compactMap(\.self)
  }
}

/// One check of an assessment on itself.
struct CheckView: Sendable {
  let state: String
  let trust: String
  let name: String
  let detail: String

  init(_ check: RobustnessFact.Check) {
    state = check.trust == "reliable" ? "done" : check.trust == "suspect" ? "skipped" : "refused"
    (trust, name, detail) = (check.trust, check.name, check.detail)
  }
}
