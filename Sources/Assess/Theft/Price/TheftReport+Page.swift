// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletReport

extension TheftReport {
  /// The report as a page.
  /// - Parameters:
  ///   - model: what it is called.
  ///   - facts: what else belongs to the method: versions, digests.
  package func page(model: String, facts: [(name: String, value: String)]) -> ReportPage {
    let advice = advice
    var page = ReportPage(
      title: "What it costs to steal \(model)", word: word, tone: tone, lead: lead,
      figures: StealPrice.levels.map { level in
        .init(
          price(advice.form, level: level)?.words ?? "not measured", "queries for \(LinePlot.percent(level))",
          note: advice.form.words)
      })
    page.add(
      "The steal price",
      .text(
        "How many questions buy a copy that answers so many inputs as the model does, by the cheapest attack. In brackets the lowest and the highest over \(order.seeds) seeds."
      ),
      .table(
        head: ["answers"] + StealPrice.levels.map { "\(Int(($0 * 100).rounded())) % alike" } + [
          "cheapest attack at 95 %"
        ],
        rows: forms.map { form in
          [ReportPage.Cell(form.words)]
            + StealPrice.levels.map { .number(price(form, level: $0)?.words ?? "") } + [.init(cheapest(form))]
        }))
    page.add("What is advised", .text(adviceWords))
    for form in forms {
      let points = curve(form)
      guard points.count > 1 else { continue }
      page.add(
        "Natural data, \(form.words)",
        .plot(LinePlot(points, x: "questions", y: "share of inputs answered alike")))
    }
    page.add(
      "By attack",
      .table(
        head: ["attack", "answers", "50", "200", "at the end"]
          + StealPrice.levels.map { "price at \(Int(($0 * 100).rounded())) %" },
        rows: attacks.flatMap { attack in
          forms.map { form -> [ReportPage.Cell] in
            let shown = [50, 200, order.queries].map { count -> ReportPage.Cell in
              .number(fidelity(attack, form, after: count).map(LinePlot.percent) ?? "")
            }
            return [.init(attack.words), .init(form.words)] + shown
              + StealPrice.levels.map { .number(price(attack, form, level: $0)?.words ?? "") }
          }
        }))
    if let linear {
      page.add(
        "Equations",
        .text(
          "The model is linear: \(linear.queries) full answers give its weights, and a copy that answers \(LinePlot.percent(linear.fidelity)) alike."
        ))
    }
    page.add("Method", .facts(method + facts))
    return page
  }

  private func curve(_ form: AnswerForm) -> [LinePlot.Point] {
    let own = courses.filter {
      $0.attack == (attacks.contains(.natural) ? .natural : attacks[0]) && $0.form == form
    }
    let counts = Set(own.flatMap { $0.points.map(\.queries) }).sorted()
    return counts.compactMap { count in
      let shares = own.compactMap { course in course.points.last { $0.queries <= count }?.fidelity }
      guard let low = shares.min(), let high = shares.max() else { return nil }
      return .init(x: Double(count), y: shares.reduce(0, +) / Double(shares.count), low: low, high: high)
    }
  }

  /// The attack that is cheapest at 95 %.
  package func cheapest(_ form: AnswerForm) -> String {
    if form == .full, let linear, linear.fidelity >= 0.95 { return "equations" }
    let priced = attacks.compactMap { attack in
      price(attack, form, level: 0.95)?.queries.map { (attack, $0) }
    }
    return priced.min { $0.1 < $1.1 }?.0.words ?? "none gets there"
  }

  package var adviceWords: String {
    let budget = advice.budget.map {
      " Give one customer no more than \($0) answers before somebody looks: half of what the luckiest thief needed for 90 %."
    }
    return "Answer with \(advice.form.words)." + (budget ?? "")
      + " Questions like those of customers are told from them by nothing: only the budget stands in their way."
  }

  /// A hundred questions are a minute's work, a thousand an afternoon's. No standard says so.
  private var tone: ReportPage.Tone {
    guard let price = price(advice.form, level: 0.95) else { return .plain }
    guard let queries = price.queries else { return .good }
    return queries < 100 ? .bad : queries < 1_000 ? .doubtful : .good
  }

  package var word: String {
    guard let price = price(advice.form, level: 0.95) else { return "nothing was measured" }
    return price.queries.map { "\(Int($0.rounded(.up))) questions buy a copy" }
      ?? "no copy within \(price.asked) questions"
  }

  private var lead: String {
    "Of \(measured) inputs that no thief asked about, a copy must answer 95 % as the model does, which is right about \(LinePlot.percent(accuracy)) of them. Answers are \(advice.form.words)."
      + (isComplete ? "" : " The time was up before everything was measured.")
  }

  private var method: [(name: String, value: String)] {
    [
      (
        "copies",
        knowsArchitecture
          ? "the model's own architecture from fresh weights" : "a network with one hidden layer of 64"
      ),
      ("natural inputs that a thief could have", "\(pool)"), ("measured on", "\(measured) others"),
      ("questions", "at most \(order.queries)"), ("seeds", "\(order.seeds), from \(order.seed)"),
    ]
  }
}
