// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// MessagePack, as flax and spaCy write it.
struct MessagePackFormat: ScannedFormat {
  let name = "msgpack"
  let isToldAmongNumbers = false
  private static let kinds = StructureKinds("msgpack")

  func fits(_ bytes: Bytes) -> Bool { MessagePack.looksLikeOne(bytes) }

  /// The empty map is one byte, with which a pickle begins.
  func carries(_ other: String, in bytes: Bytes) -> Bool { other == "pickle" && bytes.count == 1 }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    let file = MessagePack(bytes)
    var notes = Notes()
    if let error = file.error { notes.add(error, as: Self.kinds) }
    for offset in file.objectArrays {
      notes.add(
        "msgpack.pickle", "an array of objects: msgpack-numpy unpickles it",
        construct: "msgpack_numpy.decode", at: offset)
    }
    for found in file.extensions {
      notes.add(
        Self.kinds.uncovered, "the extension \(found.type) is none of flax",
        construct: "msgpack:\(found.type)",
        at: found.offset, allow: "msgpack:\(found.type)")
    }
    scan.report(notes, place)
    for range in file.extensions.map(\.bytes) + file.payloads where range.upperBound <= bytes.count {
      var inner = place.inside("bytes at \(range.lowerBound)")
      inner.isRawData = true
      if !range.isEmpty { scan.scan(bytes.slice(range), as: inner) }
    }
    return name
  }
}
