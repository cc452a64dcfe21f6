// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto

/// A hash of a tree over entries: SHA-256, with a prefix that keeps leaves and nodes apart (RFC 6962, 2.1).
package struct TreeHash: Hashable, Sendable {
  /// Bytes of a hash.
  package static let byteCount = 32
  /// The root of the tree that has no entries.
  package static let empty = TreeHash(SHA256.hash(data: [UInt8]()))

  private let lanes: SIMD32<UInt8>

  /// The hash of an entry.
  package init(leaf entry: Span<UInt8>) {
    self = unsafe entry.withUnsafeBytes { unsafe TreeHash(leafOf: [$0]) }
  }

  /// The hash of an entry that lies in pieces.
  @unsafe package init(leafOf pieces: [UnsafeRawBufferPointer]) {
    var hasher = SHA256()
    unsafe withUnsafeBytes(of: UInt8(0)) { unsafe hasher.update(bufferPointer: $0) }
    for index in unsafe pieces.indices { unsafe hasher.update(bufferPointer: pieces[index]) }
    self.init(hasher.finalize())
  }

  /// The hash of a node from those of its two children.
  package init(_ left: TreeHash, _ right: TreeHash) {
    let digest = unsafe withUnsafeTemporaryAllocation(byteCount: 1 + 2 * Self.byteCount, alignment: 1) {
      node in
      unsafe node[0] = 1
      unsafe node.storeBytes(of: left.lanes, toByteOffset: 1, as: SIMD32<UInt8>.self)
      unsafe node.storeBytes(of: right.lanes, toByteOffset: 1 + Self.byteCount, as: SIMD32<UInt8>.self)
      var hasher = SHA256()
      unsafe hasher.update(bufferPointer: UnsafeRawBufferPointer(node))
      return hasher.finalize()
    }
    self.init(digest)
  }

  /// A hash from its 32 bytes; nil for any other number.
  package init?(_ bytes: some Collection<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    self.lanes = SIMD32<UInt8>(bytes)
  }

  /// The hash that stands in 32 bytes from `offset` on. Traps where they are not all there.
  package init(_ bytes: Span<UInt8>, at offset: Int) {
    precondition(offset >= 0 && offset <= bytes.count - Self.byteCount, "a hash has 32 bytes")
    lanes = unsafe bytes.withUnsafeBytes {
      unsafe $0.loadUnaligned(fromByteOffset: offset, as: SIMD32<UInt8>.self)
    }
  }

  private init(_ digest: SHA256Digest) {
    lanes = unsafe digest.withUnsafeBytes { unsafe $0.loadUnaligned(as: SIMD32<UInt8>.self) }
  }

  package var bytes: [UInt8] {
    unsafe withUnsafeBytes(of: lanes) { unsafe Array($0) }
  }

  /// Writes the bytes to memory that has room for them.
  @unsafe package func store(in memory: UnsafeMutableRawBufferPointer, at offset: Int) {
    unsafe memory.storeBytes(of: lanes, toByteOffset: offset, as: SIMD32<UInt8>.self)
  }

  /// The first eight bytes as a number: spread evenly, whatever the entries are.
  package var prefix: UInt64 {
    unsafe withUnsafeBytes(of: lanes) { unsafe $0.loadUnaligned(as: UInt64.self).littleEndian }
  }

  /// The root of a perfect tree over hashes, whose number is a power of two.
  package static func root(ofPerfect hashes: some Collection<TreeHash>) -> TreeHash {
    var level = Array(hashes)
    precondition(level.count.nonzeroBitCount == 1, "a perfect tree has a power of two leaves")
    var width = level.count
    while width > 1 {
      width /= 2
      for index in 0..<width { level[index] = TreeHash(level[2 * index], level[2 * index + 1]) }
    }
    return level[0]
  }
}

extension TreeHash: CustomStringConvertible {
  /// Hexadecimal.
  package var description: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
