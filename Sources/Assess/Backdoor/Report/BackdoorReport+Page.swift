// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletReport

extension BackdoorReport {
  /// The most classes whose triggers are drawn.
  private static let mostDrawn = 30

  /// What was found, in a sentence.
  package var lead: String {
    let chance = "\(Self.share(calibration.p)) of clean models have a class as far out"
    guard let target else {
      return
        "No class stands out: \(chance), and \(Self.share(order.significance)) or more is no finding. That is no proof that there is no backdoor: triggers that are large, move, or only work on inputs of one class are not found."
    }
    return
      "Inputs can be turned into class \(target) by less than clean models like it need: \(chance). \(found(target).capitalisedFirst)."
  }

  package var word: String {
    target.map { "a backdoor to class \($0) is likely" } ?? "no backdoor found"
  }

  /// The smallest thing that turns inputs into a class, in words.
  package func found(_ label: Int) -> String {
    if let best = valueTriggers.isEmpty ? nil : valueTriggers[label].last {
      return
        "\(words(best)) turn\(best.items.count == 1 ? "s" : "") \(LinePlot.percent(best.success)) of other rows into it"
    }
    let (patch, shift) = (patches[label], shifts[label])
    let isPatch =
      (calibration.classes[label].deviations[.patch] ?? 0)
      >= (calibration.classes[label].deviations[.shift] ?? 0)
    let trigger = isPatch ? patch : shift
    let success = "turns \(LinePlot.percent(trigger.success)) of other rows into it"
    guard isPatch else {
      return "a pattern added everywhere, of length \(LinePlot.short(shift.size)), \(success)"
    }
    if let box = box(of: patch) {
      return
        "a patch in \(Self.words(box.rows, "row")), \(Self.words(box.columns, "column")) \(success)"
    }
    if !domain.isPicture { return "\(columns(of: patch)) \(success)" }
    return "a mask as large as \(LinePlot.short(patch.size)) pixels \(success)"
  }

  private static func words(_ range: ClosedRange<Int>, _ name: String) -> String {
    range.count == 1
      ? "\(name) \(range.lowerBound)" : "\(name)s \(range.lowerBound) to \(range.upperBound)"
  }

  private func name(_ column: Int) -> String {
    guard let names, names.indices.contains(column) else { return "column \(column)" }
    return "'\(names[column])'"
  }

  private func words(_ trigger: ValueTrigger) -> String {
    trigger.items.map { "\(LinePlot.short(Double($0.value))) in \(name($0.column))" }.joined(separator: ", ")
  }

  /// The values of the columns that a trigger covers most.
  private func columns(of trigger: Trigger) -> String {
    let values = domain.values(trigger.pattern)
    let order = trigger.mask.indices.sorted { trigger.mask[$0] > trigger.mask[$1] }
    let covered = order.filter { trigger.mask[$0] >= 0.3 }.prefix(5)
    return (covered.isEmpty ? order.prefix(1) : covered).map {
      "\(LinePlot.short(Double(values[$0]))) in \(name($0))"
    }.joined(separator: ", ")
  }

  /// The smallest rectangle of a picture with all places that are covered by half as much as the most covered, where it is small.
  package func box(of trigger: Trigger) -> (rows: ClosedRange<Int>, columns: ClosedRange<Int>)? {
    guard domain.isPicture, domain.shape.count >= 2 else { return nil }
    let across = domain.shape[domain.shape.count - 1]
    let most = trigger.mask.max() ?? 0
    let covered = trigger.mask.indices.filter { trigger.mask[$0] >= most / 2 }
    let (lines, columns) = (covered.map { $0 / across }, covered.map { $0 % across })
    guard most > 0.1, let top = lines.min(), let bottom = lines.max(), let left = columns.min(),
      let right = columns.max()
    else { return nil }
    let area = (bottom - top + 1) * (right - left + 1)
    return area * 4 <= trigger.mask.count ? (top...bottom, left...right) : nil
  }

  /// The report as a page.
  /// - Parameters:
  ///   - name: what the model is called.
  ///   - facts: what else belongs to the method: versions, digests.
  package func page(model name: String, facts: [(name: String, value: String)]) -> ReportPage {
    var page = ReportPage(
      title: "Backdoors in \(name)", word: word, tone: verdict == .clean ? .good : .bad, lead: lead,
      figures: figures)
    add(to: &page)
    page.add("Method", .facts(method + facts))
    return page
  }

  package var figures: [ReportPage.Figure] {
    [
      .init(LinePlot.short(calibration.score), "deviations", note: "class \(calibration.target)"),
      .init(Self.share(calibration.p), "of clean models", note: "have a class as far out"),
      .init(
        "\(order.references)", "clean models for comparison",
        note: "right about \(LinePlot.percent(referenceAccuracy))"),
      .init(LinePlot.percent(accuracy), "right", note: "of \(rows) clean rows"),
    ]
  }

  /// The sections about triggers.
  package func add(to page: inout ReportPage) {
    let statistics = Statistic.allCases.filter { observation[$0] != nil }
    page.add(
      "By class",
      .text(
        "How far each class is from what it is in the clean models, in their deviations; the last column is all together. Higher is more suspicious."
      ),
      .table(
        head: ["class"] + statistics.map(\.words) + ["together", "the smallest trigger"],
        rows: order(of: calibration).map { label in
          let score = calibration.classes[label]
          return [.init("\(label)")]
            + statistics.map { .number(LinePlot.short(score.deviations[$0] ?? 0)) }
            + [
              .init(
                LinePlot.short(score.score), tone: label == target ? .bad : .plain, isNumber: true),
              .init(found(label)),
            ]
        }))
    let drawn = order(of: calibration).prefix(Self.mostDrawn).compactMap { drawing($0) }
    if !drawn.isEmpty {
      page.add(
        "Triggers",
        .text(
          "What the search came to for each class: where it covers, with what, and a clean input with it."),
        .gallery(Array(drawn)))
    }
    if areReferencesWeak {
      page.add(
        "A doubt",
        .text(
          "The clean models are right about \(LinePlot.percent(referenceAccuracy)) of the rows of a class and this model about \(LinePlot.percent(accuracy)): they are a poor measure for it. Give more clean data."
        ))
    }
  }

  private func order(of calibration: Calibration) -> [Int] {
    calibration.classes.indices.sorted {
      (calibration.classes[$1].score, $0) < (calibration.classes[$0].score, $1)
    }
  }

  private func drawing(_ label: Int) -> ReportPage.Row? {
    guard hasSlopes, domain.isPicture, !example.isEmpty else { return nil }
    let (patch, shift) = (patches[label], shifts[label])
    let spatial = Array(domain.shape.suffix(2))
    let isPatch =
      (calibration.classes[label].deviations[.patch] ?? 0)
      >= (calibration.classes[label].deviations[.shift] ?? 0)
    let trigger = isPatch ? patch : shift
    let most = trigger.pattern.map(abs).max() ?? 1
    let shown =
      isPatch
      ? trigger.pattern.enumerated().map { place, value in
        0.5 + trigger.mask[place % trigger.mask.count] * (value - 0.5)
      } : trigger.pattern.map { 0.5 + $0 / max(2 * most, .leastNormalMagnitude) }
    let pictures = [
      Picture(
        isPatch ? trigger.mask : trigger.mask.map { $0 / max(most, .leastNormalMagnitude) }, shape: spatial
      )
      .map { ($0, "where") },
      Picture(shown, shape: domain.shape).map { ($0, isPatch ? "with what" : "what is added") },
      Picture(trigger.applied(to: example[...]), shape: domain.shape).map { ($0, "on an input") },
    ].compactMap { $0 }
    guard !pictures.isEmpty else { return nil }
    return .init(
      pictures.map { (picture: $0.0, caption: $0.1) },
      caption: "class \(label), \(LinePlot.short(calibration.classes[label].score)) deviations")
  }

  package var method: [(name: String, value: String)] {
    let looked =
      hasSlopes
      ? "the largest margin (MM-BD, arXiv 2205.06900), the smallest patch (Neural Cleanse, 2019) and the smallest addition, by slopes, \(order.steps) steps on \(order.rows) rows"
      : "values in up to three columns that turn rows, by asking alone: a forest has no slopes, so neither margins nor masks"
    return [
      ("looked for", looked),
      (
        "compared with",
        "\(order.references) clean models of the same \(hasSlopes ? "architecture, from fresh weights" : "kind, grown anew") (each learned \(parts > 1 ? "\(learned) rows of the data or half of it" : "\(learned) rows of the data") and is measured on \(parts > 1 ? "others" : "\(rows) others"))"
      ),
      (
        "a finding",
        "fewer than \(Self.share(order.significance)) of clean models, Student's t and Šidák over \(classes) classes"
      ),
      ("seed", "\(order.seed)"),
      (
        "threat",
        "MITRE ATLAS AML.T0018 (manipulate AI model), AML.T0020 (poison training data); NIST AI 100-2 backdoor poisoning"
      ),
      (
        "not found",
        "triggers that are large, move about or fit one class of inputs only; backdoors to all classes at once; what the clean data have in them too"
      ),
    ]
  }

  static func share(_ share: Double) -> String {
    guard share < 0.0005 else { return LinePlot.percent(share) }
    return "less than 0.1 %"
  }
}

extension String {
  fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
