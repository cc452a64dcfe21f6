// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletTables

/// Makes changes that fool a model as small as they can be made: what is not needed goes back to what it was, then all numbers come
/// nearer together, and then each alone. Every row on the way is allowed, and the model is wrong about it.
struct CheapestChange {
  let space: TableSpace
  let model: AttackModel

  /// One row that fools the model.
  struct Change {
    let label: Int64
    let origin: TableRow
    var row: TableRow
    var size: Size
    /// Parts that are tried together.
    fileprivate var block = 0
    fileprivate var place = 0
    fileprivate var parts: [TableSchema.Part] = []
  }

  /// The distance, and between equals the sum over all that was changed: in the maximum norm the smaller changes do not count.
  struct Size: Comparable {
    let distance: Double
    let sum: Double

    static func < (left: Size, right: Size) -> Bool {
      (left.distance, left.sum) < (right.distance, right.sum)
    }
  }

  /// Questions for each row at most in each of the three ways.
  private static let mostQuestions = 400
  /// The model must be wrong by more than rounding: by this part of its largest score.
  private static let clearly: Float = 1e-4

  func change(_ values: [Float], from origin: [Float], label: Int64) -> Change {
    let (row, origin) = (space.row(values), space.row(origin))
    return Change(label: label, origin: origin, row: row, size: size(row, origin))
  }

  private func size(_ row: TableRow, _ origin: TableRow) -> Size {
    Size(
      distance: space.distance(row.raw, origin.raw),
      sum: space.schema.parts.reduce(0) { $0 + space.size(of: $1, row.raw, origin.raw) })
  }

  func shrink(_ changes: inout [Change], isOver: () -> Bool) throws(RobustnessError) {
    for _ in 0..<2 {
      let before = changes.map(\.size)
      try dropParts(&changes, isOver)
      try bisect(&changes, isOver)
      try bisectParts(&changes, isOver)
      if isOver() || changes.map(\.size) == before { return }
    }
  }

  /// Sets blocks of parts back, the largest changes first, in halves, quarters and so on down to single ones.
  private func dropParts(_ changes: inout [Change], _ isOver: () -> Bool) throws(RobustnessError) {
    for index in changes.indices {
      changes[index].parts = changed(changes[index])
      changes[index].block = max(1, changes[index].parts.count / 2)
      changes[index].place = 0
    }
    for _ in 0..<Self.mostQuestions {
      if isOver() { return }
      let tried = try attempt(&changes) { change in
        guard change.place < change.parts.count else { return nil }
        var raw = change.row.raw
        let end = min(change.place + change.block, change.parts.count)
        for part in change.parts[change.place..<end] { space.copy(part, from: change.origin.raw, to: &raw) }
        change.place = end
        if end == change.parts.count, change.block > 1 {
          (change.block, change.place) = (change.block / 2, 0)
        }
        return raw
      }
      if !tried { return }
    }
  }

  /// Brings all numbers nearer to the example in the same proportion.
  private func bisect(_ changes: inout [Change], _ isOver: () -> Bool) throws(RobustnessError) {
    let starts = changes.map(\.row.raw)
    var ranges = changes.map { _ in (low: 0.0, high: 1.0) }
    for _ in 0..<10 {
      if isOver() { return }
      let before = changes.map(\.size)
      var index = -1
      _ = try attempt(&changes) { change in
        index += 1
        let part = (ranges[index].low + ranges[index].high) / 2
        return blended(starts[index], change.origin.raw, part)
      }
      for index in changes.indices {
        let middle = (ranges[index].low + ranges[index].high) / 2
        if changes[index].size < before[index] {
          ranges[index].high = middle
        } else {
          ranges[index].low = middle
        }
      }
    }
  }

  /// Brings one number after the other nearer, each by halves.
  private func bisectParts(_ changes: inout [Change], _ isOver: () -> Bool) throws(RobustnessError) {
    let parts = changes.map { change in changed(change).filter { !space.isDiscrete($0) } }
    let most = min(parts.map(\.count).max() ?? 0, Self.mostQuestions / 8)
    for number in 0..<most {
      let starts = changes.map(\.row.raw)
      var ranges = changes.map { _ in (low: 0.0, high: 1.0) }
      for _ in 0..<8 {
        if isOver() { return }
        let before = changes.map(\.size)
        var index = -1
        _ = try attempt(&changes) { change in
          index += 1
          guard number < parts[index].count, case .feature(let feature) = parts[index][number] else {
            return nil
          }
          var raw = change.row.raw
          let (from, to) = (change.origin.raw[feature], starts[index][feature])
          raw[feature] = from + (ranges[index].low + ranges[index].high) / 2 * (to - from)
          return raw
        }
        for index in changes.indices {
          let middle = (ranges[index].low + ranges[index].high) / 2
          if changes[index].size < before[index] {
            ranges[index].high = middle
          } else {
            ranges[index].low = middle
          }
        }
      }
    }
  }

  private func blended(_ row: [Double], _ origin: [Double], _ part: Double) -> [Double] {
    row.indices.map {
      space.schema.features[$0].isDiscrete ? row[$0] : origin[$0] + part * (row[$0] - origin[$0])
    }
  }

  /// The parts that were changed, the largest changes first.
  private func changed(_ change: Change) -> [TableSchema.Part] {
    space.schema.parts.map { (part: $0, size: space.size(of: $0, change.row.raw, change.origin.raw)) }
      .filter { $0.size > 0 }.sorted { $0.size > $1.size }.map(\.part)
  }

  /// Tries one row for each change, and keeps those that are allowed, nearer, and fool the model.
  /// - Parameter propose: a raw row; nil where there is nothing more to try.
  /// - Returns: whether anything was proposed.
  private func attempt(
    _ changes: inout [Change], _ propose: (inout Change) -> [Double]?
  ) throws(RobustnessError) -> Bool {
    var tried = false
    var open: [(index: Int, row: TableRow, size: Size)] = []
    for index in changes.indices {
      guard let raw = propose(&changes[index]) else { continue }
      tried = true
      let change = changes[index]
      guard let row = space.attempt(raw, 1, change.origin) else { continue }
      let size = size(row, change.origin)
      if size < change.size { open.append((index, row, size)) }
    }
    guard !open.isEmpty else { return tried }
    let logits = try model.logits(open.flatMap { $0.row.values }, count: open.count)
    for (place, found) in open.enumerated() {
      let scores = logits[place * model.classCount..<(place + 1) * model.classCount]
      let size = scores.reduce(0) { max($0, abs($1)) }
      guard let margin = model.margin(logits, at: place, label: changes[found.index].label),
        margin < -Self.clearly * size
      else { continue }
      (changes[found.index].row, changes[found.index].size) = (found.row, found.size)
    }
    return tried
  }
}
