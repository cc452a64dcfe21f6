// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc
import MartletBytes

/// A temporary file without a name that is filled in pieces, and what of it is there. Its holes take no room.
final class SparseFile {
  private let file: Int32
  private var known: [Range<Int>] = []

  init() throws(RemoteError) {
    let folder = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
    var template = Array((folder + "/martlet.XXXXXX").utf8CString)
    file = unsafe mkstemp(&template)
    guard file >= 0 else { throw .connection(url: folder, reason: "no temporary file can be made there") }
    unsafe unlink(template)
  }

  deinit { close(file) }

  func setSize(_ size: Int) throws(RemoteError) {
    guard ftruncate(file, off_t(size)) == 0 else { throw Self.full }
  }

  func write(_ piece: UnsafeRawBufferPointer, at offset: Int) throws(RemoteError) {
    var done = 0
    while let start = piece.baseAddress, done < piece.count {
      let written = unsafe pwrite(file, start + done, piece.count - done, off_t(offset + done))
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw Self.full }
      done += written
    }
    if let last = known.last, last.upperBound == offset {
      known[known.count - 1] = last.lowerBound..<offset + done
    } else if done > 0 {
      known.append(offset..<offset + done)
    }
  }

  /// The parts of a range that are holes.
  func missing(in range: Range<Int>) -> [Range<Int>] {
    var missing = range.isEmpty ? [] : [range]
    for part in known {
      missing = missing.flatMap { hole -> [Range<Int>] in
        [
          hole.lowerBound..<max(hole.lowerBound, min(hole.upperBound, part.lowerBound)),
          min(hole.upperBound, max(hole.lowerBound, part.upperBound))..<hole.upperBound,
        ].filter { !$0.isEmpty }
      }
    }
    return missing
  }

  func bytes() throws(RemoteError) -> Bytes {
    do { return try Bytes(contentsOf: "/proc/self/fd/\(file)") } catch {
      throw .connection(url: "temporary file", reason: "\(error)")
    }
  }

  private static let full = RemoteError.connection(
    url: "temporary file", reason: "there is no room to keep what is fetched")
}
