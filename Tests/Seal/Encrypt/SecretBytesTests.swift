// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Testing

@testable import MartletEncrypt

@Suite struct SecretBytesTests {
  @Test func holdsACopy() throws {
    let secret = try SecretBytes(copying: [1, 2, 3].span)
    let count = secret.count
    #expect(count == 3)
    let read = (0..<3).map { secret.span[$0] }
    #expect(read == [1, 2, 3])
    let pointed = secret.withUnsafeBytes { Array($0) }
    #expect(pointed == [1, 2, 3])
  }

  @Test func nothingNeedsNoMemory() throws {
    let secret = try SecretBytes(zeros: 0)
    let counts = [secret.count, secret.span.count, secret.withUnsafeBytes { $0.count }]
    #expect(counts == [0, 0, 0])
  }

  @Test func moreMemoryThanThereIsIsAnError() {
    #expect {
      _ = try SecretBytes(zeros: 1 << 60)
    } throws: { error in
      guard case SealError.noMemory(bytes: 1 << 60, _) = error else { return false }
      return true
    }
  }

  /// `dd` in the kernel's description of a mapping says that core dumps leave it out.
  @Test func isLeftOutOfCoreDumps() throws {
    let secret = try SecretBytes(copying: Sample.plaintext(10_000).span)
    let flags = try secret.withUnsafeBytes { try Self.flags(ofMappingAt: UInt(bitPattern: $0.baseAddress!)) }
    #expect(flags.contains("dd"))
  }

  private static func flags(ofMappingAt address: UInt) throws -> [Substring] {
    // In pieces, because the kernel gives no more than a page of this file at a time.
    let file = try #require(FileHandle(forReadingAtPath: "/proc/self/smaps"))
    var contents = Data()
    while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty { contents += piece }
    let maps = String(decoding: contents, as: UTF8.self)
    var isInside = false
    for line in maps.split(separator: "\n") {
      let ends = line.prefix { $0 != " " }.split(separator: "-").compactMap { UInt($0, radix: 16) }
      if ends.count == 2 { isInside = ends[0] <= address && address < ends[1] }
      if isInside, line.hasPrefix("VmFlags:") { return line.split(separator: " ") }
    }
    return []
  }
}
