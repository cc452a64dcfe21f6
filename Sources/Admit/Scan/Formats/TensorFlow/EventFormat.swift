// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// Records of TensorFlow: examples to train with, and what TensorBoard shows. Nothing in them is run; a graph that is shown
/// is looked at for harm, because other tools load it.
struct EventFormat: ScannedFormat {
  let name = "tfrecord"

  func fits(_ bytes: Bytes) -> Bool { EventRecords.looksLikeOne(bytes) }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    var isEvents = false
    var parts: [Range<Int>] = []
    var isFull = false
    var isFirst = true
    do throws(StructureError) {
      try EventRecords.each(of: bytes) { range in
        let record = bytes.slice(range)
        if isFirst { isEvents = Self.isHead(record) }
        isFirst = false
        for part in isEvents ? Self.graphs(record) : [0..<record.count] {
          let contents = record.slice(part)
          // Examples are messages of one field that has no number in it to be taken for anything.
          guard contents.count >= 12, isEvents || contents[0] != 0x0A,
            ScannedFormats.formats.contains(where: { $0.fits(contents) })
          else { continue }
          if parts.count < 4096 {
            parts.append(range.lowerBound + part.lowerBound..<range.lowerBound + part.upperBound)
          } else {
            isFull = true
          }
        }
      }
    } catch { scan.note(.brokenGraph, "expected records, but \(error.reason)", at: error.offset, place) }
    if isFull { scan.note(.brokenGraph, "there are more files in the records than are looked into", place) }
    for part in parts {
      var inner = place.inside("record at \(part.lowerBound)")
      inner.isRawData = true
      scan.scan(bytes.slice(part), as: inner)
    }
    return isEvents ? "tfevents" : name
  }

  /// An event that says which version the file has.
  private static func isHead(_ record: Bytes) -> Bool {
    guard let fields = ProtoReader.fields(of: record, limit: 8) else { return false }
    return fields.contains { $0.number == 3 && $0.wire == .bytes && $0.range.count < 64 }
      && fields.allSatisfy { $0.number <= 3 || $0.number == 10 }
  }

  /// The graphs in an event: one alone, one with what belongs to it, or the metadata of a run.
  private static func graphs(_ record: Bytes) -> [Range<Int>] {
    (ProtoReader.fields(of: record, limit: 16) ?? []).compactMap {
      $0.wire == .bytes && [4, 8, 9].contains($0.number) ? $0.range : nil
    }
  }
}
