// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Glibc
import MartletBytes

/// Reads and hashes parts of a model's files on one thread, through one buffer that stays in the processor's cache. A file
/// is not mapped: whoever shortens it meanwhile would end the process.
@safe struct PartReader: ~Copyable {
  /// Bytes that are read at once: fewer cost more calls, more leave the cache before they are hashed.
  private static let piece = 256 << 10

  private let tree: ModelTree
  private let root: OpenedFile
  private let buffer: UnsafeMutableRawBufferPointer

  init(_ tree: ModelTree) throws(ManifestError) {
    self.tree = tree
    root = try .root(tree.path)
    unsafe buffer = .allocate(byteCount: Self.piece, alignment: 64)
  }

  deinit { unsafe buffer.deallocate() }

  /// Hashes parts until none is left.
  /// - Throws: ``ManifestError/changed(_:)`` when a file is not the one that was listed, or is written to meanwhile.
  func run(_ queue: PartQueue) throws(ManifestError) {
    while let (place, part) = queue.take() {
      queue.finish(place, try digest(of: part.file, part.range))
    }
  }

  private func digest(of file: ModelTree.File, _ range: Range<Int>) throws(ManifestError) -> Digest {
    let place = tree.place(of: file)
    let opened = try tree.open(file, root)
    guard opened.facts().map(FileFacts.init) == file.facts else { throw .changed(place) }
    var hash = SHA256()
    var offset = range.lowerBound
    while offset < range.upperBound {
      let wanted = min(Self.piece, range.upperBound - offset)
      let got = unsafe pread(opened.descriptor, buffer.baseAddress!, wanted, off_t(offset))
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else { throw .unreadable(.unreadable(path: place, reason: OpenedFile.reason())) }
      guard got > 0 else { throw .changed(place) }
      unsafe hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer[..<got]))
      offset += got
    }
    guard opened.facts().map(FileFacts.init) == file.facts else { throw .changed(place) }
    return Digest(hash.finalize())
  }
}
