// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// A curve of a fraction over a number, with its interval, as SVG that also says in words what it shows.
package struct LinePlot: Sendable {
  package struct Point: Sendable {
    let x: Double
    let y: Double
    let low: Double
    let high: Double

    /// - Parameters:
    ///   - y: from 0 to 1, as are the ends of its interval.
    package init(x: Double, y: Double, low: Double, high: Double) {
      (self.x, self.y, self.low, self.high) = (x, y, low, high)
    }
  }

  private let points: [Point]
  private let xLabel: String
  private let yLabel: String

  package init(_ points: [Point], x: String, y: String) {
    self.points = points.sorted { $0.x < $1.x }
    (xLabel, yLabel) = (x, y)
  }

  private static let (width, height, left, right, top, bottom) = (640.0, 320.0, 52.0, 16.0, 12.0, 44.0)

  /// For a page that styles `axis`, `line`, `band` and `dot`.
  package var svg: String {
    let most = points.map(\.x).max() ?? 1
    let span = most > 0 ? most : 1
    func x(_ value: Double) -> String {
      Self.number(Self.left + value / span * (Self.width - Self.left - Self.right))
    }
    func y(_ value: Double) -> String {
      Self.number(Self.top + (1 - value) * (Self.height - Self.top - Self.bottom))
    }
    var marks = ""
    for tick in stride(from: 0.0, through: 1, by: 0.25) {
      marks += "<line class=axis x1=\(x(0)) x2=\(x(span)) y1=\(y(tick)) y2=\(y(tick)) />"
      marks += "<text x=\(Self.left - 8) y=\(y(tick)) text-anchor=end dy=4>\(Int(tick * 100)) %</text>"
    }
    for point in points {
      marks +=
        "<text x=\(x(point.x)) y=\(Self.height - Self.bottom + 18) text-anchor=middle>\(Self.short(point.x))</text>"
    }
    let line = points.map { "\(x($0.x)),\(y($0.y))" }.joined(separator: " ")
    let band =
      points.map { "\(x($0.x)),\(y($0.high))" } + points.reversed().map { "\(x($0.x)),\(y($0.low))" }
    let dots = points.map { "<circle class=dot r=4 cx=\(x($0.x)) cy=\(y($0.y)) />" }.joined()
    let words = points.map { "\(Self.short($0.x)): \(Self.percent($0.y))" }.joined(separator: ", ")
    return """
      <svg viewBox="0 0 \(Int(Self.width)) \(Int(Self.height))" role=img aria-label="\("\(yLabel) over \(xLabel): \(words)".escaped)">
      \(marks)<polygon class=band points="\(band.joined(separator: " "))" /><polyline class=line points="\(line)" />\(dots)
      <text x=\((Self.width + Self.left) / 2) y=\(Self.height - 6) text-anchor=middle>\(xLabel.escaped)</text></svg>
      """
  }

  package static func percent(_ share: Double) -> String { number(percent: share) + " %" }

  /// `98.1 to 99.6 %`
  package static func percent(_ interval: ClosedRange<Double>) -> String {
    number(percent: interval.lowerBound) + " to " + percent(interval.upperBound)
  }

  private static func number(percent share: Double) -> String {
    "\(Double(Int((share * 1000).rounded())) / 10)"
  }

  /// Four digits behind the point at most, fewer for large numbers.
  package static func short(_ value: Double) -> String {
    guard abs(value) < 1e6 else { return "\(value)" }
    let unit: Double = abs(value) >= 100 ? 10 : abs(value) >= 1 ? 1_000 : 10_000
    let rounded = (value * unit).rounded() / unit
    return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
  }

  private static func number(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
}

/// Counts by two things, such as the right class and the answer, shaded by how many there are.
package struct Matrix: Sendable {
  private let rows: [String]
  private let columns: [String]
  private let counts: [[Int]]
  private let caption: String

  package init(rows: [String], columns: [String], counts: [[Int]], caption: String) {
    (self.rows, self.columns, self.counts, self.caption) = (rows, columns, counts, caption)
  }

  var html: String {
    let most = Double(max(1, counts.flatMap { $0 }.max() ?? 1))
    let head = "<tr><td></td>" + columns.map { "<th scope=col>\($0.escaped)</th>" }.joined() + "</tr>"
    let lines = zip(rows, counts).map { name, counts in
      "<tr><th scope=row>\(name.escaped)</th>"
        + counts.map { count in
          let share = Int((Double(count) / most * 70).rounded())
          return count == 0
            ? "<td></td>"
            : "<td style=\"background:color-mix(in srgb,var(--bad) \(share)%,transparent)\">\(count)</td>"
        }.joined() + "</tr>"
    }
    return
      "<div class=scroll><table class=matrix style=\"width:auto\"><thead>\(head)</thead><tbody>\(lines.joined())</tbody></table></div><p class=note>\(caption.escaped)</p>"
  }
}
