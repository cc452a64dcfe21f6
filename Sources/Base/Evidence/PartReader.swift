// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import MartletBytes

/// Reads and hashes parts of a model's files on one thread, through one buffer that stays in the processor's cache.
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
      queue.finish(place, try digest(of: part))
    }
  }

  private func digest(of part: PartQueue.Part) throws(ManifestError) -> Digest {
    var file = try PartFile(part, of: tree, root)
    var hash = SHA256()
    while !file.rest.isEmpty {
      let got = try unsafe file.read(into: buffer)
      unsafe hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer[..<got]))
    }
    try file.check()
    return Digest(hash.finalize())
  }
}
