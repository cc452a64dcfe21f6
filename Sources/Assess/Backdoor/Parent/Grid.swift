// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Whether numbers were rounded to a grid.
enum Grid {
  /// The steps of grids that are looked for, from the middle to the end.
  private static let halves = [127.0, 128, 7, 8, 1]
  private static let fewest = 64

  /// - Returns: how many steps the grid has, of the whole tensor or of each row or column of its own; nil where the new numbers are on
  ///   none, or are not the old ones rounded.
  static func steps(old: [Double], new: [Double], shape: [Int]) -> Int? {
    guard new.count >= fewest else { return nil }
    let rows = shape.first ?? 1
    let inner = new.count / max(1, rows)
    let columns = shape.last ?? 1
    let groups: [(count: Int, of: (Int) -> Int)] = [
      (1, { _ in 0 }), (rows, { $0 / inner }), (columns, { $0 % columns }),
    ]
    for half in halves {
      for group in groups where new.count >= 8 * group.count {
        var most = [Double](repeating: 0, count: group.count)
        for (place, value) in new.enumerated() {
          most[group.of(place)] = max(most[group.of(place)], abs(value))
        }
        let isOn = new.indices.allSatisfy { place in
          let step = most[group.of(place)] / half
          guard step > 0 else { return new[place] == 0 }
          let steps = new[place] / step
          return abs(steps - steps.rounded()) < 1e-3 && abs(new[place] - old[place]) <= 0.75 * step
        }
        if isOn { return 2 * Int(half) + 1 }
      }
    }
    return nil
  }
}
