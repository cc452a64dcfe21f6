// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// Compressed streams: what comes out of them is scanned as whatever it is.
struct CompressedFormat: ScannedFormat {
  let kind: Compression

  init(_ kind: Compression) { self.kind = kind }

  var name: String { kind.rawValue }

  func fits(_ bytes: Bytes) -> Bool { kind.fits(bytes) }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    let spool = BytesSpool()
    var streams: [Range<Int>] = []
    var at = 0
    var failure: DecompressionError?
    while at < bytes.count {
      let rest = bytes.slice(at..<bytes.count)
      if let skipped = kind.skippable(rest) {
        scan.scanAside(bytes.slice(at..<at + skipped), "frame at \(at)", place)
        at += skipped
        continue
      }
      guard streams.isEmpty || (kind.isMultiStream && kind.fits(rest)) else { break }
      guard streams.count < Limits.compressedStreams else {
        scan.note(
          "archive.limit", "more than \(Limits.compressedStreams) streams follow each other", at: at, place)
        break
      }
      if kind == .gzip { checkName(rest, at: at, place, &scan) }
      let start = spool.count
      let outcome = Decompressor.run(kind.coder, rest, into: spool, limit: scan.inflatable(at: place))
      scan.inflated(outcome.made, at: place)
      streams.append(start..<spool.count)
      at += outcome.consumed
      failure = outcome.failure
      if failure != nil { break }
      at += kind.padding(bytes, at)
    }
    if let failure {
      scan.noteFailure(failure, place)
    } else if at < bytes.count {
      scan.note("archive.trailing", "\(bytes.count - at) bytes follow the \(name) data", at: at, place)
      scan.scanAside(bytes.slice(at..<bytes.count), "bytes at \(at)", place)
    }
    scan.noteRatio(spool.count, of: bytes.count, place)
    guard let contents = try? spool.finish() else {
      scan.noteFailure(.noRoom(reason: "a temporary file cannot be mapped"), place)
      return name
    }
    // Nothing came out of a broken stream: the finding about it says everything.
    if contents.isEmpty, failure != nil { return name }
    scan.scan(contents, as: place.inside(name))
    for stream in streams.dropFirst() where !stream.isEmpty {
      scan.scanAside(contents.slice(stream), "\(name) stream at \(stream.lowerBound)", place)
    }
    return name
  }

  /// The name that `gunzip -N` would write to.
  private func checkName(
    _ stream: Bytes, at offset: Int, _ place: ArtifactScan.Place, _ scan: inout ArtifactScan
  ) {
    guard let name = GzipHeader.name(of: stream), let reason = MemberName.escapes(name) else { return }
    scan.note(
      "archive.escape", "expected a plain name in the header, found one that \(reason)", construct: name,
      at: offset,
      place)
  }
}

extension ArtifactScan {
  /// Scans bytes that only some readers come to: only harm counts.
  mutating func scanAside(_ bytes: Bytes, _ name: String, _ place: Place) {
    guard !bytes.isEmpty else { return }
    var inner = place.inside(name)
    inner.isRawData = true
    scan(bytes, as: inner)
  }

  /// Notes why compressed data did not come out whole.
  mutating func noteFailure(_ failure: DecompressionError, _ place: Place) {
    switch failure {
    case .tooLarge, .noRoom: note("archive.limit", "\(failure)", place)
    case .unsupported: note("archive.unsupported", "\(failure)", place)
    case .damaged, .truncated: note("archive.broken", "\(failure)", place)
    }
  }
}
