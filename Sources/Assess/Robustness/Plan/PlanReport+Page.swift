// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletReport
package import MartletRuntime

extension PlanReport {
  /// How the norm and its unit are called in a sentence.
  package var distanceWords: String {
    if order.schema != nil { return tableDistanceWords }
    return switch order.norm {
    case .linf: "maximum norm, as a fraction \(box.explanation)"
    case .l2: "L2, in units \(box.explanation)"
    }
  }

  /// The attacks that were run, each once.
  package var attacksRun: [String] {
    attempts.reduce(into: []) { if !$0.contains($1.attack) { $0.append($1.attack) } }
  }

  /// The assessment as a page.
  /// - Parameters:
  ///   - model: what it is called, and its digest.
  ///   - inputs: the examples, as they were measured.
  ///   - facts: what else belongs to the method: versions, digests.
  package func page(
    model: String, inputs: Tensor, facts: [(name: String, value: String)]
  ) throws(RobustnessError) -> ReportPage {
    // A number that can be believed may still be a bad one: only doubt has a colour here.
    let tone: ReportPage.Tone = trust == .reliable ? .plain : trust == .suspect ? .doubtful : .bad
    var page = ReportPage(
      title: "Robustness of \(model)",
      word: "\(LinePlot.percent(robust.share)) under attack, \(trust.rawValue)", tone: tone, lead: lead,
      figures: [
        figure("accuracy as they are", clean), figure("accuracy under attack", robust),
        .init(
          "\(examples.count { $0.outcome == .fooled })", "examples were fooled", note: "of \(examples.count)"),
        .init("\(order.radius)", "radius", note: order.norm == .linf ? "maximum norm" : "L2"),
      ])
    if curve.count > 1 {
      page.add("Accuracy by radius", .plot(plot), .text(order.schema == nil ? curveWords : tableCurveWords))
    }
    page.add("Attacks", .table(head: attackHead, rows: attempts.map(row)))
    page.add("Can the number be believed?", .table(head: ["check", "", "what was seen"], rows: checkRows))
    if classes <= 40, !adversarialPlaces.isEmpty {
      page.add("What the model said instead", .matrix(matrix))
    }
    if order.schema != nil { addChanges(to: &page) } else { try addExamples(to: &page, inputs) }
    page.add("Method", .facts(method + facts))
    return page
  }

  private func figure(_ label: String, _ proportion: Proportion) -> ReportPage.Figure {
    let interval = proportion.interval
    return .init(
      LinePlot.percent(proportion.share), label,
      note:
        "95 % interval \(LinePlot.percent(interval))")
  }

  private var lead: String {
    let doubts = checks.filter { $0.trust != .reliable }.map(\.name)
    let wanted = order.goal.map { ", and \($0) is wanted" } ?? ""
    let how =
      "Of \(examples.count) examples the model gets \(clean.hits) right as they are, and \(robust.hits) whatever the "
    let what = "attacks change within the radius\(wanted). "
    switch trust {
    case .reliable: return how + what + "Every check says that the attacks worked as they should."
    case .suspect, .unreliable:
      return how + what + "The number may be too high: see \(doubts.joined(separator: ", "))."
    }
  }

  private var plot: LinePlot {
    LinePlot(
      curve.map {
        let interval = $0.robust.interval
        return .init(
          x: Double($0.radius), y: $0.robust.share, low: interval.lowerBound, high: interval.upperBound)
      }, x: "radius (\(order.norm.rawValue))", y: "accuracy")
  }

  private var curveWords: String {
    let radii = order.radii.map { "\($0)" }.joined(separator: ", ")
    return
      "At \(radii) the plan was run. The points between are what a short attack leaves, so that the true accuracy is at most "
      + "that. The band is the 95 % interval of Wilson."
  }

  private var attackHead: [String] {
    (order.radii.count > 1 ? ["radius"] : [])
      + ["attack", "examples", "fooled", "questions for scores", "questions for slopes", "seconds"]
  }

  private func row(_ attempt: Attempt) -> [ReportPage.Cell] {
    (order.radii.count > 1 ? [.number("\(attempt.radius)")] : []) + [
      .init(attempt.attack), .number("\(attempt.attacked)"), .number("\(attempt.fooled)"),
      .number("\(attempt.scoreQueries)"), .number("\(attempt.slopeQueries)"),
      .number("\((attempt.seconds * 10).rounded() / 10)"),
    ]
  }

  private var checkRows: [[ReportPage.Cell]] {
    checks.sorted { $0.trust < $1.trust }.map {
      let tone: ReportPage.Tone = $0.trust == .reliable ? .good : $0.trust == .suspect ? .doubtful : .bad
      return [.init($0.name), .init($0.trust.rawValue, tone: tone), .init($0.detail)]
    }
  }

  private var matrix: Matrix {
    var counts = [[Int]](repeating: [Int](repeating: 0, count: classes), count: classes)
    for example in examples {
      guard let answer = example.answer, (0..<Int64(classes)).contains(answer),
        (0..<Int64(classes)).contains(example.label)
      else { continue }
      counts[Int(example.label)][Int(answer)] += 1
    }
    let names = (0..<classes).map { name(of: Int64($0)) }
    return Matrix(
      rows: names, columns: names, counts: counts,
      caption: "Fooled examples: the right class in rows, the model's answer in columns.")
  }

  /// Examples that needed the smallest changes, as pictures where they are pictures, otherwise by what was changed most.
  private func addExamples(
    to page: inout ReportPage, _ inputs: Tensor
  ) throws(RobustnessError) {
    let shape = Array(inputs.shape.dropFirst())
    let width = shape.reduce(1, *)
    let places = adversarialPlaces.indices.sorted {
      let (a, b) = (examples[adversarialPlaces[$0]], examples[adversarialPlaces[$1]])
      return (a.distance ?? 0, a.row) < (b.distance ?? 0, b.row)
    }.prefix(24)
    let values = try running { () throws(RuntimeError) in try inputs.array(of: Float.self) }
    var gallery: [ReportPage.Row] = []
    var rows: [[ReportPage.Cell]] = []
    for place in places {
      let example = examples[adversarialPlaces[place]]
      let original = Array(values[example.row * width..<(example.row + 1) * width])
      let changed = adversarials[place]
      let difference = zip(changed, original).map { $0 - $1 }
      let most = difference.reduce(Float(1e-9)) { max($0, abs($1)) }
      if box == .unit, let before = Picture(original, shape: shape),
        let change = Picture(difference.map { 0.5 + $0 / (2 * most) }, shape: shape),
        let after = Picture(changed, shape: shape)
      {
        gallery.append(
          .init(
            [
              (before, "\(name(of: example.label)), \(Self.share(example.confidenceBefore))"),
              (change, "change"),
              (after, "\(name(of: example.answer)), \(Self.share(example.confidenceAfter))"),
            ],
            caption:
              "Example \(example.row): \(example.attack ?? ""), distance \(LinePlot.short(Double(example.distance ?? 0)))"
          ))
      } else {
        rows.append(row(example, original, difference))
      }
    }
    if !gallery.isEmpty {
      page.add(
        "Examples",
        .text(
          "The original, the change (grey is none, made as strong as can be seen), and what fools the model; "
            + "below each the class and the share that softmax gives it."), .gallery(gallery))
    }
    if !rows.isEmpty {
      page.add(
        "Examples",
        .table(
          head: ["example", "class", "answer", "distance", "the largest changes, in the data's units"],
          rows: rows))
    }
  }

  private func row(
    _ example: Example, _ original: [Float], _ difference: [Float]
  ) -> [ReportPage.Cell] {
    let largest = difference.indices.sorted { abs(difference[$0]) > abs(difference[$1]) }.prefix(5)
    let words = largest.filter { difference[$0] != 0 }.map {
      "feature \($0): \(LinePlot.short(Double(original[$0]))) \(difference[$0] < 0 ? "−" : "+") \(LinePlot.short(Double(abs(difference[$0]))))"
    }
    return [
      .number("\(example.row)"), .number(name(of: example.label)), .number(name(of: example.answer)),
      .number(LinePlot.short(Double(example.distance ?? 0))), .init(words.joined(separator: "; ")),
    ]
  }

  /// What a class is called: its name where it has one, otherwise its number.
  func name(of label: Int64?) -> String {
    guard let label else { return "?" }
    guard let classNames, classNames.indices.contains(Int(label)) else { return "\(label)" }
    return classNames[Int(label)]
  }

  private static func share(_ confidence: Float?) -> String {
    confidence.map { "\(Int(($0 * 100).rounded())) %" } ?? "?"
  }

  private var method: [(name: String, value: String)] {
    var facts: [(name: String, value: String)] = [
      ("plan", order.plan.rawValue + (deviation.map { ": \($0)" } ?? "")),
      ("radius", order.radii.map { "\($0)" }.joined(separator: ", ") + ", \(distanceWords)"),
      ("answer wanted", order.goal.map { "\($0)" } ?? "any wrong one"),
      ("slopes averaged", "\(order.samples ?? order.plan.samples)"), ("seed", "\(order.seed)"),
      ("differentiated", differentiated), ("answer", answeredBy),
      (
        "threat",
        "an attacker who knows the model and changes its inputs: MITRE ATLAS AML.T0043, AML.T0015; NIST AI 100-2 evasion"
      ),
    ]
    if !isComplete { facts.append(("time", "the time was up before all attacks were done")) }
    return facts
  }
}
