// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc
import MartletBytes

/// A part of a model's file, read from front to back. A file is not mapped: whoever shortens it meanwhile would end the process.
struct PartFile: ~Copyable {
  private let file: OpenedFile
  private let listed: FileFacts
  private let place: String
  /// Bytes of the file that were not read yet.
  private(set) var rest: Range<Int>

  /// - Throws: ``ManifestError/changed(_:)`` when the file is not the one that was listed.
  init(_ part: PartQueue.Part, of tree: ModelTree, _ root: borrowing OpenedFile) throws(ManifestError) {
    let place = tree.place(of: part.file)
    let file = try tree.open(part.file, root)
    try Self.check(file, part.file.facts, place)
    self.file = file
    listed = part.file.facts
    self.place = place
    rest = part.range
  }

  /// Fills `memory`, or as much of it as the part has left.
  /// - Returns: how many bytes that is.
  /// - Throws: ``ManifestError/changed(_:)`` when the file has become shorter.
  mutating func read(into memory: UnsafeMutableRawBufferPointer) throws(ManifestError) -> Int {
    let wanted = min(memory.count, rest.count)
    var filled = 0
    while filled < wanted {
      let got = unsafe pread(
        file.descriptor, memory.baseAddress! + filled, wanted - filled, off_t(rest.lowerBound + filled))
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else { throw .unreadable(.unreadable(path: place, reason: OpenedFile.reason())) }
      guard got > 0 else { throw .changed(place) }
      filled += got
    }
    rest.removeFirst(filled)
    return filled
  }

  /// That the file is the one that was listed, and was not written to.
  func check() throws(ManifestError) { try Self.check(file, listed, place) }

  private static func check(
    _ file: borrowing OpenedFile, _ listed: FileFacts, _ place: String
  ) throws(ManifestError) {
    guard file.facts().map(FileFacts.init) == listed else { throw .changed(place) }
  }
}
