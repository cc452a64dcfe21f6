// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Dispatch
import Foundation
package import MartletRuntime
import Synchronization

extension Corruption {
  /// - Throws: ``RobustnessError`` for what is no picture.
  package static func check(_ inputs: Tensor) throws(RobustnessError) { _ = try PictureSet(inputs) }

  /// Some pictures as the corruption leaves them.
  /// - Parameter rows: which; what is drawn at random depends on the row.
  /// - Throws: ``RobustnessError``.
  package func applied(
    to inputs: Tensor, rows: [Int], severity: Int, seed: UInt64
  ) throws(RobustnessError) -> [[Float]] {
    let pictures = try PictureSet(inputs)
    return rows.map {
      pictures.flattened(applied(to: pictures[$0], severity: severity, seed: seed, row: $0))
    }
  }
}

extension Assessment {
  /// Measures how often the classifier is right about corrupted pictures. The inputs must be pictures: values from 0 to 1,
  /// `[N, C, H, W]`, `[N, H, W, C]` or `[N, H, W]`, of one or three channels and at least eight pixels a side.
  /// - Throws: ``RobustnessError``.
  package func run(
    _ order: CorruptionOrder, _ progress: (CorruptionProgress) -> Void = { _ in }
  ) throws(RobustnessError) -> CorruptionReport {
    let pictures = try PictureSet(inputs)
    let clock = ContinuousClock()
    let begin = clock.now
    func isOver() -> Bool { order.seconds.map { (clock.now - begin) / .seconds(1) > $0 } ?? false }
    let kept = order.corruptions.filter { pictures.channels > 1 || $0.changesGrey }
    let (severities, rows) = (order.severities.sorted(), pictures.count)
    let total = (kept.count * severities.count + 1) * rows
    let clean = try cleanOutcomes { progress(.init(corruption: nil, done: $0.done, total: total)) }
    var cells: [CorruptionReport.Cell] = []
    measuring: for corruption in kept {
      for severity in severities {
        var (right, change) = (0, 0.0)
        var fooled: [CorruptionReport.Fooled] = []
        for first in stride(from: 0, to: rows, by: batch) {
          if isOver() { break measuring }
          progress(.init(corruption: corruption, done: (cells.count + 1) * rows + first, total: total))
          let part = Array(first..<min(first + batch, rows))
          let made = Self.corrupted(part, of: pictures, cores: sharing.cores) {
            corruption.applied(to: $1, severity: severity, seed: order.seed, row: $0)
          }
          // One after the other, so that the batches leave no trace in the sum.
          change = made.reduce(change) { $0 + $1.change }
          let tensor = try tensor(of: made.map(\.values))
          for (row, answer) in zip(part, try classifier.classes(of: tensor)) {
            if answer == labels[row] {
              right += 1
            } else if clean[row] {
              fooled.append(.init(row: row, answer: answer))
            }
          }
        }
        cells.append(
          .init(
            corruption: corruption, severity: severity, right: Proportion(right, of: rows),
            change: change / Double(rows),
            fooled: fooled))
      }
    }
    progress(.init(corruption: nil, done: total, total: total))
    return CorruptionReport(
      order: order, clean: Proportion(clean.count { $0 }, of: clean.count), cells: cells,
      leftOut: order.corruptions.filter { !kept.contains($0) }, answeredBy: classifier.output,
      height: pictures.height,
      width: pictures.width, channels: pictures.channels,
      isComplete: cells.count == kept.count * severities.count,
      seconds: (clock.now - begin) / .seconds(1))
  }

  /// Each picture of a batch on whichever core is free.
  private static func corrupted(
    _ rows: [Int], of pictures: PictureSet, cores: Int, _ corruption: @Sendable (Int, Raster) -> Raster
  ) -> [(values: [Float], change: Double)] {
    let made = Mutex<[(values: [Float], change: Double)]>(Array(repeating: ([], 0), count: rows.count))
    let next = Atomic<Int>(0)
    let workers = max(1, min(cores, rows.count))
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while true {
        let place = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard place < rows.count else { return }
        let before = pictures[rows[place]]
        let after = corruption(rows[place], before)
        let moved = zip(before.values, after.values).reduce(0) { $0 + Double(abs($1.0 - $1.1)) }
        let entry = (
          pictures.flattened(after), moved / Double(pictures.channels * pictures.height * pictures.width)
        )
        made.withLock { $0[place] = entry }
      }
    }
    return made.withLock { $0 }
  }
}
