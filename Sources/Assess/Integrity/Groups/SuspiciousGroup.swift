// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Rows of one class that lie apart from it, all on the same side, and whose like has other labels: what a backdoor in the data looks
/// like.
package struct SuspiciousGroup: Sendable {
  package enum Kind: String, Sendable, Codable {
    /// The rows have something in common that rows like them do not have.
    case trigger
    /// Their like is of one other class: labels were turned.
    case turnedLabels = "turned labels"
  }

  package let kind: Kind
  /// The label of the rows.
  package let label: Int
  /// In the order of their scores.
  package let rows: [Int]
  /// How far they lie from the bulk of their class, as the median of the class has it.
  package let distance: Double
  /// From 0 to 1: how much they lie on one side.
  package let alignment: Double
  /// The share of their nearest rows outside of the group that have another label.
  package let disagreement: Double
  package let trigger: Trigger?
}

/// What the rows of a group have in common, against rows like them.
package struct Trigger: Sendable {
  /// By feature: the mean difference to the nearest rows outside of the group.
  package let difference: [Float]
  /// The features that differ most and always.
  package let features: [Int]
  /// The smallest rectangle of a picture with all of them, where they are few: rows and columns.
  package let box: (rows: ClosedRange<Int>, columns: ClosedRange<Int>)?
  /// The share of all features.
  package let share: Double
}

/// Looks for groups in every class.
struct GroupCheck: Sendable {
  let groups: [SuspiciousGroup]
  /// How far each row lies from the bulk of its class.
  let scores: [Double]
  /// The same by the spectral signature, for comparison.
  let spectral: [Double]

  /// What makes a group: rows so many times as far as the class's median, at least so many of them, lying on one side, among rows with
  /// other labels, and half of them at least so far. Every class has a few odd rows, also clean ones.
  private static let (far, fewest, aligned, disagreeing, farthest) = (2.5, 5, 0.7, 0.6, 4.0)
  /// Less far is enough for many rows whose like has other labels nearly without exception, as rows with a trigger in a layer have:
  /// parts of a clean class lie among rows of their own.
  private static let (many, nearlyAll, lessFar) = (20, 0.95, 3.0)
  private static let like = 5

  /// - Parameters:
  ///   - spaces: in which the rows are looked at: their own values, and a model's, each row after row.
  init(_ rows: TrainingRows, _ prepared: PreparedRows, _ spaces: [(values: [Float], width: Int)]) {
    var scores = [Double](repeating: 0, count: rows.count)
    var spectral = scores
    var groups: [SuspiciousGroup] = []
    for label in rows.classes.indices {
      let own = rows.labels.indices.filter { rows.labels[$0] == label }
      guard own.count >= 2 * Self.fewest else { continue }
      for (index, space) in spaces.enumerated() {
        let whitened = RobustWhitening(space.values, width: space.width, rows: own)
        let median = max(whitened.scores.sorted()[own.count / 2], 1e-9)
        for (place, row) in own.enumerated() {
          scores[row] = max(scores[row], whitened.scores[place] / median)
        }
        if index == spaces.count - 1 {
          let squares = RobustWhitening.spectral(space.values, width: space.width, rows: own)
          for (place, row) in own.enumerated() { spectral[row] = squares[place] }
        }
        if let group = Self.group(rows, prepared, own, label, whitened, median),
          !groups.contains(where: { $0.label == label && $0.rows.count >= group.rows.count })
        {
          groups.removeAll { $0.label == label }
          groups.append(group)
        }
      }
    }
    self.groups = groups.sorted { $0.distance > $1.distance }
    (self.scores, self.spectral) = (scores, spectral)
  }

  private static func group(
    _ rows: TrainingRows, _ prepared: PreparedRows, _ own: [Int], _ label: Int, _ whitened: RobustWhitening,
    _ median: Double
  ) -> SuspiciousGroup? {
    let far = own.indices.filter { whitened.scores[$0] > Self.far * median }
    guard far.count >= Self.fewest, 2 * far.count <= own.count else { return nil }
    let axes = whitened.axes
    // Rows that lie far in other directions than most do not belong to it.
    var members = far
    var alignment = 0.0
    for _ in 0..<3 {
      var direction = [Double](repeating: 0, count: axes)
      for place in members {
        for axis in 0..<axes {
          direction[axis] +=
            whitened.places[place * axes + axis] / whitened.scores[place] / Double(members.count)
        }
      }
      alignment = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard alignment > 0 else { return nil }
      members = far.filter { place in
        let product = (0..<axes).reduce(0.0) { $0 + whitened.places[place * axes + $1] * direction[$1] }
        return product / whitened.scores[place] / alignment > 0.5
      }
      guard members.count >= Self.fewest else { return nil }
    }
    let distance = members.map { whitened.scores[$0] }.sorted()[members.count / 2] / median
    let isFar = distance >= Self.farthest
    guard alignment >= Self.aligned, isFar || (members.count >= Self.many && distance >= Self.lessFar) else {
      return nil
    }
    members.sort { whitened.scores[$0] > whitened.scores[$1] }
    let found = members.map { own[$0] }
    let inside = Set(found)
    let outside = rows.labels.indices.filter { !inside.contains($0) }
    let near = Neighbours(
      prepared.values, width: prepared.width, rows: found, each: Self.like, among: outside)
    var others = [Int](repeating: 0, count: rows.classes.count)
    for index in found.indices { for row in near[index] { others[rows.labels[row]] += 1 } }
    let total = Double(others.reduce(0, +))
    let disagreement = 1 - Double(others[label]) / total
    guard disagreement >= (isFar ? Self.disagreeing : Self.nearlyAll) else { return nil }
    let trigger = Trigger(rows, found, near)
    let most = others.indices.filter { $0 != label }.max { others[$0] < others[$1] } ?? label
    // Where nearly all of their like is of one class, and nothing sticks out in a few places, labels were turned.
    let isTurned = Double(others[most]) > 0.8 * total && trigger?.box == nil
    return SuspiciousGroup(
      kind: isTurned ? .turnedLabels : .trigger, label: label, rows: found,
      distance: distance, alignment: alignment,
      disagreement: disagreement, trigger: isTurned ? nil : trigger)
  }
}

extension Trigger {
  /// Few features are at most this share of all.
  private static let few = 0.25

  /// What differs between the rows of a group and their like. Nil where nothing does always.
  init?(_ rows: TrainingRows, _ group: [Int], _ near: Neighbours) {
    let width = rows.width
    var (sums, squares) = ([Double](repeating: 0, count: width), [Double](repeating: 0, count: width))
    for (index, row) in group.enumerated() {
      let like = near[index]
      for feature in 0..<width {
        let mean = like.reduce(0.0) { $0 + Double(rows.values[$1 * width + feature]) } / Double(like.count)
        let difference = Double(rows.values[row * width + feature]) - mean
        sums[feature] += difference
        squares[feature] += difference * difference
      }
    }
    let count = Double(group.count)
    let means = sums.map { $0 / count }
    let deviations = zip(squares, means).map { (max(0, $0 / count - $1 * $1)).squareRoot() }
    // What differs by much, and always: more than twice its own spread.
    let scale = rows.shape != nil ? nil : Self.scales(rows)
    let sizes = means.indices.map { abs(means[$0]) / (scale?[$0] ?? 1) }
    let most = sizes.max() ?? 0
    guard most > 0 else { return nil }
    let found = means.indices.filter { sizes[$0] >= 0.4 * most && abs(means[$0]) > deviations[$0] }
    guard !found.isEmpty else { return nil }
    difference = means.map(Float.init)
    features = found.sorted { sizes[$0] > sizes[$1] }
    share = Double(found.count) / Double(width)
    guard let shape = rows.shape, shape.count >= 2, share <= Self.few else {
      box = nil
      return
    }
    let (height, across) = (shape[shape.count - 2], shape[shape.count - 1])
    let lines = found.map { $0 / across % height }
    let columns = found.map { $0 % across }
    let (rowRange, columnRange) = (lines.min()!...lines.max()!, columns.min()!...columns.max()!)
    let area = Double(rowRange.count * columnRange.count) / Double(height * across)
    box = area <= Self.few ? (rowRange, columnRange) : nil
  }

  private static func scales(_ rows: TrainingRows) -> [Double] {
    (0..<rows.width).map { feature in
      var (sum, squares) = (0.0, 0.0)
      for row in 0..<rows.count {
        let value = Double(rows.values[row * rows.width + feature])
        sum += value
        squares += value * value
      }
      let mean = sum / Double(rows.count)
      return max((max(0, squares / Double(rows.count) - mean * mean)).squareRoot(), 1e-9)
    }
  }
}
