// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletLifecycle

/// What has been asked lately.
struct TrafficPage: Page {
  struct ModelView: Sendable {
    let name: String
    /// Nil for what is no model's.
    let path: String?
    let rate: String
    let answered: String
    let refused: String
    let failed: String
    let median: String
    let slow: String
    let isRefusing: Bool
    /// Points of a line in a field of 120 by 28.
    let line: String
    let words: String
  }

  static let template = Templates.Name.traffic
  let chrome: Chrome
  let isLive = true
  let figures: [FigureView]
  let models: [ModelView]
  let hasModels: Bool
  let isFailing: Bool
  let at: Moment

  init(chrome: Chrome, _ report: TrafficReport, at now: Date) {
    self.chrome = chrome
    models = report.models.map(ModelView.init)
    hasModels = !models.isEmpty
    isFailing = !report.isRecording
    at = Moment(now)
    let rate = report.models.map(\.rate).reduce(0, +)
    figures =
      [
        FigureView(ModelView.number(rate), "questions a second"),
        FigureView(
          Wording.number(report.models.map(\.refusedLately).reduce(0, +)), "refused in the last minute"),
        FigureView(Wording.number(report.connections), "open connections"),
        FigureView(Wording.number(report.loaded), "versions in memory"),
        FigureView(
          Wording.number(report.waiting), "records not yet in the log", report.isRecording ? .plain : .bad),
      ] + (report.memory.map { [FigureView(Wording.bytes($0), "of memory")] } ?? [])
  }
}

extension TrafficReport.Model {
  /// Questions a second, over the last ten whole ones.
  var rate: Double {
    let last = seconds.suffix(10)
    return last.isEmpty ? 0 : Double(last.reduce(0, +)) / Double(last.count)
  }
}

extension TrafficPage.ModelView {
  init(_ model: TrafficReport.Model) {
    name = model.name
    path = ModelName.isUsable(model.name) ? "/models/\(model.name)" : nil
    rate = Self.number(model.rate)
    answered = Wording.number(model.answered)
    refused = Wording.number(model.refused)
    failed = Wording.number(model.failed)
    isRefusing = model.refusedLately > 0
    median = Self.time(model.median)
    slow = Self.time(model.slow)
    let most = max(1, model.seconds.max() ?? 1)
    let step = 120 / Double(max(1, model.seconds.count - 1))
    line = model.seconds.enumerated().map { second, count in
      String(format: "%.1f,%.1f", Double(second) * step, 26 - Double(count) / Double(most) * 24)
    }.joined(separator: " ")
    words =
      "In the last minute \(Wording.number(model.seconds.reduce(0, +))) questions, at most \(Wording.number(most)) in a second"
  }

  static func number(_ rate: Double) -> String {
    rate >= 100 ? Wording.number(Int(rate.rounded())) : String(format: "%.1f", rate)
  }

  private static func time(_ seconds: Double?) -> String {
    guard let seconds else { return "–" }
    return seconds < 0.001
      ? String(format: "%.2f ms", seconds * 1e3)
      : seconds < 1 ? String(format: "%.1f ms", seconds * 1e3) : String(format: "%.2f s", seconds)
  }
}
