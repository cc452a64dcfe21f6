// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletRuntime

/// Examples that are pictures: values from 0 to 1 of one or three channels.
struct PictureSet: Sendable {
  /// The order of a picture's values.
  private enum Layout { case channelsFirst, channelsLast }

  /// The shortest side that all corruptions can work on, in pixels.
  static let shortestSide = 8

  private let values: [Float]
  private let layout: Layout
  /// Of one example, as in the data.
  let shape: [Int]
  let channels: Int
  let height: Int
  let width: Int
  var count: Int { values.count / (channels * height * width) }

  /// Takes `[N, C, H, W]` and `[N, H, W]`, and `[N, H, W, C]` where the second dimension is neither 1 nor 3.
  /// - Throws: ``RobustnessError/notPictures(reason:)`` and ``RobustnessError/inputType(found:)``.
  init(_ inputs: Tensor) throws(RobustnessError) {
    guard inputs.type == .float32 else { throw .inputType(found: inputs.type.description) }
    shape = Array(inputs.shape.dropFirst())
    switch (shape.count, shape.first, shape.last) {
    case (2, _, _): (layout, channels, height, width) = (.channelsFirst, 1, shape[0], shape[1])
    case (3, 1, _), (3, 3, _):
      (layout, channels, height, width) = (.channelsFirst, shape[0], shape[1], shape[2])
    case (3, _, 1), (3, _, 3):
      (layout, channels, height, width) = (.channelsLast, shape[2], shape[0], shape[1])
    default: throw .notPictures(reason: "examples of the shape \(shape)")
    }
    guard min(height, width) >= Self.shortestSide else {
      throw .notPictures(
        reason:
          "pictures of \(height) by \(width) pixels, where \(Self.shortestSide) by \(Self.shortestSide) are needed"
      )
    }
    values = try running { () throws(RuntimeError) in try inputs.array(of: Float.self) }
    if let at = values.firstIndex(where: { !($0 >= 0 && $0 <= 1) }) {
      throw .notPictures(reason: "the value \(values[at]) at example \(at / (channels * height * width))")
    }
  }

  subscript(row: Int) -> Raster {
    let area = height * width
    let first = row * channels * area
    return Raster(
      planes: (0..<channels).map { channel in
        let picked =
          layout == .channelsFirst
          ? Array(values[first + channel * area..<first + (channel + 1) * area])
          : (0..<area).map { values[first + $0 * channels + channel] }
        return Plane(height: height, width: width, values: picked)
      })
  }

  /// A picture's values in the order that the data have.
  func flattened(_ picture: Raster) -> [Float] {
    guard layout == .channelsLast else { return picture.values }
    return (0..<height * width).flatMap { at in picture.planes.map { $0.values[at] } }
  }
}
