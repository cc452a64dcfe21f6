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
    scan.scanTail(of: bytes, from: kind.end(of: bytes), place)
    return name
  }
}

/// Sound, film, a typeface or a table of data, which must end where the file ends.
struct RecordingFormat: ScannedFormat {
  let kind: Recording

  var name: String { kind.rawValue }

  func fits(_ bytes: Bytes) -> Bool { kind.fits(bytes) }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    scan.scanTail(of: bytes, from: kind.end(of: bytes), place)
    if kind == .parquet || kind == .arrow, let offset = ArrowExtension.offset(in: bytes) {
      scan.note(
        "media.arrow", "expected a table of plain values, found a column whose type is a pickle",
        construct: "arrow.py_extension_type", at: offset, place)
    }
    return name
  }
}

extension ArtifactScan {
  /// Reports and looks at what follows the end of a picture.
  fileprivate mutating func scanTail(of bytes: Bytes, from end: Int?, _ place: Place) {
    guard end != bytes.count else { return }
    report(.file(.pictureTail(offset: end)), place)
    guard let end, end < bytes.count else { return }
    var inner = place.inside("bytes at \(end)")
    inner.isRawData = true
    scan(bytes.slice(end..<bytes.count), as: inner)
  }
}

/// The extension type of pyarrow before 14.0.1, whose name in the schema makes it unpickle the metadata
/// (CVE-2023-47248). Parquet keeps the schema in base64.
enum ArrowExtension {
  /// The name, and the part of it that is the same for each of the three alignments of base64.
  private static let signs: [[UInt8]] = [
    "arrow.py_extension_type", "YXJyb3cucHlfZXh0ZW5zaW9uX3R5cG", "Fycm93LnB5X2V4dGVuc2lvbl90eXBl",
    "hcnJvdy5weV9leHRlbnNpb25fdHlwZ",
  ].map { Array($0.utf8) }

  static func offset(in bytes: Bytes) -> Int? {
    let span = bytes.span
    for at in 0..<span.count {
      guard span[at] == 0x61 || span[at] == 0x59 || span[at] == 0x46 || span[at] == 0x68 else { continue }
      for sign in signs where sign.count <= span.count - at {
        var same = 0
        while same < sign.count, span[at + same] == sign[same] { same += 1 }
        if same == sign.count { return at }
      }
    }
    return nil
  }
}
