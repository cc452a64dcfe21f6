// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// A picture in memory: one plane of grey, or red, green and blue.
struct Raster: Equatable, Sendable {
  var planes: [Plane]

  var height: Int { planes[0].height }
  var width: Int { planes[0].width }
  var isGrey: Bool { planes.count == 1 }
  /// All channels, one after the other.
  var values: [Float] { planes.flatMap(\.values) }

  func mapPlanes(_ body: (Plane) -> Plane) -> Raster { Raster(planes: planes.map(body)) }
  func map(_ body: (Float) -> Float) -> Raster { mapPlanes { $0.map(body) } }

  /// How bright each pixel is (ITU-R BT.601).
  var luma: Plane {
    guard !isGrey else { return planes[0] }
    return Plane(height: height, width: width) { y, x in
      let at = y * width + x
      return Self.luma(planes[0].values[at], planes[1].values[at], planes[2].values[at])
    }
  }

  static func luma(_ red: Float, _ green: Float, _ blue: Float) -> Float {
    0.299 * red + 0.587 * green + 0.114 * blue
  }

  /// A colour in the channels that this picture has.
  func channels(of colour: (red: Float, green: Float, blue: Float)) -> [Float] {
    isGrey
      ? [Self.luma(colour.red, colour.green, colour.blue)] : [colour.red, colour.green, colour.blue]
  }

  /// Changes each pixel as a whole: its one or three channels.
  func mapPixels(_ body: (inout [Float]) -> Void) -> Raster {
    var result = self
    var pixel = [Float](repeating: 0, count: planes.count)
    for at in planes[0].values.indices {
      for channel in planes.indices { pixel[channel] = planes[channel].values[at] }
      body(&pixel)
      for channel in planes.indices { result.planes[channel].values[at] = pixel[channel] }
    }
    return result
  }
}
