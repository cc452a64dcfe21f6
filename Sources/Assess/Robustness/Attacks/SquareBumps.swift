// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// The changes of ``Square`` in L2 (section 3.3 of the paper): bumps of which one half raises and the other lowers the image, all
/// length of the ball always used. Each step takes the length that one window has and gives it to a new bump in another.
enum SquareBumps {
  /// Bumps side by side over the whole image.
  static func start(
    around center: [Float], _ radius: Float, _ grid: Square.Grid, _ random: CounterRandom, row: Int
  ) -> [Float] {
    var change = [Float](repeating: 0, count: center.count)
    let side = max(1, min(grid.height, grid.width) / 5)
    var draw = 0
    for top in stride(
      from: (grid.height - side * (grid.height / side)) / 2, through: grid.height - side, by: side)
    {
      for left in stride(
        from: (grid.width - side * (grid.width / side)) / 2, through: grid.width - side, by: side)
      {
        let bump = bump(side, isTurned: random.symmetric(row, draw) < 0)
        for channel in 0..<grid.channels {
          draw += 1
          let sign: Float = random.symmetric(row, draw) < 0 ? -1 : 1
          var place = 0
          grid.each(channel, top, left, side) {
            change[$0] += sign * bump[place]
            place += 1
          }
        }
        draw += 1
      }
    }
    return full(change, around: center, radius)
  }

  static func change(
    _ point: [Float], around center: [Float], _ radius: Float, part: Float, _ grid: Square.Grid,
    _ random: CounterRandom, row: Int
  ) -> [Float] {
    var change = zip(point, center).map { $0 - $1 }
    let odd = grid.side(of: part, atLeast: 3) | 1
    let side = odd > min(grid.height, grid.width) ? odd - 2 : odd
    let (top, left) = (grid.top(side, random, row, 0), grid.left(side, random, row, 1))
    let (fromTop, fromLeft) = (grid.top(side, random, row, 2), grid.left(side, random, row, 3))
    let used = length(change.indices.map { $0 }, change)
    // What the two windows have of the length, and what is not used at all.
    var inWindows: Set<Int> = []
    for channel in 0..<grid.channels {
      grid.each(channel, top, left, side) { inWindows.insert($0) }
      grid.each(channel, fromTop, fromLeft, side) { inWindows.insert($0) }
    }
    let both = length(inWindows.sorted(), change)
    let free = max(0, radius * radius - used * used) / Float(grid.channels)
    let wanted = (free + both * both).squareRoot()
    let bump = bump(side, isTurned: random.symmetric(row, 4) < 0)
    var made: [(place: Int, value: Float)] = []
    for channel in 0..<grid.channels {
      var places: [Int] = []
      grid.each(channel, top, left, side) { places.append($0) }
      let old = length(places, change) + 1e-12
      let sign: Float = random.symmetric(row, 5 + channel) < 0 ? -1 : 1
      var values = zip(places, bump).map { sign * $1 + change[$0] / old }
      let size = values.reduce(0) { $0 + $1 * $1 }.squareRoot() + 1e-12
      for index in values.indices { values[index] *= wanted / size }
      made += zip(places, values).map { (place: $0, value: $1) }
    }
    for channel in 0..<grid.channels { grid.each(channel, fromTop, fromLeft, side) { change[$0] = 0 } }
    for (place, value) in made { change[place] = value }
    return full(change, around: center, radius)
  }

  /// The change at the full length of the ball, in the box.
  private static func full(_ change: [Float], around center: [Float], _ radius: Float) -> [Float] {
    let factor = radius / (length(change.indices.map { $0 }, change) + 1e-12)
    return zip(center, change).map { max(0, min(1, $0 + $1 * factor)) }
  }

  private static func length(_ places: [Int], _ change: [Float]) -> Float {
    places.reduce(Float(0)) { $0 + change[$1] * change[$1] }.squareRoot()
  }

  /// A square of length 1, row by row: a hill in its upper half and a hollow in its lower, or left and right.
  private static func bump(_ side: Int, isTurned: Bool) -> [Float] {
    let upper = side / 2
    let values = hill(upper, side) + hill(side - upper, side).map { -$0 }
    let size = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let bump = values.map { $0 / size }
    guard isTurned else { return bump }
    return (0..<side * side).map { bump[$0 % side * side + $0 / side] }
  }

  /// Rectangles around the middle, each larger and lower by the square of its number, at the length 1.
  private static func hill(_ height: Int, _ width: Int) -> [Float] {
    guard height > 0 else { return [] }
    var hill = [Float](repeating: 0, count: height * width)
    let (middleY, middleX) = (height / 2, width / 2)
    for ring in 0..<max(height / 2, width / 2) + 1 {
      let value = 1 / Float((ring + 1) * (ring + 1))
      for y in max(0, middleY - ring)..<min(height, middleY + ring + 1) {
        for x in max(0, middleX - ring)..<min(width, middleX + ring + 1) { hill[y * width + x] += value }
      }
    }
    let size = hill.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return hill.map { $0 / size }
  }
}
