// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats

/// Pictures, recordings and documents that lie beside models.
enum Media: FormatFamily {
  static let formats: [any ScannedFormat] =
    Picture.allCases.map { PictureFormat($0) } + Recording.allCases.map { RecordingFormat(kind: $0) }
    + [DocumentFormat()]
  static let texts: [any TextProfile] = [MarkupProfile.svg, MarkupProfile.html, MarkupProfile.rtf]
  static let rules: [any Rule] = [PictureTail(), ActiveDocument(), ArrowPickle()]
}
