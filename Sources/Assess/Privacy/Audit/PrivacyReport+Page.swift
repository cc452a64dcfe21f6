// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletReport

extension PrivacyReport {
  /// The audit as a page, for whoever answers for personal data.
  /// - Parameters:
  ///   - model: what it is called.
  ///   - facts: what else belongs to the method: versions, digests.
  package func page(model: String, facts: [(name: String, value: String)]) -> ReportPage {
    let risk = risk
    var page = ReportPage(
      title: "Privacy of the training data: \(model)",
      word:
        "\(Self.verdictWords(risk.verdict)): \(risk.level == 1 ? "no leak was seen" : "\(risk.title) risk")",
      tone: risk.verdict == .accept ? .good : risk.verdict == .review ? .doubtful : .bad, lead: lead,
      figures: figures)
    page.add(
      "The verdict, and why",
      .text(
        "Risk \(risk.level) of 5: \(risk.reasons.joined(separator: "; ")). Levels 1 and 2 are accepted, 3 is for a person to review, 4 and 5 are rejected. No standard sets these limits: they are Martlet's, and a policy may set others."
      ), .table(head: ["level", "meaning", ""], rows: levelRows))
    page.add(
      "Members found, by false alarms", .rates(plot),
      .text(
        "The curve of \(chosen.attack.title), on the half of the records that it was not chosen on; the other attacks stand behind it. The dashed diagonal is guessing. Both axes are logarithmic, since being found with few false alarms is what harms a person: an attacker who accuses everybody proves nothing."
      ))
    page.add(
      "Attacks", .table(head: Self.attackHead, rows: attackRows),
      .text(
        "TPR is the share of members found, FPR that of non-members taken for members. Intervals are 95 %: of Clopper and Pearson for TPR, of DeLong for AUC. The attack was chosen on half of the records, and every number is of the other half."
      ))
    page.add("Bound on epsilon", .text(epsilonWords))
    if let exposure { page.add("Exposure of canaries", .text(Self.words(exposure))) }
    if let attribute { page.add("Guessing a hidden value", .text(Self.words(attribute))) }
    page.add("Most exposed records", .text(exposedWords))
    page.add(
      "Can the number be believed?", .table(head: ["check", "", "what was seen"], rows: checkRows))
    page.add("Limits", .table(head: ["what this does not say"], rows: limits.map { [.init($0)] }))
    page.add("Where the law and standards ask for this", .facts(Self.pointers))
    page.add("Method", .facts(method + facts))
    return page
  }

  package static func verdictWords(_ verdict: PrivacyRisk.Verdict) -> String {
    switch verdict {
    case .accept: "Accept"
    case .review: "Review"
    case .reject: "Reject"
    }
  }

  private var lead: String {
    let risk = risk
    let how =
      "Whoever can ask this model tried to tell which of \(members + nonmembers) records it was trained on. "
    switch risk.verdict {
    case .accept where risk.level == 1:
      return how + "No attack did better than guessing."
    case .accept: return how + "Little is to be learned: \(risk.reasons.joined(separator: "; "))."
    case .review: return how + "Some can be told: \(risk.reasons.joined(separator: "; "))."
    case .reject:
      return how + "The model tells too much of its training data: \(risk.reasons.joined(separator: "; "))."
    }
  }

  private var figures: [ReportPage.Figure] {
    var figures: [ReportPage.Figure] = [
      .init("\(risk.level) of 5", "risk", note: risk.title)
    ]
    if let found {
      figures.append(
        .init(
          LinePlot.percent(found.share), "of the members are found at 1 % false alarms",
          note: "95 % interval \(LinePlot.percent(found.interval))"))
    }
    let interval = chosen.curve.aucInterval
    figures.append(
      .init(
        LinePlot.short(auc), "area under the curve (0.5 is guessing)",
        note: "95 % interval \(LinePlot.short(interval.lowerBound)) to \(LinePlot.short(interval.upperBound))"
      ))
    if let oneRun {
      figures.append(
        .init(
          LinePlot.short(oneRun.epsilonLower), "epsilon at least",
          note: "at delta \(oneRun.delta), with 95 % confidence"))
    }
    return figures
  }

  private var levelRows: [[ReportPage.Cell]] {
    PrivacyRisk.definitions.indices.map { place in
      let isIt = place + 1 == risk.level
      return [
        .number("\(place + 1)"), .init(PrivacyRisk.definitions[place]),
        .init(
          isIt ? "this model" : "", tone: isIt ? (place < 2 ? .good : place == 2 ? .doubtful : .bad) : .plain),
      ]
    }
  }

  private var plot: RatePlot {
    func curve(_ result: AttackResult) -> RatePlot.Curve {
      let points = result.curve.points
      // Long curves are thinned where they are flat to the eye: every point of the beginning, and each hundredth after.
      let step = max(1, points.count / 200)
      return RatePlot.Curve(
        result.attack.title,
        points.enumerated().filter {
          $0.offset < 100 || $0.offset % step == 0 || $0.offset == points.count - 1
        }
        .map {
          .init(
            falseRate: Double($0.element.falsePositives) / Double(result.curve.nonmembers),
            rightRate: Double($0.element.truePositives) / Double(result.curve.members))
        })
    }
    let others = attacks.filter { $0.attack != chosen.attack }
    return RatePlot(
      [curve(chosen)] + others.map(curve), least: 0.5 / Double(max(1, chosen.curve.nonmembers)),
      x: "non-members taken for members", y: "members found")
  }

  private static let attackHead = [
    "attack", "AUC", "interval", "TPR at 1 % FPR", "interval", "TPR at 0.1 % FPR",
  ]

  private var attackRows: [[ReportPage.Cell]] {
    attacks.map { result in
      let auc = result.curve.aucInterval
      let isChosen = result.attack == chosen.attack
      return [
        .init(result.attack.title + (isChosen ? " (chosen)" : "")), .number(LinePlot.short(result.curve.auc)),
        .number("\(LinePlot.short(auc.lowerBound)) to \(LinePlot.short(auc.upperBound))"),
        .number(result.rates[0].found.map { LinePlot.percent($0.share) } ?? "too few records"),
        .number(result.rates[0].found.map { LinePlot.percent($0.interval) } ?? ""),
        .number(
          result.rates[1].found.map { "\(LinePlot.percent($0.share)) (\(LinePlot.percent($0.interval)))" }
            ?? "too few records"),
      ]
    }
  }

  /// What was proved about epsilon, and what that takes for granted.
  package var epsilonWords: String {
    let claim =
      order.claimedEpsilon.map { claimed in
        let isRefuted = (epsilonLower ?? 0) > claimed
        return
          " The training is said to guarantee an epsilon of \(LinePlot.short(claimed)) at that delta: "
          + (isRefuted ? "this is refuted." : "this does not contradict it, and does not prove it.")
      } ?? ""
    guard let oneRun else {
      return
        "None was measured: it needs records of which a fair coin decided whether the model was trained on them (--canaries)."
        + claim
    }
    let how =
      "Of \(oneRun.canaries) records a fair coin decided whether the model was trained on them. Of \(oneRun.guesses) guesses \(oneRun.right) were right. "
    guard oneRun.epsilonLower > 0 else {
      return how + "So many can be chance: no epsilon above 0 is proved." + claim
    }
    return how
      + "With 95 % confidence the training is no more private than epsilon \(LinePlot.short(oneRun.epsilonLower)) at delta \(oneRun.delta), if its noise is Gaussian, and \(LinePlot.short(oneRun.epsilonLowerAnyNoise)) whatever its noise. Unit: one record; adjacency: add or remove; analysis: f-DP of one training (arXiv 2410.22235), six numbers of guesses fixed beforehand, each with a sixth of the error. It is a lower bound: the true epsilon may be far larger."
      + claim
  }

  private static func words(_ exposure: CanaryExposure) -> String {
    "\(exposure.exposures.count) canaries were in the training, and are ranked among \(exposure.references) references: an exposure of \(LinePlot.short(exposure.mean)) bits on average and \(LinePlot.short(exposure.largest)) at most. Canaries of a model that knows nothing of them have \(LinePlot.short(CanaryExposure.meanByChance)) on average."
  }

  private static func words(_ attribute: AttributeInference) -> String {
    "Column \(attribute.column), in \(attribute.values) values, of \(attribute.members) members: guessed right for \(LinePlot.percent(attribute.withModel.share)) with the model, and for \(LinePlot.percent(attribute.withoutModel.share)) without it, from the other values alone. The gain is \(LinePlot.short(attribute.gain * 100)) percentage points (95 % interval \(LinePlot.short(attribute.gainInterval.lowerBound * 100)) to \(LinePlot.short(attribute.gainInterval.upperBound * 100))), and \(LinePlot.short(attribute.gainOnNonmembers * 100)) on records that the model was not trained on: only what goes beyond that is memory."
  }

  private static let mostShown = 50

  private var exposedWords: String {
    guard !exposed.isEmpty else { return "None stands out from the non-members." }
    let more = exposed.count > Self.mostShown ? ", and \(exposed.count - Self.mostShown) more" : ""
    return
      "\(exposed.count) members stand out from all but 1 % of the non-members, by the ids of their file, the most exposed first: "
      + exposed.prefix(Self.mostShown).map { "\($0)" }.joined(separator: ", ") + more
      + ". Their values are not shown, as the report must not leak what the model does."
  }

  private var checkRows: [[ReportPage.Cell]] {
    checks.sorted { $0.outcome == .noted && $1.outcome == .passed }.map {
      [
        .init($0.name), .init($0.outcome.rawValue, tone: $0.outcome == .passed ? .good : .doubtful),
        .init($0.detail),
      ]
    }
  }

  private static let pointers: [(name: String, value: String)] = [
    (
      "EDPB opinion 28/2024",
      "a model is anonymous only if extracting personal data, and obtaining them by queries, is insignificant by all means reasonably likely to be used (paragraphs 43 and following): membership inference is one of the tests it names"
    ),
    (
      "EU AI Act, Article 15(5)",
      "high-risk systems must resist attacks that exploit their vulnerabilities, confidentiality attacks among them"
    ),
    (
      "NIST SP 800-226",
      "how to judge a guarantee of differential privacy: unit, epsilon, and whether the implementation keeps it; a lower bound from an audit is evidence against a claim, never for one"
    ),
    ("NIST AI 100-2e2025", "membership inference, attribute inference and data reconstruction"),
  ]

  private var method: [(name: String, value: String)] {
    var facts: [(name: String, value: String)] = [
      ("members", "\(members), right about \(LinePlot.percent(memberAccuracy.share))"),
      ("non-members", "\(nonmembers), right about \(LinePlot.percent(nonmemberAccuracy.share))"),
      ("answer", answeredBy),
    ]
    if let shadows {
      facts.append(
        (
          "shadows",
          "\(shadows.count), each on \(shadows.trainedOn) records\(shadows.reused > 0 ? ", \(shadows.reused) kept from before" : ""); \(architecture)"
        ))
    } else {
      facts.append(("shadows", architecture))
    }
    facts.append(("chosen attack", chosen.attack.title))
    facts.append(("seed", "\(order.recipe.seed)"))
    return facts
  }
}
