// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import Synchronization
import Testing

@testable import MartletEncrypt

/// Parts of a sealed file, without the rest.
@Suite struct RangeTests {
  /// A file that remembers what was read of it.
  final class Watched: SealedSource {
    let bytes: Bytes
    let seen = Mutex<[Range<Int>]>([])

    init(_ bytes: [UInt8]) { self.bytes = Bytes(bytes) }

    var count: Int { bytes.count }

    func copy(into memory: UnsafeMutableRawBufferPointer, from offset: Int) {
      seen.withLock { $0.append(offset..<offset + memory.count) }
      bytes.copy(into: memory, from: offset)
    }
  }

  @Test(arguments: [
    0..<0, 0..<1, 5..<70_000, 65_535..<65_537, 65_536..<131_072, 199_999..<200_000, 0..<200_000,
    200_000..<200_000,
  ])
  func aRangeIsThatPart(range: Range<Int>) throws {
    let identity = try SealingIdentity.generate()
    let plaintext = Sample.plaintext(200_000)
    let file = try SealedFile.unlock(Bytes(Sample.sealed(plaintext, for: identity)), with: identity)
    let part = try file.read(range).withUnsafeBytes { Array($0) }
    #expect(part == Array(plaintext[range]))
  }

  @Test func onlyItsChunksAndTheLastAreRead() throws {
    let identity = try SealingIdentity.generate()
    let source = Watched(try Sample.sealed(Sample.plaintext(10 << 20), for: identity))
    let file = try SealedFile.unlock(source, with: identity)
    source.seen.withLock { $0 = [] }
    _ = try file.read((3 << 20) + 5..<(3 << 20) + 10)
    let last = 4096 + 159 * 65_552
    let wanted = 4096 + 48 * 65_552
    let seen: [Range<Int>] = source.seen.withLock { $0 }
    #expect(seen == [last..<last + 65_552, wanted..<wanted + 65_552])
  }

  @Test(arguments: [0..<200_001, 200_001..<200_001, 5..<Int.max]) func whatIsNotThereIsRefused(
    range: Range<Int>
  ) throws {
    let identity = try SealingIdentity.generate()
    let file = try SealedFile.unlock(
      Bytes(Sample.sealed(Sample.plaintext(200_000), for: identity)), with: identity)
    #expect(throws: SealError.range(range, of: 200_000)) { _ = try file.read(range) }
  }

  /// Cut between two chunks, a file looks like a shorter one until the last chunk is opened.
  @Test func aCutFileIsNoticedAlthoughTheRangeIsThere() throws {
    let identity = try SealingIdentity.generate()
    let sealed = try Sample.sealed(Sample.plaintext(200_000), for: identity)
    let file = try SealedFile.unlock(Bytes(sealed[..<(4096 + 2 * 65_552)]), with: identity)
    #expect(throws: SealError.lastChunkMissing(after: 1)) { _ = try file.read(0..<10) }
  }

  @Test func aChangedChunkGivesNothing() throws {
    let identity = try SealingIdentity.generate()
    var sealed = try Sample.sealed(Sample.plaintext(200_000), for: identity)
    sealed[4096 + 65_552 + 100] ^= 1
    let file = try SealedFile.unlock(Bytes(sealed), with: identity)
    #expect(throws: SealError.chunkChanged(chunk: 1, of: 4)) { _ = try file.read(60_000..<70_000) }
    let other = try file.read(0..<65_536).count
    #expect(other == 65_536)
  }

  @Test func theStreamStopsBeforeAChangedChunk() throws {
    let identity = try SealingIdentity.generate()
    let plaintext = Sample.plaintext(6 << 20)
    var sealed = try Sample.sealed(plaintext, for: identity)
    sealed[4096 + 65_552 * 70 + 100] ^= 1
    let file = try SealedFile.unlock(Bytes(sealed), with: identity)
    var given: [UInt8] = []
    #expect(throws: SealError.chunkChanged(chunk: 70, of: 96)) {
      try file.stream { part in for index in part.indices { given.append(part[index]) } }
    }
    #expect(given.count <= 70 * 65_536 && given == Array(plaintext[..<given.count]))
  }
}
