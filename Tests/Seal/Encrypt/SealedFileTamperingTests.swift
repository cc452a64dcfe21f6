// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Foundation
import MartletBytes
import Testing

@testable import MartletEncrypt

/// Whatever is done to a sealed file after sealing is noticed, and named.
@Suite struct SealedFileTamperingTests {
  let secret = SymmetricKey(size: .bits128)
  let nonce = [UInt8](repeating: 7, count: 16)

  @Test func everyTruncationIsRefused() throws {
    let identity = try SealingIdentity.generate()
    let file = try Sample.sealed(Sample.plaintext(100), for: identity)
    for count in 0..<file.count {
      let refusal = Sample.refusal(of: Array(file[..<count]), with: identity)
      switch count {
      case 0: #expect(refusal == .notSealed)
      case 1..<4096: #expect(refusal == .headerTruncated(offset: count))
      case 4096: #expect(refusal == .noChunk)
      case 4097..<4112: #expect(refusal == .chunkCut(chunk: 0, found: count - 4096))
      default: #expect(refusal == .chunkChanged(chunk: 0, of: 1))
      }
    }
  }

  @Test func everyFlippedBitIsRefused() throws {
    let identity = try SealingIdentity.generate()
    let file = try Sample.sealed(Sample.plaintext(100), for: identity)
    for index in file.indices {
      var changed = file
      changed[index] ^= 1 << (index % 8)
      let refusal = Sample.refusal(of: changed, with: identity)
      if index >= 4080 { #expect(refusal == .chunkChanged(chunk: 0, of: 1)) }
    }
  }

  @Test func aChangeInTheFillerBreaksTheMAC() throws {
    let identity = try SealingIdentity.generate()
    var file = try Sample.sealed([1], for: identity)
    let filler = try #require(String(decoding: file[..<4080], as: UTF8.self).range(of: "-> martlet-filler "))
    let text = String(decoding: file[..<4080], as: UTF8.self)
    file[text.utf8.distance(from: text.startIndex, to: filler.upperBound)] ^= 1
    #expect(Sample.refusal(of: file, with: identity) == .headerChanged)
  }

  /// The MAC covers the stanzas in their order; the stanza that opens the file is found wherever it stands.
  @Test func reorderedRepeatedAndDroppedStanzasAreNoticed() throws {
    let identity = try SealingIdentity.generate()
    let other = try SealingIdentity.generate().recipient
    let header = try AgeHeader.aligned(secret, for: [other, identity.recipient])
    let stanzas = header.stanzas
    for changed in [
      [stanzas[1], stanzas[0], stanzas[2]], [stanzas[0], stanzas[1], stanzas[1], stanzas[2]],
      [stanzas[0], stanzas[0], stanzas[1], stanzas[2]], [stanzas[1], stanzas[2]], [stanzas[1]],
      [stanzas[2], stanzas[1], stanzas[0]],
    ] {
      let text =
        Array("\(AgeHeader.version)\n".utf8) + changed.flatMap(\.text)
        + header.text.suffix(AgeHeader.endCount)
      let file = text + nonce + chunk([1], index: 0, isLast: true)
      #expect(Sample.refusal(of: file, with: identity) == .headerChanged)
    }
    let whole = header.text + nonce + chunk([1], index: 0, isLast: true)
    #expect(try Sample.opened(whole, with: identity) == [1])
  }

  @Test func cuttingBetweenTwoChunksIsNamed() throws {
    let identity = try SealingIdentity.generate()
    let file = try Sample.sealed(Sample.plaintext(200_000), for: identity)
    for chunk in 0..<3 {
      let cut = Array(file[..<(4096 + 65_552 * (chunk + 1))])
      #expect(Sample.refusal(of: cut, with: identity) == .lastChunkMissing(after: chunk))
    }
  }

  @Test(arguments: [1, 15, 16, 17, 70_000]) func dataAfterTheLastChunkIsNamed(extra: Int) throws {
    let identity = try SealingIdentity.generate()
    let file = try Sample.sealed(Sample.plaintext(131_072), for: identity)
    let refusal = Sample.refusal(of: file + Sample.plaintext(extra), with: identity)
    #expect(refusal == .dataAfterLastChunk(chunk: 1))
  }

  @Test func swappedAndRepeatedChunksAreRefused() throws {
    let identity = try SealingIdentity.generate()
    let file = try Sample.sealed(Sample.plaintext(200_000), for: identity)
    let head = file[..<4096]
    let chunks = (0..<3).map { file[(4096 + 65_552 * $0)..<(4096 + 65_552 * ($0 + 1))] }
    let last = file[(4096 + 65_552 * 3)...]
    let swapped = Array(head + chunks[0] + chunks[2] + chunks[1] + last)
    #expect(Sample.refusal(of: swapped, with: identity) == .chunkChanged(chunk: 1, of: 4))
    let repeated = Array(head + chunks[0] + chunks[0] + chunks[1] + chunks[2] + last)
    #expect(Sample.refusal(of: repeated, with: identity) == .chunkChanged(chunk: 1, of: 5))
    let dropped = Array(head + chunks[1] + chunks[2] + last)
    #expect(Sample.refusal(of: dropped, with: identity) == .chunkChanged(chunk: 0, of: 3))
  }

  @Test func ofSeveralBadChunksTheFirstIsNamed() throws {
    let identity = try SealingIdentity.generate()
    var file = try Sample.sealed(Sample.plaintext(6 << 20), for: identity)
    for chunk in [41, 37, 38, 90] { file[4096 + 65_552 * chunk + 9] ^= 1 }
    #expect(Sample.refusal(of: file, with: identity) == .chunkChanged(chunk: 37, of: 96))
  }

  @Test func anEmptyLastChunkIsRefused() throws {
    let identity = try SealingIdentity.generate()
    let head = try AgeHeader.aligned(secret, for: [identity.recipient]).text + nonce
    let full = chunk(Sample.plaintext(65_536), index: 0, isLast: false)
    let empty = chunk([], index: 1, isLast: true)
    #expect(Sample.refusal(of: head + full + empty, with: identity) == .emptyLastChunk(chunk: 1))
  }

  @Test func anotherFilesPayloadIsRefused() throws {
    let identity = try SealingIdentity.generate()
    let first = try Sample.sealed(Sample.plaintext(10), for: identity)
    let second = try Sample.sealed(Sample.plaintext(10), for: identity)
    let mixed = Array(first[..<4080] + second[4080...])
    #expect(Sample.refusal(of: mixed, with: identity) == .chunkChanged(chunk: 0, of: 1))
  }

  private func chunk(_ plain: [UInt8], index: Int, isLast: Bool) -> [UInt8] {
    var sealed = [UInt8](repeating: 0, count: plain.count + ChunkCipher.tagCount)
    sealed.withUnsafeMutableBytes { sealed in
      plain.withUnsafeBytes { plain in
        ChunkCipher(fileKey: secret, nonce: nonce).seal(plain, index: index, isLast: isLast, into: sealed)
      }
    }
    return sealed
  }
}
