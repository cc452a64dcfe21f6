// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Foundation
import Glibc
import MartletBytes
import Testing

import struct MartletEvidence.Digest

@testable import MartletEncrypt

@Suite struct SealedFileTests {
  @Test(arguments: [0, 1, 15, 65_535, 65_536, 65_537, 2 << 20, (2 << 20) + 1, (4 << 20) + 70_000])
  func opensWhatItSealed(size: Int) throws {
    let identity = try SealingIdentity.generate()
    let plaintext = Sample.plaintext(size)
    #expect(try Sample.opened(Sample.sealed(plaintext, for: identity), with: identity) == plaintext)
  }

  @Test func returnsTheDigestOfWhatItSealed() throws {
    let identity = try SealingIdentity.generate()
    for size in [0, 3, 65_536, 5 << 20] {
      let plaintext = Sample.plaintext(size)
      let digest = try SealedFile.seal(Bytes(plaintext), to: [identity.recipient]) { _ in }
      #expect(digest.bytes == Array(SHA256.hash(data: plaintext)))
      let file = Bytes(try Sample.sealed(plaintext, for: identity))
      let opened = try SealedFile.open(file, with: identity, expecting: digest)
      #expect(opened.count == size)
    }
  }

  @Test func anotherPlaintextThanTheExpectedIsRefused() throws {
    let identity = try SealingIdentity.generate()
    let file = Bytes(try Sample.sealed([1, 2, 3], for: identity))
    let expected = Digest(SHA256.hash(data: [1, 2, 4]))
    let found = Digest(SHA256.hash(data: [1, 2, 3]))
    #expect(throws: SealError.otherPlaintext(expected: expected, found: found)) {
      _ = try SealedFile.open(file, with: identity, expecting: expected)
    }
  }

  @Test func chunksStandWhereTheLayoutSays() throws {
    let identity = try SealingIdentity.generate()
    let plaintext = Sample.plaintext(150_000)
    let file = try Sample.sealed(plaintext, for: identity)
    #expect(file.count == 4096 + 150_000 + 3 * 16)
    let header = try AgeHeader(parsing: file.span)
    #expect(header.count == 4080)
    let cipher = ChunkCipher(
      fileKey: try header.fileKey(from: identity), nonce: Array(file[4080..<4096]))
    for chunk in 0..<3 {
      let start = 4096 + 65_552 * chunk
      let end = min(start + 65_552, file.count)
      var plain = [UInt8](repeating: 0, count: end - start - ChunkCipher.tagCount)
      let authentic = plain.withUnsafeMutableBytes { plain in
        file[start..<end].withUnsafeBytes {
          cipher.open($0, index: chunk, isLast: chunk == 2, into: plain)
        }
      }
      #expect(authentic)
      #expect(plain == Array(plaintext[65_536 * chunk..<min(65_536 * (chunk + 1), plaintext.count)]))
    }
  }

  @Test func twoSealingsOfTheSameDifferEverywhere() throws {
    let identity = try SealingIdentity.generate()
    let first = try Sample.sealed(Sample.plaintext(100), for: identity)
    let second = try Sample.sealed(Sample.plaintext(100), for: identity)
    #expect(first[4080..<4096] != second[4080..<4096])
    #expect(first[4096...] != second[4096...])
  }

  /// Code that is bound to an actor would trap on any other thread.
  @Test func theSinkIsCalledOnTheCallersThread() throws {
    let identity = try SealingIdentity.generate()
    let caller = pthread_self()
    var calls: [Bool] = []
    _ = try SealedFile.seal(Bytes(Sample.plaintext(5 << 20)), to: [identity.recipient]) { _ in
      calls.append(pthread_self() == caller)
    }
    #expect(calls == [true, true, true, true])
  }

  @Test func aSinkThatFailsEndsTheSealing() throws {
    struct DiskFull: Error {}
    let identity = try SealingIdentity.generate()
    #expect(throws: DiskFull.self) {
      _ = try SealedFile.seal(Bytes(Sample.plaintext(10)), to: [identity.recipient]) { _ in throw DiskFull() }
    }
  }

  @Test func theWrongIdentityIsToldWhy() throws {
    let identity = try SealingIdentity.generate()
    let stranger = try SealingIdentity.generate()
    let refusal = Sample.refusal(of: try Sample.sealed([1], for: identity), with: stranger)
    #expect(
      refusal == .notForThisIdentity("\(stranger.recipient)", found: ["X25519", "martlet-filler"]))
    #expect(
      refusal?.description
        == "expected a file sealed for \(stranger.recipient), found recipients of kind X25519, "
        + "none of them this one: use the identity of one of its recipients")
  }
}
