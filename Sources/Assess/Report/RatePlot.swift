// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// Rates of right alarms over rates of false ones, both on logarithmic axes, as SVG that also says in words what it shows. The
/// diagonal is guessing.
package struct RatePlot: Sendable {
  package struct Point: Sendable, Equatable {
    let falseRate: Double
    let rightRate: Double

    package init(falseRate: Double, rightRate: Double) {
      (self.falseRate, self.rightRate) = (falseRate, rightRate)
    }
  }

  package struct Curve: Sendable {
    let name: String
    let points: [Point]

    package init(_ name: String, _ points: [Point]) { (self.name, self.points) = (name, points) }
  }

  private let curves: [Curve]
  private let least: Double
  private let xLabel: String
  private let yLabel: String

  /// - Parameters:
  ///   - curves: the first is the one that matters, the others stand behind it.
  ///   - least: where both axes begin, above 0 and below 1. What lies below is drawn there.
  package init(_ curves: [Curve], least: Double, x: String, y: String) {
    (self.curves, xLabel, yLabel) = (curves, x, y)
    self.least = min(max(least, 1e-6), 0.5)
  }

  private static let (width, height, left, right, top, bottom) = (640.0, 420.0, 64.0, 16.0, 12.0, 44.0)

  private func x(_ rate: Double) -> Double {
    Self.left + place(rate) * (Self.width - Self.left - Self.right)
  }

  private func y(_ rate: Double) -> Double {
    Self.top + (1 - place(rate)) * (Self.height - Self.top - Self.bottom)
  }

  /// From 0 at the beginning of an axis to 1 at its end.
  private func place(_ rate: Double) -> Double {
    1 - log(min(max(rate, least), 1)) / log(least)
  }

  var svg: String {
    var marks = ""
    for tick in ticks {
      let words = "\(LinePlot.short(tick * 100)) %"
      marks +=
        "<line class=axis x1=\(short(x(tick))) x2=\(short(x(tick))) y1=\(short(y(1))) y2=\(short(y(0))) />"
      marks +=
        "<line class=axis x1=\(short(x(0))) x2=\(short(x(1))) y1=\(short(y(tick))) y2=\(short(y(tick))) />"
      marks +=
        "<text x=\(short(x(tick))) y=\(short(Self.height - Self.bottom + 18)) text-anchor=middle>\(words)</text>"
      marks += "<text x=\(short(Self.left - 8)) y=\(short(y(tick))) text-anchor=end dy=4>\(words)</text>"
    }
    marks +=
      "<line class=axis stroke-dasharray=\"4 4\" x1=\(short(x(0))) y1=\(short(y(0))) x2=\(short(x(1))) y2=\(short(y(1))) />"
    let lines = curves.enumerated().reversed().map { place, curve in
      let points = curve.points.map { "\(short(x($0.falseRate))),\(short(y($0.rightRate)))" }
      let style = place == 0 ? "" : " style=\"opacity:.3;stroke-width:1.5\""
      return
        "<polyline class=line\(style) points=\"\(points.joined(separator: " "))\"><title>\(curve.name.escaped)</title></polyline>"
    }
    return """
      <svg viewBox="0 0 \(Int(Self.width)) \(Int(Self.height))" role=img aria-label="\(words.escaped)">
      \(marks)\(lines.joined())
      <text x=\(short((Self.width + Self.left) / 2)) y=\(short(Self.height - 6)) text-anchor=middle>\(xLabel.escaped)</text></svg>
      """
  }

  private var words: String {
    guard let first = curves.first else { return "\(yLabel) over \(xLabel): nothing" }
    let shown = ticks.compactMap { tick in
      first.points.last { $0.falseRate <= tick }.map {
        "\(LinePlot.percent($0.rightRate)) at \(LinePlot.short(tick * 100)) %"
      }
    }
    return "\(first.name): \(yLabel) over \(xLabel), both logarithmic: \(shown.joined(separator: ", "))"
  }

  private var ticks: [Double] {
    stride(from: 0.0, through: 6, by: 1).map { pow(10, -$0) }.filter { $0 >= least * 0.999 }.reversed()
  }

  private func short(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
}
