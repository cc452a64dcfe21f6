// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// The common corruptions of pictures (Hendrycks and Dietterich 2019, arXiv 1903.12261), by the names of their data sets.
package enum Corruption: String, CaseIterable, Codable, Sendable {
  case gaussianNoise = "gaussian_noise"
  case shotNoise = "shot_noise"
  case impulseNoise = "impulse_noise"
  case speckleNoise = "speckle_noise"
  case defocusBlur = "defocus_blur"
  case glassBlur = "glass_blur"
  case motionBlur = "motion_blur"
  case zoomBlur = "zoom_blur"
  case gaussianBlur = "gaussian_blur"
  case snow
  case frost
  case fog
  case brightness
  case spatter
  case contrast
  case elasticTransform = "elastic_transform"
  case pixelate
  case jpegCompression = "jpeg_compression"
  case saturate

  /// From the mildest to the strongest.
  package static let severities = 1...5

  /// As people read it.
  package var title: String {
    self == .jpegCompression ? "JPEG compression" : rawValue.split(separator: "_").joined(separator: " ")
  }

  var place: Int { Self.allCases.firstIndex(of: self)! }

  /// Whether it can change a picture of one channel.
  var changesGrey: Bool { self != .saturate }

  /// A picture as the corruption leaves it, of the same size and with values from 0 to 1.
  /// - Parameters:
  ///   - level: from 1 to 5.
  ///   - row: which picture of the data it is; with the seed it decides what is drawn.
  func applied(to picture: Raster, severity level: Int, seed: UInt64, row: Int) -> Raster {
    let severity = Severity(level: level, size: max(picture.height, picture.width))
    var draws = Draws(seed: seed, corruption: self, row: row)
    let changed =
      switch self {
      case .gaussianNoise: picture.gaussianNoise(severity, &draws)
      case .shotNoise: picture.shotNoise(severity, &draws)
      case .impulseNoise: picture.impulseNoise(severity, &draws)
      case .speckleNoise: picture.speckleNoise(severity, &draws)
      case .defocusBlur: picture.defocusBlur(severity)
      case .glassBlur: picture.glassBlur(severity, &draws)
      case .motionBlur: picture.motionBlur(severity, &draws)
      case .zoomBlur: picture.zoomBlur(severity)
      case .gaussianBlur: picture.gaussianBlur(severity)
      case .snow: picture.snow(severity, &draws)
      case .frost: picture.frost(severity, &draws)
      case .fog: picture.fog(severity, &draws)
      case .brightness: picture.brightness(severity)
      case .spatter: picture.spatter(severity, &draws)
      case .contrast: picture.contrast(severity)
      case .elasticTransform: picture.elasticTransform(severity, &draws)
      case .pixelate: picture.pixelate(severity)
      case .jpegCompression: picture.jpegCompression(severity)
      case .saturate: picture.saturate(severity)
      }
    return changed.map { min(max($0, 0), 1) }
  }
}

/// How strong a corruption is. The constants of each are those of CIFAR-10-C for small pictures, otherwise those of
/// ImageNet-C.
struct Severity: Sendable {
  private let level: Int
  let isSmall: Bool

  /// The longest side of what counts as small, in pixels.
  static let smallSide = 64

  init(level: Int, size: Int) {
    precondition(Corruption.severities.contains(level), "severities go from 1 to 5")
    self.level = level
    isSmall = size <= Self.smallSide
  }

  /// The constant of this severity.
  func of<Constant>(small: [Constant], large: [Constant]) -> Constant { (isSmall ? small : large)[level - 1] }
}
