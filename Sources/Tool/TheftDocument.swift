// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccess
import MartletEvidence
import MartletGuard
import MartletLifecycle
import MartletRegistry
import MartletReport
import MartletTheft

/// What `martlet assess theft --format json` writes. Shares are fractions.
struct TheftDocument: Encodable {
  struct Price: Encodable {
    let answers: String
    let attack: String?
    let level: Double
    /// Nil where no copy got there.
    let queries: Double?
    let low: Double?
    let high: Double?
    let asked: Int
  }

  struct Point: Encodable {
    let queries: Int
    let fidelity: Double
    let accuracy: Double
  }

  struct Course: Encodable {
    let attack: String
    let answers: String
    let seed: UInt64
    let points: [Point]
  }

  struct Equations: Encodable {
    let queries: Int
    let fidelity: Double
  }

  struct Advice: Encodable {
    let answers: String
    let budget: Int?
    /// The same as a file for `martlet serve`.
    let guardPolicy: GuardPolicy
  }

  let model: String
  let digest: Digest
  let data: Digest
  let examples: Int
  let pool: Int
  let accuracy: Double
  let knowsArchitecture: Bool
  /// By the cheapest attack.
  let price: [Price]
  let byAttack: [Price]
  let courses: [Course]
  let equations: Equations?
  let advice: Advice
  let complete: Bool
  let queries: Int
  let seeds: Int
  let seed: UInt64
  let evidence: Digest?
  let seconds: Double
  let martlet: String

  init(_ found: TheftFindings, evidence: StoredEvidence?) {
    let report = found.report
    (model, digest, data) = (found.name, found.digest, found.data)
    (examples, pool, accuracy) = (report.measured, report.pool, report.accuracy)
    knowsArchitecture = report.knowsArchitecture
    func price(_ price: StealPrice?, _ form: AnswerForm, _ attack: TheftAttack?, _ level: Double) -> Price? {
      price.map {
        Price(
          answers: form.rawValue, attack: attack?.rawValue, level: level, queries: $0.queries, low: $0.low,
          high: $0.high, asked: $0.asked)
      }
    }
    self.price = report.forms.flatMap { form in
      StealPrice.levels.compactMap { price(report.price(form, level: $0), form, nil, $0) }
    }
    byAttack = report.attacks.flatMap { attack in
      report.forms.flatMap { form in
        StealPrice.levels.compactMap { price(report.price(attack, form, level: $0), form, attack, $0) }
      }
    }
    courses = report.courses.map { course in
      Course(
        attack: course.attack.rawValue, answers: course.form.rawValue, seed: course.seed,
        points: course.points.map { Point(queries: $0.queries, fidelity: $0.fidelity, accuracy: $0.accuracy) }
      )
    }
    equations = report.linear.map { Equations(queries: $0.queries, fidelity: $0.fidelity) }
    let given = report.advice
    advice = Advice(answers: given.form.rawValue, budget: given.budget, guardPolicy: GuardPolicy(given))
    complete = report.isComplete
    (queries, seeds, seed) = (report.order.queries, report.order.seeds, report.order.seed)
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

extension GuardPolicy {
  /// What an assessment of theft advises.
  init(_ advice: TheftReport.Advice) {
    self.init()
    response =
      switch advice.form {
      case .full: .full
      case .rounded: ResponsePolicy(decimals: 1)
      case .top: ResponsePolicy(decimals: 2, top: 1)
      case .label: ResponsePolicy(labelOnly: true)
      }
    guard let queries = advice.budget else { return }
    let budget = QueryBudget(queries: queries)
    self.budget = ByParty(key: budget, tenant: budget)
  }
}

/// The same for a terminal.
struct TheftListing {
  private let found: TheftFindings
  private let evidence: StoredEvidence?

  init(_ found: TheftFindings, evidence: StoredEvidence?) {
    (self.found, self.evidence) = (found, evidence)
  }

  var text: String {
    let report = found.report
    let levels = StealPrice.levels
    var lines = [
      "\(report.word)  \(found.name), \(report.classes) classes, \(LinePlot.percent(report.accuracy)) right",
      "",
      Self.row("answers", levels.map { "\(Int(($0 * 100).rounded())) % alike" } + ["cheapest attack"]),
    ]
    for form in report.forms {
      lines.append(
        Self.row(
          form.words, levels.map { report.price(form, level: $0)?.words ?? "" } + [report.cheapest(form)]))
    }
    lines += ["", Self.row("fidelity", report.forms.map(\.words))]
    for attack in report.attacks {
      for count in [50, 200, report.order.queries] where count <= report.order.queries {
        lines.append(
          Self.row(
            "\(attack.rawValue), \(count)",
            report.forms.map { report.fidelity(attack, $0, after: count).map(LinePlot.percent) ?? "" }))
      }
    }
    lines.append("")
    if let linear = report.linear {
      lines.append(
        "linear    \(linear.queries) full answers give the weights: \(LinePlot.percent(linear.fidelity)) alike"
      )
    }
    if !report.isComplete { lines.append("note      the time was up before everything was measured") }
    if !report.knowsArchitecture {
      lines.append("note      this model cannot be trained anew: copies are networks with one hidden layer")
    }
    lines += [
      "note      questions until a copy answers so many of \(report.measured) other inputs as the model does; in brackets the range over \(report.order.seeds) seeds",
      "advice    \(report.adviceWords)",
    ]
    if let evidence { lines.append("evidence  \(evidence.id.hex)") }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func row(_ name: String, _ cells: [String]) -> String {
    let name = name.padding(toLength: max(22, name.count), withPad: " ", startingAt: 0)
    return name
      + cells.map { $0.padding(toLength: max(24, $0.count + 2), withPad: " ", startingAt: 0) }.joined()
      .trimmingCharacters(in: .whitespaces)
  }
}
