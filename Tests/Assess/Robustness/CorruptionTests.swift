// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats
import MartletRobustness
import MartletRuntime
import Testing

/// What holds of every corruption, and what the random ones draw.
@Suite struct CorruptionTests {
  /// Pictures with slopes, a bright square, and black.
  static func pictures(_ count: Int = 1, channels: Int, height: Int, width: Int) throws -> Tensor {
    var values: [Float] = []
    for row in 0..<count {
      for channel in 0..<channels {
        for y in 0..<height {
          for x in 0..<width {
            let isSquare = abs(y - height / 2) < height / 4 && abs(x - width / 2) < width / 4
            let slope = Float(channel == 1 ? y : x) / Float(max(height, width))
            values.append(
              y < 2 ? 0 : isSquare ? 0.9 - 0.2 * Float(channel) : 0.1 + 0.5 * slope + 0.02 * Float(row))
          }
        }
      }
    }
    return try Tensor(float32: values, shape: [count, channels, height, width])
  }

  private static func flat(_ value: Float, side: Int) throws -> Tensor {
    try Tensor(float32: [Float](repeating: value, count: side * side), shape: [1, 1, side, side])
  }

  private static func change(_ inputs: Tensor, _ corruption: Corruption, _ severity: Int, seed: UInt64 = 1)
    throws -> Float
  {
    let (before, after) = (
      try inputs.array(of: Float.self),
      try corruption.applied(
        to: inputs, rows: Array(0..<inputs.shape[0]), severity: severity, seed: seed
      ).flatMap { $0 }
    )
    return zip(before, after).reduce(0) { $0 + abs($1.0 - $1.1) } / Float(before.count)
  }

  @Test(arguments: Corruption.allCases) func staysAPicture(_ corruption: Corruption) throws {
    for (channels, height, width) in [(1, 8, 8), (3, 8, 8), (3, 9, 14), (1, 28, 28)] {
      let inputs = try Self.pictures(channels: channels, height: height, width: width)
      for severity in Corruption.severities {
        let made = try corruption.applied(to: inputs, rows: [0], severity: severity, seed: 3)[0]
        #expect(made.count == inputs.count)
        #expect(
          made.allSatisfy { $0 >= 0 && $0 <= 1 }, "\(channels) x \(height) x \(width), severity \(severity)")
      }
    }
  }

  /// Black pictures are where means, ratios and ranges are zero.
  @Test(arguments: Corruption.allCases) func worksOnBlack(_ corruption: Corruption) throws {
    let made = try corruption.applied(to: Self.flat(0, side: 12), rows: [0], severity: 5, seed: 0)[0]
    #expect(made.allSatisfy { $0 >= 0 && $0 <= 1 })
  }

  @Test(arguments: Corruption.allCases) func worksOnLargePictures(_ corruption: Corruption) throws {
    let inputs = try Self.pictures(channels: 1, height: 65, width: 68)
    let made = try corruption.applied(to: inputs, rows: [0], severity: 4, seed: 3)[0]
    #expect(made.allSatisfy { $0 >= 0 && $0 <= 1 })
  }

  @Test(arguments: Corruption.allCases) func dependsOnSeedAndRowAlone(_ corruption: Corruption) throws {
    let inputs = try Self.pictures(3, channels: 3, height: 10, width: 12)
    func made(_ rows: [Int], seed: UInt64) throws -> [[Float]] {
      try corruption.applied(to: inputs, rows: rows, severity: 5, seed: seed)
    }
    let all = try made([0, 1, 2], seed: 7)
    #expect(try made([2, 0], seed: 7) == [all[2], all[0]])
    let drawsNothing: Set<Corruption> = [
      .defocusBlur, .zoomBlur, .gaussianBlur, .brightness, .contrast, .pixelate, .jpegCompression, .saturate,
    ]
    #expect(try (made([0, 1, 2], seed: 8) == all) == drawsNothing.contains(corruption))
  }

  /// The constants of the others are no order: frost, for one, dims what it covers.
  @Test(arguments: [
    Corruption.gaussianNoise, .shotNoise, .impulseNoise, .speckleNoise, .defocusBlur, .zoomBlur,
    .gaussianBlur, .fog,
    .brightness, .contrast, .jpegCompression,
  ]) func changesMoreWithSeverity(_ corruption: Corruption) throws {
    let inputs = try Self.pictures(4, channels: 3, height: 32, width: 32)
    let changes = try Corruption.severities.map { try Self.change(inputs, corruption, $0) }
    #expect(zip(changes, changes.dropFirst()).allSatisfy { $0 < $1 }, "\(changes)")
  }

  /// Each against the distribution it draws from, on one grey level.
  @Test func noiseHasTheRightSpread() throws {
    func spread(_ corruption: Corruption, _ severity: Int) throws -> (mean: Float, deviation: Float) {
      let values = try corruption.applied(
        to: Self.flat(0.5, side: 64), rows: [0], severity: severity, seed: 5)[0]
      let mean = values.reduce(0, +) / Float(values.count)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(values.count)
      return (mean, variance.squareRoot())
    }
    for (corruption, severity, deviation) in [
      (Corruption.gaussianNoise, 1, Float(0.04)), (.gaussianNoise, 5, 0.1), (.speckleNoise, 5, 0.5 * 0.2),
      (.shotNoise, 1, (0.5 / 500 as Float).squareRoot()), (.shotNoise, 5, (0.5 / 50 as Float).squareRoot()),
      (.impulseNoise, 5, (0.07 * 0.25 as Float).squareRoot()),
    ] {
      let seen = try spread(corruption, severity)
      // Five standard errors of 4,096 draws; of impulses, of whose number there are few.
      #expect(abs(seen.mean - 0.5) < 5 * deviation / 64, "\(corruption) \(severity): \(seen)")
      #expect(
        abs(seen.deviation / deviation - 1) < (corruption == .impulseNoise ? 0.15 : 0.06),
        "\(corruption): \(seen)")
    }
  }

  @Test func channelsMayStandLast() throws {
    let first = try Self.pictures(2, channels: 3, height: 9, width: 10)
    let values = try first.array(of: Float.self)
    func turned(_ picture: ArraySlice<Float>) -> [Float] {
      let all = Array(picture)
      return (0..<90).flatMap { at in (0..<3).map { all[$0 * 90 + at] } }
    }
    let last = try Tensor(
      float32: turned(values[..<270]) + turned(values[270...]), shape: [2, 9, 10, 3])
    for corruption in [Corruption.gaussianNoise, .snow, .jpegCompression] {
      let wanted = try corruption.applied(to: first, rows: [1], severity: 3, seed: 0)[0]
      #expect(
        try corruption.applied(to: last, rows: [1], severity: 3, seed: 0)[0]
          == turned(wanted[...]))
    }
  }

  @Test(arguments: [
    ([1, 64], Float(0.5), "[64]"), ([1, 2, 8, 8], 0.5, "[2, 8, 8]"), ([1, 1, 7, 9], 0.5, "7 by 9"),
    ([1, 8, 8], 1.5, "1.5 at example 0"), ([1, 8, 8], -0.1, "-0.1"), ([1, 8, 8], .nan, "nan"),
  ]) func refusesWhatIsNoPicture(_ shape: [Int], _ value: Float, _ words: String) throws {
    let inputs = try Tensor(float32: [Float](repeating: value, count: shape.reduce(1, *)), shape: shape)
    let error = try #require(throws: RobustnessError.self) {
      try Corruption.fog.applied(to: inputs, rows: [0], severity: 1, seed: 0)
    }
    #expect("\(error)".contains(words))
  }
}
