// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What light and a camera's settings do to brightness and colour.
extension Raster {
  /// Adds to the value of hue, saturation and value; of grey, to the grey.
  func brightness(_ severity: Severity) -> Raster {
    let added: Float = severity.of(small: [0.05, 0.1, 0.15, 0.2, 0.3], large: [0.1, 0.2, 0.3, 0.4, 0.5])
    return mapPixels { pixel in
      let value = pixel.max() ?? 0
      let raised = min(value + added, 1)
      for channel in pixel.indices { pixel[channel] = value > 0 ? pixel[channel] * (raised / value) : raised }
    }
  }

  /// Multiplies and adds to the saturation of hue, saturation and value. A colour without saturation counts as red, as in
  /// the reference, once saturation is added.
  func saturate(_ severity: Severity) -> Raster {
    let (factor, added): (Float, Float) = severity.of(
      small: [(0.3, 0), (0.1, 0), (1.5, 0), (2, 0.1), (2.5, 0.2)],
      large: [(0.3, 0), (0.1, 0), (2, 0), (5, 0.1), (20, 0.2)])
    guard !isGrey else { return self }
    return mapPixels { pixel in
      let value = pixel.max() ?? 0
      let range = value - (pixel.min() ?? 0)
      let saturation = value > 0 ? range / value : 0
      let wanted = min(saturation * factor + added, 1)
      for channel in pixel.indices {
        // How far below the largest a channel lies, as a share of the furthest.
        let depth = range > 0 ? (value - pixel[channel]) / range : (channel == 0 ? 0 : 1)
        pixel[channel] = value - value * wanted * depth
      }
    }
  }

  /// Draws each channel towards its mean.
  func contrast(_ severity: Severity) -> Raster {
    let kept: Float = severity.of(small: [0.75, 0.5, 0.4, 0.3, 0.15], large: [0.4, 0.3, 0.2, 0.1, 0.05])
    return mapPlanes { plane in
      let mean = Float(plane.values.reduce(0.0) { $0 + Double($1) } / Double(plane.values.count))
      return plane.map { ($0 - mean) * kept + mean }
    }
  }
}
