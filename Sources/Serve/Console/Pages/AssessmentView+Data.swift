// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence
import MartletLifecycle

extension AssessmentView {
  init(_ fact: PrivacyFact) {
    var figures = [
      FigureView("\(fact.risk) of 5", "risk", fact.risk >= 4 ? .bad : fact.risk == 3 ? .doubtful : .good)
    ]
    var measures = [
      MeasureView(
        "Members told from others (AUC; guessing has 50 %)", fact.auc, from: fact.aucLow, to: fact.aucHigh,
        kind: "attacked", note: fact.attack)
    ]
    if let found = fact.tprAt1PctFpr {
      measures.append(
        MeasureView(
          "Members found at 1 % false alarms", found, from: fact.tprAt1PctFprLow, to: fact.tprAt1PctFprHigh,
          kind: "attacked"))
      figures.append(FigureView(Wording.percent(found), "of members found at 1 % false alarms"))
    }
    if let least = fact.epsilonLower {
      figures.append(FigureView(Self.short(least), "least epsilon that canaries prove"))
    }
    self.init(
      "privacy", "Privacy", "How well somebody can tell which records it was trained on.",
      verdict: fact.verdict,
      tone: fact.verdict == "accept" ? .good : fact.verdict == "review" ? .doubtful : .bad, figures: figures,
      measures: measures,
      facts: [
        FactView("Members, others", "\(Wording.number(fact.members)), \(Wording.number(fact.nonmembers))"),
        FactView("Models like it", fact.shadows == 0 ? "none could be made" : Wording.number(fact.shadows)),
        fact.epsilon.map { FactView("Claimed epsilon", "\(Self.short($0)) at delta \(fact.delta)") },
        FactView("Records", fact.data.hex, isCode: true),
      ].compactMap(\.self), at: fact.at)
  }

  init(_ fact: IntegrityFact) {
    let isClean = fact.outcome == .clean
    self.init(
      "integrity", "Integrity",
      "Whether the data that it was trained on were manipulated, as far as one can see.",
      verdict: fact.outcome.rawValue, tone: isClean ? .good : .bad,
      figures: [
        FigureView(Wording.number(fact.suspicious), "suspicious rows", fact.suspicious == 0 ? .plain : .bad),
        FigureView(Wording.number(fact.triggers), "possible triggers", fact.triggers == 0 ? .plain : .bad),
        FigureView(Wording.number(fact.turned), "pairs of turned labels", fact.turned == 0 ? .plain : .bad),
      ],
      measures: [
        MeasureView("Labels taken for wrong", fact.wrongLabels, kind: "attacked"),
        MeasureView(
          "Suspicious rows", fact.rows > 0 ? Double(fact.suspicious) / Double(fact.rows) : 0,
          kind: "attacked",
          note: "\(Wording.number(fact.suspicious)) of \(Wording.number(fact.rows))"),
      ],
      facts: [
        fact.layer.map { FactView("Layer looked at", $0) }, FactView("Data", fact.data.hex, isCode: true),
      ].compactMap(\.self), at: fact.at)
  }

  init(_ fact: BackdoorFact) {
    let isBad = fact.verdict == "suspicious" || (fact.undeclaredChanges ?? 0) > 0
    self.init(
      "backdoor", "Backdoor",
      "Whether a pattern turns whatever it is put on into one class, beyond what clean models let it, and what changed since its parent.",
      verdict: fact.verdict ?? ((fact.undeclaredChanges ?? 0) > 0 ? "undeclared changes" : nil),
      tone: isBad ? .bad : .good,
      figures: [
        fact.score.map { FigureView(Self.short($0), "deviations from clean models", isBad ? .bad : .plain) },
        fact.target.map { FigureView("\($0)", "is the class that inputs are turned into", .bad) },
        fact.undeclaredChanges.map {
          FigureView(
            Wording.number($0), "changes that nobody declared, of \(Wording.number(fact.changes ?? $0))",
            $0 > 0 ? .bad : .plain)
        },
      ].compactMap(\.self),
      facts: [
        fact.p.map { FactView("Clean models as far out", Wording.percent($0)) },
        fact.references.map { FactView("Clean models", Wording.number($0)) },
        fact.examples.map { FactView("Examples", Wording.number($0)) },
        fact.declared.map { FactView("Declared", $0, isCode: true) },
        fact.parent.map { FactView("Parent", $0.hex, isCode: true) },
        fact.data.map { FactView("Data", $0.hex, isCode: true) },
      ].compactMap(\.self), at: fact.at)
  }

  init(_ fact: DataFact) {
    self.init(
      "data", "Training data", "Sealed before it was trained on, so that no row can be changed unnoticed.",
      figures: [
        FigureView(Wording.number(fact.rows), "rows"), FigureView(Wording.number(fact.columns), "columns"),
      ],
      facts: [
        FactView("Name", fact.name), FactView("Sealed", Moment(fact.sealed).text),
        FactView("Signer", fact.signer, isCode: true), FactView("Digest", fact.digest.hex, isCode: true),
        FactView("Root over the rows", fact.root.hex, isCode: true),
      ], at: fact.at)
  }

  init(_ fact: TheftFact) {
    let levels = Set(fact.price.values.flatMap(\.keys)).sorted { (Int($0) ?? 0) < (Int($1) ?? 0) }
    let forms = fact.price.keys.sorted()
    let cheapest = fact.price.values.compactMap { $0["95"] }.filter(\.reached).map(\.queries).min()
    self.init(
      "theft", "Theft", Self.text(fact),
      verdict: fact.linear ? "copied by equations" : nil, tone: .bad,
      figures: [
        cheapest.map {
          FigureView(Wording.number($0), "questions buy a copy that answers 95 % alike", .doubtful)
        }
          ?? FigureView("none", "of the copies answers 95 % alike", .good),
        fact.budget.map { FigureView(Wording.number($0), "questions to give one customer at most") },
      ].compactMap(\.self),
      table: TableView(
        caption:
          "Questions that a copy costs, by the form of answers and by how many inputs it answers alike",
        head: levels.map { "\($0) %" },
        rows: forms.map { form in
          .init(
            name: form,
            cells: levels.map { level in
              guard let price = fact.price[form]?[level] else { return "–" }
              return price.reached
                ? Wording.number(price.queries) : "more than \(Wording.number(price.queries))"
            })
        }),
      facts: [
        FactView("Asked at most", Wording.number(fact.queries)),
        FactView("Seeds", Wording.number(fact.seeds)),
        FactView("Examples", Wording.number(fact.examples)), FactView("Data", fact.data.hex, isCode: true),
      ], at: fact.at)
  }

  private static func text(_ fact: TheftFact) -> String {
    let text =
      "How many questions a thief needs for a copy. Answers in the form `\(fact.advised)` are advised."
    return fact.linear ? text + " Its weights follow from its answers by solving equations." : text
  }

  private static func short(_ number: Double) -> String { String(format: "%.2f", number) }
}
