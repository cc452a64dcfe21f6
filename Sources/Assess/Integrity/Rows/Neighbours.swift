// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Dispatch
import Synchronization

/// The nearest rows of each row.
struct Neighbours: Sendable {
  /// So many for each row, the nearest first.
  let each: Int
  private let places: [Int32]
  private let distances: [Float]

  /// - Parameters:
  ///   - values: row after row.
  ///   - among: for a row, whether another may be its neighbour; nil for all.
  init(
    _ values: [Float], width: Int, rows: [Int], each wanted: Int, among candidates: [Int]
  ) {
    let each = max(1, min(wanted, candidates.count - 1))
    self.each = each
    let made = Mutex(
      (
        places: [Int32](repeating: 0, count: rows.count * each),
        distances: [Float](repeating: 0, count: rows.count * each)
      )
    )
    let parts = 16
    DispatchQueue.concurrentPerform(iterations: parts) { part in
      let range = rows.count * part / parts..<rows.count * (part + 1) / parts
      guard !range.isEmpty else { return }
      var places: [Int32] = []
      var distances: [Float] = []
      var best = [(distance: Float, row: Int32)](repeating: (0, 0), count: each)
      for index in range {
        var filled = 0
        for other in candidates where other != rows[index] {
          let distance = Self.distance(values, width, rows[index], other)
          if filled == each, distance >= best[each - 1].distance { continue }
          var at = filled < each ? filled : each - 1
          while at > 0, best[at - 1].distance > distance {
            best[at] = best[at - 1]
            at -= 1
          }
          best[at] = (distance, Int32(other))
          filled = min(each, filled + 1)
        }
        places += best.map(\.row)
        distances += best.map { $0.distance.squareRoot() }
      }
      made.withLock { made in
        made.places.replaceSubrange(range.lowerBound * each..<range.upperBound * each, with: places)
        made.distances.replaceSubrange(range.lowerBound * each..<range.upperBound * each, with: distances)
      }
    }
    (places, distances) = made.withLock { $0 }
  }

  /// The neighbours of the row at this place in `rows`.
  subscript(index: Int) -> [Int] { places[index * each..<(index + 1) * each].map(Int.init) }
  func distances(_ index: Int) -> ArraySlice<Float> { distances[index * each..<(index + 1) * each] }

  /// The square.
  private static func distance(_ values: [Float], _ width: Int, _ a: Int, _ b: Int) -> Float {
    unsafe values.withUnsafeBufferPointer { values in
      let base = unsafe UnsafeRawPointer(values.baseAddress!)
      var sum = SIMD8<Float>()
      var index = 0
      while index + 8 <= width {
        let (left, right) = unsafe (
          base.loadUnaligned(fromByteOffset: 4 * (a * width + index), as: SIMD8<Float>.self),
          base.loadUnaligned(fromByteOffset: 4 * (b * width + index), as: SIMD8<Float>.self)
        )
        let difference = left - right
        sum += difference * difference
        index += 8
      }
      var total = sum.sum()
      while index < width {
        let difference = unsafe values[a * width + index] - values[b * width + index]
        total += difference * difference
        index += 1
      }
      return total
    }
  }
}
