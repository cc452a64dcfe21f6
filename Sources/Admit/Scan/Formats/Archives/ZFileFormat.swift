// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// What joblib wrote before version 0.10: `ZF`, the length in hexadecimal in 19 characters, and a zlib stream.
struct ZFileFormat: ScannedFormat {
  let name = "zfile"

  func fits(_ bytes: Bytes) -> Bool {
    bytes.starts(with: Array("ZF0x".utf8)) && Self.stream(of: bytes) != nil
  }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    guard let stream = Self.stream(of: bytes) else { return name }
    let digits = String(decoding: bytes.slice(4..<21).array(), as: UTF8.self).prefix { $0 != " " }
    let length = Int(digits.hasSuffix("L") ? digits.dropLast() : digits, radix: 16)
    let spool = BytesSpool()
    let outcome = Decompressor.run(.zlib, stream, into: spool, limit: scan.inflatable(at: place))
    scan.inflated(outcome.made, at: place)
    if let failure = outcome.failure {
      scan.noteFailure(failure, place)
    } else {
      if length != outcome.made {
        scan.note("archive.broken", "the header says \(digits) bytes, \(outcome.made) came out", at: 2, place)
      }
      if outcome.consumed < stream.count {
        let offset = bytes.count - stream.count + outcome.consumed
        scan.note("archive.trailing", "\(bytes.count - offset) bytes follow the zlib data", at: offset, place)
        scan.scanAside(bytes.slice(offset..<bytes.count), "bytes at \(offset)", place)
      }
    }
    scan.noteRatio(outcome.made, of: bytes.count, place)
    if outcome.made > 0, let contents = try? spool.finish() { scan.scan(contents, as: place.inside(name)) }
    return name
  }

  /// Files of old Pythons have one more space.
  private static func stream(of bytes: Bytes) -> Bytes? {
    for start in [21, 22] where bytes.count > start + 2 {
      let stream = bytes.slice(start..<bytes.count)
      if Compression.zlib.fits(stream) { return stream }
    }
    return nil
  }
}
