// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// A picture, which must end where the file ends.
struct PictureFormat: ScannedFormat {
  let kind: Picture

  init(_ kind: Picture) { self.kind = kind }

  var name: String { kind.rawValue }

  func fits(_ bytes: Bytes) -> Bool { kind.fits(bytes) }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    let end = kind.end(of: bytes)
    if end != bytes.count { scan.report(.file(.pictureTail(offset: end)), place) }
    return name
  }
}
