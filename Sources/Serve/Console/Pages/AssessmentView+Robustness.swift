// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence
import MartletLifecycle
import MartletReport

extension AssessmentView {
  init(_ fact: RobustnessFact) {
    let attacked = Self.byRadius(fact.linf ?? [:])
    let worst = attacked.last
    var figures: [FigureView] = []
    if let clean = fact.clean {
      figures.append(FigureView(Wording.percent(clean.accuracy), "on ordinary data"))
    }
    if let worst {
      figures.append(
        FigureView(Wording.percent(worst.accuracy.accuracy), "under attack, radius \(worst.text)"))
    }
    var measures: [MeasureView] = []
    if let clean = fact.clean {
      measures.append(
        MeasureView("Ordinary data", clean, note: fact.examples.map { "on \(Wording.count($0, "example"))" }))
    }
    measures += attacked.map {
      MeasureView("Under attack, radius \($0.text)", $0.accuracy, kind: "attacked", note: fact.attack)
    }
    measures += Self.byRadius(fact.l2 ?? [:]).map {
      MeasureView("Under attack in L2, radius \($0.text)", $0.accuracy, kind: "attacked", note: nil)
    }
    measures += Self.byRadius(fact.table?.linf ?? [:]).map {
      MeasureView("Changes that the table's schema allows, radius \($0.text)", $0.accuracy, kind: "attacked")
    }
    let checks = (fact.checks ?? []).map(CheckView.init)
    let good = checks.count { $0.state == "done" }
    self.init(
      "robustness", "Robustness", Self.text(fact, checks.count, good), verdict: fact.trust,
      tone: fact.trust.map { Tone(trust: $0) } ?? .plain, figures: figures,
      picture: Self.curve(fact.clean, attacked), measures: measures,
      checks: checks, checksTitle: "Can the attack be trusted?",
      facts: [
        fact.differentiated.map { FactView("Attacked through", $0) },
        fact.data.map { FactView("Data", $0.hex, isCode: true) },
      ].compactMap(\.self), at: fact.at)
  }

  private static func text(_ fact: RobustnessFact, _ checks: Int, _ good: Int) -> String {
    if let reason = fact.reason { return "Not measured under attack: \(reason)." }
    guard checks > 0 else {
      return "How often it is right, and how often it still is when somebody tries to fool it."
    }
    return
      "How often it is right, and how often it still is when somebody tries to fool it. \(good) of \(Wording.count(checks, "check")) found nothing wrong with the attack."
  }

  private static func byRadius(
    _ accuracies: [String: RobustnessFact.Accuracy]
  ) -> [(text: String, radius: Double, accuracy: RobustnessFact.Accuracy)] {
    accuracies.compactMap { text, accuracy in Double(text).map { (text, $0, accuracy) } }
      .sorted { $0.1 < $1.1 }
  }

  /// Accuracy over the radius, where there are two points at least.
  private static func curve(
    _ clean: RobustnessFact.Accuracy?,
    _ attacked: [(text: String, radius: Double, accuracy: RobustnessFact.Accuracy)]
  ) -> String? {
    guard let clean, !attacked.isEmpty else { return nil }
    let points: [(Double, RobustnessFact.Accuracy)] = [(0, clean)] + attacked.map { ($0.radius, $0.accuracy) }
    return LinePlot(
      points.map { .init(x: $0.0, y: $0.1.accuracy, low: $0.1.low, high: $0.1.high) },
      x: "radius of the change, maximum norm", y: "share of right answers"
    ).svg
  }

  init(_ fact: CorruptionFact) {
    self.init(
      "corruptions", "Corruptions",
      "How often it is right on pictures that weather, cameras and files have changed, as \(fact.constants) has them. Least is left by \(fact.worst).",
      figures: [
        FigureView(Wording.percent(fact.clean.accuracy), "on clean pictures"),
        FigureView(Wording.percent(fact.accuracy), "over all corruptions"),
        FigureView(Wording.percent(fact.each[fact.worst] ?? 0), "in the worst, \(fact.worst)"),
      ],
      measures: fact.each.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map {
        MeasureView($0.key, $0.value, kind: "attacked")
      },
      facts: [
        FactView("Examples", Wording.number(fact.examples)), FactView("Data", fact.data.hex, isCode: true),
      ], at: fact.at)
  }
}
