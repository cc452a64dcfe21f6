// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Eight by eight samples or coefficients, and the cosine transform between them in whole numbers of 13 bits behind the point
/// (Loeffler, Ligtenberg and Moschytz 1989), rounded where libjpeg's accurate one rounds.
struct JPEGBlock {
  private var values = [Int32](repeating: 0, count: 64)

  subscript(y: Int, x: Int) -> Int32 {
    get { values[8 * y + x] }
    set { values[8 * y + x] = newValue }
  }

  /// Samples to coefficients that are eight times too large.
  mutating func transform() {
    for y in 0..<8 { forward(start: 8 * y, step: 1, shift: 11) }
    for x in 0..<8 { forward(start: x, step: 8, shift: 15) }
  }

  /// Coefficients to the nearest multiples of the table's, and to their own size.
  mutating func quantise(_ table: Quantisation) {
    for index in values.indices {
      let (step, size) = (table.steps[index], abs(values[index]))
      let level = (size + 4 * step) / (8 * step)
      values[index] = values[index] < 0 ? -level * step : level * step
    }
  }

  /// Coefficients to samples.
  mutating func invert() {
    for x in 0..<8 { inverse(start: x, step: 8, shift: 11) }
    for y in 0..<8 { inverse(start: 8 * y, step: 1, shift: 18) }
  }

  private static func rounded(_ value: Int32, _ shift: Int32) -> Int32 { (value + 1 << (shift - 1)) >> shift }

  private mutating func forward(start: Int, step: Int, shift: Int32) {
    func value(_ index: Int) -> Int32 { values[start + step * index] }
    let sums = (value(0) + value(7), value(1) + value(6), value(2) + value(5), value(3) + value(4))
    let odd = Self.odd(value(3) - value(4), value(2) - value(5), value(1) - value(6), value(0) - value(7))
    let (outer, inner) = (sums.0 + sums.3, sums.1 + sums.2)
    let (high, low) = (sums.1 - sums.2, sums.0 - sums.3)
    let turned = (high + low) * 4433
    let results = (
      (outer + inner) << 13, odd.3, turned + low * 6270, odd.2, (outer - inner) << 13, odd.1,
      turned - high * 15137,
      odd.0
    )
    store(results, start, step, shift)
  }

  private mutating func inverse(start: Int, step: Int, shift: Int32) {
    func value(_ index: Int) -> Int32 { values[start + step * index] }
    let turned = (value(2) + value(6)) * 4433
    let (second, third) = (turned - value(6) * 15137, turned + value(2) * 6270)
    let (sum, difference) = ((value(0) + value(4)) << 13, (value(0) - value(4)) << 13)
    let even = (sum + third, difference + second, difference - second, sum - third)
    let odd = Self.odd(value(7), value(5), value(3), value(1))
    let results = (
      even.0 + odd.3, even.1 + odd.2, even.2 + odd.1, even.3 + odd.0, even.3 - odd.0, even.2 - odd.1,
      even.1 - odd.2,
      even.0 - odd.3
    )
    store(results, start, step, shift)
  }

  private mutating func store(
    _ results: (Int32, Int32, Int32, Int32, Int32, Int32, Int32, Int32), _ start: Int, _ step: Int,
    _ shift: Int32
  ) {
    values[start] = Self.rounded(results.0, shift)
    values[start + step] = Self.rounded(results.1, shift)
    values[start + 2 * step] = Self.rounded(results.2, shift)
    values[start + 3 * step] = Self.rounded(results.3, shift)
    values[start + 4 * step] = Self.rounded(results.4, shift)
    values[start + 5 * step] = Self.rounded(results.5, shift)
    values[start + 6 * step] = Self.rounded(results.6, shift)
    values[start + 7 * step] = Self.rounded(results.7, shift)
  }

  /// The rotations that both directions share.
  private static func odd(_ a: Int32, _ b: Int32, _ c: Int32, _ d: Int32) -> (Int32, Int32, Int32, Int32) {
    let (ad, bc) = ((a + d) * -7373, (b + c) * -20995)
    let common = (a + b + c + d) * 9633
    let (ac, bd) = (common + (a + c) * -16069, common + (b + d) * -3196)
    return (a * 2446 + ad + ac, b * 16819 + bc + bd, c * 25172 + bc + ac, d * 12299 + ad + bd)
  }
}

/// What coefficients are rounded to multiples of.
struct Quantisation: Sendable {
  let steps: [Int32]

  /// - Parameters:
  ///   - base: the table for the quality 50, row by row.
  ///   - quality: from 1 to 100, as libjpeg counts it.
  init(base: [Int32], quality: Int) {
    let percent = Int32(quality < 50 ? 5000 / quality : 200 - 2 * quality)
    steps = base.map { min(max(($0 * percent + 50) / 100, 1), 255) }
  }

  /// ITU-T T.81, table K.1.
  static let luminance: [Int32] = [
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17,
    22, 29, 51,
    87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121,
    120, 101,
    72, 92, 95, 98, 112, 100, 103, 99,
  ]

  /// ITU-T T.81, table K.2.
  static let chrominance: [Int32] = [
    17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66,
    99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99,
    99, 99, 99, 99, 99, 99,
  ]
}

/// Red, green and blue as brightness and two differences of colour, and back (ITU-T T.871), in 16 bits behind the point.
enum JPEGColour {
  private static let half: Int32 = 1 << 15

  static func separated(_ levels: [Samples]) -> (luma: Samples, blue: Samples, red: Samples) {
    let (red, green, blue) = (levels[0].values, levels[1].values, levels[2].values)
    func component(_ r: Int32, _ g: Int32, _ b: Int32, _ added: Int32) -> Samples {
      Samples(
        height: levels[0].height, width: levels[0].width,
        values: red.indices.map { (r * red[$0] + g * green[$0] + b * blue[$0] + added) >> 16 })
    }
    // Half less one, so that the largest difference stays at 255.
    let middle = 128 << 16 + half - 1
    return (
      component(19595, 38470, 7471, half), component(-11059, -21709, 32768, middle),
      component(32768, -27439, -5329, middle)
    )
  }

  static func joined(_ luma: Samples, _ blue: Samples, _ red: Samples) -> [Samples] {
    func channel(_ value: (_ blue: Int32, _ red: Int32) -> Int32) -> Samples {
      Samples(
        height: luma.height, width: luma.width,
        values: luma.values.indices.map {
          min(max(luma.values[$0] + value(blue.values[$0] - 128, red.values[$0] - 128) >> 16, 0), 255)
        })
    }
    return [
      channel { _, red in 91881 * red + half }, channel { blue, red in -22554 * blue - 46802 * red + half },
      channel { blue, _ in 116130 * blue + half },
    ]
  }
}
