// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats

/// Pictures and documents that lie beside models.
enum Media: FormatFamily {
  static let formats: [any ScannedFormat] = [PictureFormat(.png), PictureFormat(.jpeg), PictureFormat(.gif)]
  static let rules: [any Rule] = [PictureTail()]
}
