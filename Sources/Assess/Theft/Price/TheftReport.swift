// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What it costs to steal a model.
package struct TheftReport: Sendable {
  /// What one thief with one kind of answers got.
  package struct Course: Sendable {
    package let attack: TheftAttack
    package let form: AnswerForm
    package let seed: UInt64
    /// After so many questions: the share of inputs that the copy answers as the victim does, and the share it answers right.
    package let points: [(queries: Int, fidelity: Double, accuracy: Double)]
  }

  package let courses: [Course]
  package let order: TheftOrder
  /// For a linear model, what solving for its weights takes.
  package let linear: LinearTheft?
  /// Inputs that fidelity is measured on, and natural inputs that a thief could have.
  package let measured: Int
  package let pool: Int
  package let classes: Int
  /// The share of the measured inputs that the victim answers right.
  package let accuracy: Double
  /// Whether the student has the victim's own architecture.
  package let knowsArchitecture: Bool
  /// Whether all was measured that the order has.
  package let isComplete: Bool
  package let seconds: Double

  package var attacks: [TheftAttack] {
    TheftAttack.allCases.filter { attack in courses.contains { $0.attack == attack } }
  }
  package var forms: [AnswerForm] {
    AnswerForm.allCases.filter { form in courses.contains { $0.form == form } }
  }

  /// The price by one attack.
  /// - Returns: nil where it was not measured.
  package func price(_ attack: TheftAttack, _ form: AnswerForm, level: Double) -> StealPrice? {
    let curves = courses.filter { $0.attack == attack && $0.form == form }.map { course in
      course.points.map { (queries: $0.queries, fidelity: $0.fidelity) }
    }
    return curves.isEmpty ? nil : StealPrice(of: curves, level: level)
  }

  /// The price by whatever attack is cheapest.
  package func price(_ form: AnswerForm, level: Double) -> StealPrice? {
    var prices = attacks.compactMap { price($0, form, level: level) }
    if form == .full, let linear, linear.fidelity >= level {
      let queries = Double(linear.queries)
      prices.append(StealPrice(queries: queries, low: queries, high: queries, asked: linear.queries))
    }
    return StealPrice.cheapest(prices)
  }

  /// Fidelity after so many questions, the mean over the seeds; nil where nobody asked as many.
  package func fidelity(_ attack: TheftAttack, _ form: AnswerForm, after queries: Int) -> Double? {
    let found = courses.filter { $0.attack == attack && $0.form == form }.compactMap { course -> Double? in
      guard let point = course.points.last(where: { $0.queries <= queries }) else { return nil }
      // Who has all stops asking, and so does who has no hope left: of whom nothing is known further on.
      let isKnown = point.queries == queries || attack == .natural || point.fidelity >= StealPrice.levels[2]
      return isKnown ? point.fidelity : nil
    }
    return found.isEmpty ? nil : found.reduce(0, +) / Double(found.count)
  }

  /// What is advised.
  package struct Advice: Sendable, Equatable {
    package let form: AnswerForm
    /// Questions that one customer should get at most; nil where no price was found to derive it from.
    package let budget: Int?
  }

  /// The form of answers that makes the cheapest copy dearest, of several the one that says most; and half of what the luckiest
  /// thief needs for a copy that answers nine inputs of ten alike.
  package var advice: Advice {
    func worth(_ form: AnswerForm) -> Double {
      self.price(form, level: 0.95).map { $0.queries ?? 2 * Double($0.asked) } ?? 0
    }
    let dearest = forms.map(worth).max() ?? 0
    // A tenth more is within what the seeds differ by.
    let form = forms.first { worth($0) >= 0.9 * dearest } ?? .label
    let price = price(form, level: 0.90)
    let luckiest = attacks.compactMap { self.price($0, form, level: 0.90)?.low }.min() ?? price?.queries
    return Advice(
      form: form, budget: luckiest.map { max(1, Int($0 / 2)) } ?? price.map { max(1, $0.asked / 2) })
  }
}

/// What is to be tried.
package struct TheftOrder: Sendable, Equatable {
  package var attacks: [TheftAttack]
  package var forms: [AnswerForm]
  /// Questions at most.
  package var queries: Int
  package var seeds: Int
  package var seed: UInt64
  /// Nothing new begins after so many seconds; nil for no limit.
  package var maxSeconds: Double?

  package init(
    attacks: [TheftAttack] = TheftAttack.allCases, forms: [AnswerForm] = AnswerForm.allCases,
    queries: Int = 800,
    seeds: Int = 3, seed: UInt64 = 0, maxSeconds: Double? = nil
  ) {
    (self.attacks, self.forms, self.queries) = (attacks, forms, queries)
    (self.seeds, self.seed, self.maxSeconds) = (seeds, seed, maxSeconds)
  }

  /// Questions after which a copy is made: 50, twice that, and so on.
  package func steps(of available: Int) -> [Int] {
    let most = min(queries, available)
    var steps: [Int] = []
    var next = TheftAttack.seeds
    while next < most {
      steps.append(next)
      next *= 2
    }
    // One that is nearly the one before says little.
    if let last = steps.last, Double(most) < 1.25 * Double(last) { steps.removeLast() }
    return steps + [most]
  }

  func check() throws(TheftError) {
    func require(_ holds: Bool, _ parameter: String, _ reason: String) throws(TheftError) {
      guard holds else { throw .unsuitableOrder(parameter: parameter, reason: reason) }
    }
    try require(
      (10...1_000_000).contains(queries), "the number of queries",
      "expected from 10 to 1000000, found \(queries)")
    try require((1...100).contains(seeds), "the number of seeds", "expected from 1 to 100, found \(seeds)")
    try require(!attacks.isEmpty && !forms.isEmpty, "the order", "expected an attack and a form of answers")
  }
}
