// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What saving a picture as JPEG and reading it again leaves of it (ITU-T T.81), to the last bit as libjpeg-turbo and Pillow
/// do it: baseline, tables of annex K, colours at half the resolution. Entropy coding loses nothing and is left out.
extension Raster {
  func jpegCompression(_ severity: Severity) -> Raster {
    let quality: Int = severity.of(small: [80, 65, 58, 50, 40], large: [25, 18, 15, 10, 7])
    let levels = planes.map { plane in
      Samples(
        height: height, width: width, values: plane.values.map { Int32((min(max($0, 0), 1) * 255).rounded()) }
      )
    }
    let luminance = Quantisation(base: Quantisation.luminance, quality: quality)
    guard !isGrey else { return Self.raster([levels[0].coded(luminance)]) }
    let chrominance = Quantisation(base: Quantisation.chrominance, quality: quality)
    let (luma, blue, red) = JPEGColour.separated(levels)
    let halved = [blue, red].map { chroma in
      // The encoder repeats the last column before it halves, and the last row after.
      chroma.widened(to: 16 * ((width + 15) / 16)).halved().coded(chrominance)
        .cropped(height: (height + 1) / 2, width: (width + 1) / 2).doubled().cropped(
          height: height, width: width)
    }
    return Self.raster(JPEGColour.joined(luma.coded(luminance), halved[0], halved[1]))
  }

  private static func raster(_ levels: [Samples]) -> Raster {
    Raster(
      planes: levels.map {
        Plane(height: $0.height, width: $0.width, values: $0.values.map { Float($0) / 255 })
      })
  }
}

/// One component of a JPEG picture: whole numbers from 0 to 255.
struct Samples: Sendable {
  let height: Int
  let width: Int
  var values: [Int32]

  init(height: Int, width: Int, values: [Int32]) {
    precondition(values.count == height * width, "a component needs one value a pixel")
    (self.height, self.width, self.values) = (height, width, values)
  }

  init(height: Int, width: Int, _ value: (_ y: Int, _ x: Int) -> Int32) {
    var values: [Int32] = []
    values.reserveCapacity(height * width)
    for y in 0..<height { for x in 0..<width { values.append(value(y, x)) } }
    self.init(height: height, width: width, values: values)
  }

  subscript(y: Int, x: Int) -> Int32 { values[y * width + x] }

  func widened(to width: Int) -> Samples {
    Samples(height: height, width: width) { y, x in self[y, min(x, self.width - 1)] }
  }

  func cropped(height: Int, width: Int) -> Samples {
    Samples(height: height, width: width) { y, x in self[y, x] }
  }

  /// Means of two by two, rounded down and up in turn.
  func halved() -> Samples {
    Samples(height: (height + 1) / 2, width: width / 2) { y, x in
      let (top, bottom) = (2 * y, min(2 * y + 1, height - 1))
      let sum = self[top, 2 * x] + self[top, 2 * x + 1] + self[bottom, 2 * x] + self[bottom, 2 * x + 1]
      return (sum + (x % 2 == 0 ? 1 : 2)) >> 2
    }
  }

  /// Each new sample is nine, three, three and one sixteenth of the four nearest.
  func doubled() -> Samples {
    Samples(height: 2 * height, width: 2 * width) { y, x in
      let (row, column) = (y / 2, x / 2)
      let other = min(max(row + (y % 2 == 0 ? -1 : 1), 0), height - 1)
      let beside = min(max(column + (x % 2 == 0 ? -1 : 1), 0), width - 1)
      let near = 3 * self[row, column] + self[other, column]
      let far = 3 * self[row, beside] + self[other, beside]
      return (3 * near + far + (x % 2 == 0 ? 8 : 7)) >> 4
    }
  }

  /// After the transform, the quantisation, and the way back.
  func coded(_ quantisation: Quantisation) -> Samples {
    let (rows, columns) = ((height + 7) / 8, (width + 7) / 8)
    var result = self
    var block = JPEGBlock()
    for row in 0..<rows {
      for column in 0..<columns {
        for y in 0..<8 {
          for x in 0..<8 {
            block[y, x] = self[min(8 * row + y, height - 1), min(8 * column + x, width - 1)] - 128
          }
        }
        block.transform()
        block.quantise(quantisation)
        block.invert()
        for y in 8 * row..<min(8 * row + 8, height) {
          for x in 8 * column..<min(8 * column + 8, width) {
            result.values[y * width + x] = min(max(block[y % 8, x % 8] + 128, 0), 255)
          }
        }
      }
    }
    return result
  }
}
