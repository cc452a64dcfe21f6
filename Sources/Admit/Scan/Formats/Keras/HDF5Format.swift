// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// HDF5: models and weights of Keras, and tables of numbers.
struct HDF5Format: ScannedFormat {
  let name = "hdf5"

  func fits(_ bytes: Bytes) -> Bool { HDF5File.looksLikeOne(bytes) }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    do {
      let file = try HDF5File(bytes)
      var walk = HDF5Walk(file, place)
      walk.run(in: &scan)
      around(file, bytes, place, &scan)
      scan.report(walk.notes, place)
      return walk.isKeras ? "keras-h5" : name
    } catch {
      var notes = Notes()
      notes.add(error)
      scan.report(notes, place)
      // Whatever keeps it from being read keeps nobody from looking for a pickle in it.
      return name
    }
  }

  /// What stands in front of the file and behind it.
  private func around(
    _ file: HDF5File, _ bytes: Bytes, _ place: ArtifactScan.Place, _ scan: inout ArtifactScan
  ) {
    for (part, what) in [(file.userBlock, "in front of"), (file.trailing, "behind")] where !part.isEmpty {
      let extra = bytes.slice(part)
      if Self.isBlank(extra) || part.lowerBound == 0 && Self.isMatlab(extra) { continue }
      scan.note(
        .hdf5Extra, "expected nothing \(what) the file, found \(part.count) bytes", at: part.lowerBound, place
      )
      var inner = place.inside("\(what) the file")
      inner.isRawData = true
      scan.scan(extra, as: inner)
    }
  }

  /// MATLAB writes a line of text and its version in front of its files.
  private static func isMatlab(_ bytes: Bytes) -> Bool {
    guard bytes.count == 512, bytes.starts(with: Array("MATLAB 7.".utf8)) else { return false }
    let span = bytes.span
    for index in 0..<116 where span[index] < 0x20 || span[index] > 0x7E { return false }
    for index in 128..<512 where span[index] != 0 { return false }
    return true
  }

  private static func isBlank(_ bytes: Bytes) -> Bool {
    let span = bytes.span
    for index in 0..<span.count where ![0, 10, 13].contains(span[index]) { return false }
    return true
  }
}

extension Note.Kind {
  static let hdf5Broken: Self = "hdf5.broken"
  static let hdf5Corrupting: Self = "hdf5.corrupting"
  static let hdf5Escape: Self = "hdf5.escape"
  static let hdf5Foreign: Self = "hdf5.foreign"
  static let hdf5Filter: Self = "hdf5.filter"
  static let hdf5Extra: Self = "hdf5.extra"
  static let hdf5Unread: Self = "hdf5.unread"
}

extension Notes {
  mutating func add(_ error: HDF5Error) {
    switch error {
    case .corrupting: add(.hdf5Corrupting, "\(error)", at: error.offset)
    case .truncated, .malformed: add(.hdf5Broken, "\(error)", at: error.offset)
    case .unsupported, .limit: add(.hdf5Unread, "\(error)", at: error.offset)
    }
  }
}
