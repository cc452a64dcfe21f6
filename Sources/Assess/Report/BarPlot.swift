// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// How many there are of each, as bars beside each other, as SVG that also says in words what it shows.
package struct BarPlot: Sendable {
  private let bars: [(label: String, count: Int)]
  private let label: String

  private static let (width, height, left, bottom, top) = (640.0, 160.0, 8.0, 22.0, 8.0)
  /// What a character of a label takes.
  private static let character = 6.6

  package init(_ bars: [(label: String, count: Int)], label: String) {
    (self.bars, self.label) = (bars, label)
  }

  /// The counts of numbers in classes of equal width.
  /// - Parameter values: finite ones.
  package init(histogramOf values: [Double], classes: Int = 30, label: String) {
    let (low, high) = (values.min() ?? 0, values.max() ?? 0)
    let isOne = low == high
    let number = isOne ? 1 : classes
    var counts = [Int](repeating: 0, count: number)
    for value in values {
      let share = isOne ? 0 : (value / 2 - low / 2) / (high / 2 - low / 2)
      counts[min(number - 1, max(0, Int(share * Double(number))))] += 1
    }
    let bars = counts.enumerated().map { index, count in
      let share = isOne ? 0 : (Double(index) + 0.5) / Double(number)
      return (LinePlot.short(low * (1 - share) + high * share), count)
    }
    self.init(bars, label: label)
  }

  var svg: String {
    let most = Double(max(1, bars.map(\.count).max() ?? 1))
    let each = (Self.width - 2 * Self.left) / Double(max(1, bars.count))
    let room = Self.height - Self.bottom - Self.top
    let widest = Double(bars.map { min(14, $0.label.count) }.max() ?? 0) * Self.character
    // As many labels as there is room for.
    let step = max(1, Int(((widest + 10) / each).rounded(.up)))
    var shapes = ""
    for (index, bar) in bars.enumerated() {
      let tall = max(bar.count > 0 ? 1 : 0, Double(bar.count) / most * room)
      let x = Self.left + Double(index) * each
      shapes +=
        "<rect class=dot x=\(Self.number(x)) y=\(Self.number(Self.top + room - tall)) width=\(Self.number(max(1, each - 2))) height=\(Self.number(tall)) />"
      guard index.isMultiple(of: step) else { continue }
      let text = bar.label.count > 14 ? bar.label.prefix(13) + "…" : bar.label
      let half = Double(text.count) * Self.character / 2
      let middle = min(max(x + each / 2, half), Self.width - half)
      shapes +=
        "<text x=\(Self.number(middle)) y=\(Self.height - 6) text-anchor=middle>\(text.escaped)</text>"
    }
    let words = bars.prefix(40).map { "\($0.label): \($0.count)" }.joined(separator: ", ")
    return """
      <svg viewBox="0 0 \(Int(Self.width)) \(Int(Self.height))" role=img aria-label="\("\(label): \(words)".escaped)">
      <line class=axis x1=\(Self.left) x2=\(Self.width - Self.left) y1=\(Self.top + room) y2=\(Self.top + room) />\(shapes)</svg>
      """
  }

  private static func number(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
}
