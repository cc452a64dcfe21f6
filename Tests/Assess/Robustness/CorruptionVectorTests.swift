// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats
import MartletRobustness
import MartletRuntime
import Testing

/// Corruptions that draw nothing, beside what the libraries of the reference make of the same pictures
/// (`Tests/Assess/Vectors/corruptions.py`).
@Suite struct CorruptionVectorTests {
  private static let path = "Tests/Assess/Vectors/corruptions.npz"

  private static func worstDifference(_ size: String, _ corruption: Corruption, _ severity: Int) throws
    -> Float
  {
    let picture = try Example.array(size, of: path)
    let wanted = try Example.array("\(size)-\(corruption.rawValue)-\(severity)", of: path)
    let inputs = try Tensor(float32: picture.float32().map { $0 / 255 }, shape: [1] + picture.shape)
    let made = try corruption.applied(to: inputs, rows: [0], severity: severity, seed: 0)[0]
    let scale: Float = wanted.descr.itemSize == 1 ? 255 : 65_535
    return zip(made, try wanted.float32()).reduce(0) { max($0, abs($1.0 - $1.1 / scale)) }
  }

  /// To the 16 bits that the vectors have.
  @Test(arguments: [Corruption.gaussianBlur, .defocusBlur, .zoomBlur, .brightness, .contrast])
  func agreesWithTheLibraries(_ corruption: Corruption) throws {
    for severity in 1...5 { #expect(try Self.worstDifference("small", corruption, severity) < 3e-5) }
    for severity in [1, 2, 5] { #expect(try Self.worstDifference("large", corruption, severity) < 3e-5) }
  }

  @Test func saturatesAsScikitImage() throws {
    for severity in 1...5 { #expect(try Self.worstDifference("small", .saturate, severity) < 3e-5) }
  }

  /// Pillow rounds to 256 levels after each of four passes.
  @Test func pixelatesAsPillow() throws {
    for severity in 1...5 { #expect(try Self.worstDifference("small", .pixelate, severity) < 1.01 / 255) }
    for severity in [1, 2, 5] { #expect(try Self.worstDifference("large", .pixelate, severity) < 1.01 / 255) }
  }

  /// The very same levels, also for sides that are no multiple of a block.
  @Test func compressesAsPillow() throws {
    for severity in 1...5 { #expect(try Self.worstDifference("small", .jpegCompression, severity) < 1e-6) }
    for severity in [1, 2, 5] {
      #expect(try Self.worstDifference("large", .jpegCompression, severity) < 1e-6)
    }
    for severity in [1, 5] { #expect(try Self.worstDifference("colour", .jpegCompression, severity) < 1e-6) }
  }
}
