// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto

/// A hash of the log's tree: SHA-256, with a prefix that keeps leaves and nodes apart (RFC 6962, 2.1).
package struct TreeHash: Hashable, Sendable {
  /// Bytes of a hash.
  package static let byteCount = 32
  /// The root of the tree that has no entries.
  package static let empty = TreeHash(SHA256.hash(data: [UInt8]()))

  private let lanes: SIMD32<UInt8>

  /// The hash of an entry.
  package init(leaf entry: Span<UInt8>) {
    var hasher = SHA256()
    hasher.update(data: [0])
    unsafe entry.withUnsafeBytes { unsafe hasher.update(bufferPointer: $0) }
    self.init(hasher.finalize())
  }

  /// The hash of a node from those of its two children.
  package init(_ left: TreeHash, _ right: TreeHash) {
    var hasher = SHA256()
    hasher.update(data: [1])
    for child in [left, right] {
      unsafe withUnsafeBytes(of: child.lanes) { unsafe hasher.update(bufferPointer: $0) }
    }
    self.init(hasher.finalize())
  }

  /// A hash from its 32 bytes; nil for any other number.
  package init?(_ bytes: some Collection<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    self.lanes = SIMD32<UInt8>(bytes)
  }

  private init(_ digest: SHA256Digest) {
    lanes = unsafe digest.withUnsafeBytes { unsafe $0.loadUnaligned(as: SIMD32<UInt8>.self) }
  }

  package var bytes: [UInt8] {
    unsafe withUnsafeBytes(of: lanes) { unsafe Array($0) }
  }

  /// The root of a perfect tree over hashes, whose number is a power of two.
  static func root(ofPerfect hashes: some Collection<TreeHash>) -> TreeHash {
    var level = Array(hashes)
    precondition(level.count.nonzeroBitCount == 1, "a perfect tree has a power of two leaves")
    while level.count > 1 {
      level = stride(from: 0, to: level.count, by: 2).map { TreeHash(level[$0], level[$0 + 1]) }
    }
    return level[0]
  }
}

extension TreeHash: CustomStringConvertible {
  /// Hexadecimal.
  package var description: String { hexadecimal(bytes) }
}

/// Two lower-case digits a byte.
func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  let digits = Array("0123456789abcdef".utf8)
  return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}
