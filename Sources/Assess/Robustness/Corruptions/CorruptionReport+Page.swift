// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletReport
package import MartletRuntime

extension CorruptionReport {
  /// The measurement as a page.
  /// - Parameters:
  ///   - model: what it is called.
  ///   - inputs: the pictures, as they were measured.
  ///   - facts: what else belongs to the method: versions, digests.
  /// - Throws: ``RobustnessError``.
  package func page(
    model: String, inputs: Tensor, facts: [(name: String, value: String)]
  ) throws(RobustnessError) -> ReportPage {
    var page = ReportPage(
      title: "Common corruptions: \(model)",
      word: meanAccuracy.map { "\(LinePlot.percent($0)) right on corrupted pictures" }
        ?? "nothing was measured",
      tone: tone, lead: lead, figures: figures)
    page.add("Accuracy by severity", .plot(plot), .text(Self.plotWords))
    page.add("Accuracy by corruption", .table(head: head, rows: tableRows), .text(intervalWords))
    page.add("Where it goes wrong", .matrix(matrix))
    let gallery = try gallery(of: inputs)
    if !gallery.isEmpty {
      page.add(
        "What the corruptions look like", .text("The first example, and the accuracy on all of them."),
        .gallery(gallery))
    }
    page.add("Method", .facts(method + facts))
    return page
  }

  /// Nine of ten right answers kept, and half of them, are where the colour changes. No standard says so.
  private var tone: ReportPage.Tone {
    guard let meanAccuracy, clean.hits > 0 else { return .bad }
    let kept = meanAccuracy / clean.share
    return kept >= 0.9 ? .good : kept >= 0.5 ? .doubtful : .bad
  }

  private var lead: String {
    guard let meanAccuracy, let worst, let least = accuracy(of: worst) else {
      return "The time was up before the first corruption was measured."
    }
    return
      "Of \(clean.total) pictures the model gets \(LinePlot.percent(clean.share)) right as they are, and \(LinePlot.percent(meanAccuracy)) on average over "
      + "\(corruptions.count) corruptions at \(order.severities.count) severities. The worst is \(worst.title), which leaves \(LinePlot.percent(least))."
      + (isComplete ? "" : " The time was up before all were measured.")
  }

  private var figures: [ReportPage.Figure] {
    var figures = [
      ReportPage.Figure(
        LinePlot.percent(clean.share), "accuracy as they are",
        note: "95 % interval \(LinePlot.percent(clean.interval))")
    ]
    guard let meanAccuracy, let worst, let least = accuracy(of: worst) else { return figures }
    figures.append(
      .init(
        LinePlot.percent(meanAccuracy), "mean accuracy",
        note: "over \(cells.count) corruptions and severities"))
    figures.append(
      .init(
        LinePlot.percent(1 - meanAccuracy), "mean corruption error", note: "not divided by another model's"))
    figures.append(.init(LinePlot.percent(least), "under the worst", note: worst.title))
    return figures
  }

  private var plot: LinePlot {
    let origin = LinePlot.Point(x: 0, y: clean.share, low: clean.share, high: clean.share)
    return LinePlot(
      [origin]
        + order.severities.compactMap { severity in
          let shares = cells.filter { $0.severity == severity }.map(\.right.share)
          guard let mean = accuracy(at: severity), let low = shares.min(), let high = shares.max() else {
            return nil
          }
          return .init(x: Double(severity), y: mean, low: low, high: high)
        }, x: "severity", y: "accuracy")
  }

  private static let plotWords =
    "The line is the mean over the corruptions, the band goes from the worst to the best of them. Severity 0 is the data as they are."

  private var head: [String] {
    ["corruption"] + order.severities.sorted().map { "severity \($0)" } + ["mean"]
  }

  private var tableRows: [[ReportPage.Cell]] {
    corruptions.map { corruption in
      let shares = cells.filter { $0.corruption == corruption }.map(\.right.share)
      // A row that the time cut short has no cells at its end.
      let missing = [ReportPage.Cell](repeating: .number(""), count: order.severities.count - shares.count)
      return [ReportPage.Cell(corruption.title)] + shares.map { .number(LinePlot.percent($0)) } + missing
        + [.number(accuracy(of: corruption).map(LinePlot.percent) ?? "")]
    }
  }

  private var intervalWords: String {
    "Each is measured on \(clean.total) pictures: the 95 % interval of Wilson is at most \(LinePlot.percent(widestInterval)) wide."
      + (leftOut.isEmpty
        ? ""
        : " Left out, because it cannot change grey pictures: \(leftOut.map(\.title).joined(separator: ", ")).")
  }

  private var matrix: Matrix {
    let severities = order.severities.sorted()
    return Matrix(
      rows: corruptions.map(\.title), columns: severities.map(String.init),
      counts: corruptions.map { corruption in
        severities.map { severity in
          let cell = cells.first { $0.corruption == corruption && $0.severity == severity }
          return cell.map { Int(((1 - $0.right.share) * 100).rounded()) } ?? 0
        }
      }, caption: "Wrong answers in a hundred, by corruption and severity.")
  }

  /// One example of each corruption at up to three severities.
  private func gallery(of inputs: Tensor) throws(RobustnessError) -> [ReportPage.Row] {
    let severities = order.severities.sorted()
    let shown =
      severities.count > 3
      ? [severities[0], severities[severities.count / 2], severities[severities.count - 1]] : severities
    let first = try PictureSet(inputs.rows(0..<1))[0]
    return corruptions.compactMap { corruption in
      let pictures: [(picture: Picture, caption: String)] = shown.compactMap { severity in
        guard let cell = cells.first(where: { $0.corruption == corruption && $0.severity == severity }) else {
          return nil
        }
        let made = corruption.applied(to: first, severity: severity, seed: order.seed, row: 0)
        return Picture(made.values, shape: [channels, height, width]).map {
          ($0, "\(severity): \(LinePlot.percent(cell.right.share))")
        }
      }
      return pictures.isEmpty ? nil : ReportPage.Row(pictures, caption: corruption.title)
    }
  }

  private var method: [(name: String, value: String)] {
    [
      (
        "corruptions",
        "Hendrycks and Dietterich 2019 (arXiv 1903.12261), with a drawn frost in place of photographs"
      ),
      (
        "constants",
        constants + (constants == "CIFAR-10-C" ? ", for up to" : ", for more than")
          + " \(Severity.smallSide) pixels"
      ),
      ("pictures", "\(clean.total) of \(height) by \(width) pixels, \(channels == 1 ? "grey" : "in colour")"),
      ("seed", "\(order.seed)"), ("answer", answeredBy),
    ]
  }
}
