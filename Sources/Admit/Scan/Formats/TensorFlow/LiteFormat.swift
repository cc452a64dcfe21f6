// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// A model of TensorFlow Lite. A zip archive of the files that belong to it may stand behind.
struct LiteFormat: ScannedFormat {
  let name = "tflite"

  func fits(_ bytes: Bytes) -> Bool {
    bytes.count >= 8 && bytes[4] == 0x54 && bytes[5] == 0x46 && bytes[6] == 0x4C && bytes[7] == 0x33
  }

  /// The archive of associated files, which the metadata describes.
  func carries(_ other: String, in bytes: Bytes) -> Bool { other == "zip" }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    let walk = LiteWalk(bytes)
    scan.report(walk.notes, place)
    for (op, reason) in walk.covered { scan.saw(op, covered: reason) }
    for graph in walk.flex { scan.report(graph, place) }
    for (name, data) in walk.metadata {
      var inner = place.inside("metadata \(name)")
      inner.isRawData = true
      if ScannedFormats.formats.contains(where: { $0.fits(data) }) { scan.scan(data, as: inner) }
    }
    var end = bytes.count
    if ZipFormat().fits(bytes) { end = scanAssociated(bytes, place, in: &scan) }
    if let reach = try? LiteReach(bytes) { scanTail(bytes, reach, end, place, in: &scan) }
    return name
  }

  /// What stands behind the model is read by nobody who runs it.
  private func scanTail(
    _ bytes: Bytes, _ reach: LiteReach, _ end: Int, _ place: ArtifactScan.Place, in scan: inout ArtifactScan
  ) {
    guard reach.end < end else { return }
    let tail = bytes.slice(reach.end..<end)
    let span = tail.span
    var first = 0
    while first < span.count, span[first] == 0 { first += 1 }
    guard first < span.count else { return }
    // Lists of options that are not followed are short.
    if !reach.isOpen || tail.count > 4096 {
      scan.note(
        .unknownLite, "expected nothing behind the model, found \(tail.count) bytes", at: reach.end, place)
    }
    var inner = place.inside("behind the model")
    inner.isRawData = true
    scan.scan(tail.slice(first..<tail.count), as: inner)
  }

  /// The members are scanned; that the archive begins in the middle of the file is what is expected of it.
  /// - Returns: where it begins.
  private func scanAssociated(
    _ bytes: Bytes, _ place: ArtifactScan.Place, in scan: inout ArtifactScan
  ) -> Int {
    var facts = ZipFacts()
    var start = bytes.count
    do {
      let archive = try ZipArchive(bytes)
      facts.entries = archive.entries
      let first = archive.entries.map(\.headerOffset).min() ?? bytes.count
      start = first
      facts.disagreements = archive.disagreements.filter {
        switch $0 {
        case .shifted: false
        case .unclaimed(let range): range.upperBound > first
        default: true
        }
      }
      for entry in archive.entries where !entry.isDirectory {
        do {
          if entry.method != 0 {
            guard entry.uncompressedSize <= scan.inflatable(at: place) else {
              throw ZipError.tooLarge(member: entry.name, limit: Limits.inflatedTotal)
            }
            scan.inflated(entry.uncompressedSize, at: place)
          }
          scan.scan(try archive.contents(of: entry), as: place.inside(entry.name))
        } catch let error as ZipError {
          facts.failures.append(.init(member: entry.name, error: error, offset: entry.headerOffset))
        } catch {
          scan.note(.brokenLite, "the member \(entry.name.prefix(200)) cannot be read", place)
        }
      }
    } catch {
      facts.error = error
    }
    scan.report(.zip(facts), place)
    return start
  }
}
