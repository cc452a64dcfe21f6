// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats
import Testing

@Suite struct ZipArchiveTests {
  /// One deflated member, `a` with 100 times `x`, as Python's zipfile writes it.
  static let deflated: [UInt8] = {
    let stream: [UInt8] = [0xAB, 0xA8, 0xA0, 0x3D, 0x00, 0x00]
    let crc = Inflate.crc32(Bytes([UInt8](repeating: 0x78, count: 100)))
    func u16(_ value: Int) -> [UInt8] { [UInt8(value & 255), UInt8(value >> 8)] }
    func u32(_ value: UInt32) -> [UInt8] {
      (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
    }
    let common =
      u16(20) + u16(0) + u16(8) + u32(0) + u32(crc) + u32(UInt32(stream.count)) + u32(100) + u16(1) + u16(0)
    let local = u32(0x0403_4B50) + common + [0x61] + stream
    let central = u32(0x0201_4B50) + u16(20) + common + u16(0) + u16(0) + u16(0) + u32(0) + u32(0) + [0x61]
    return local + central + u32(0x0605_4B50) + u16(0) + u16(0) + u16(1) + u16(1) + u32(UInt32(central.count))
      + u32(UInt32(local.count)) + u16(0)
  }()

  @Test func aDeflatedMemberIsInflated() throws {
    let archive = try ZipArchive(Bytes(Self.deflated))
    #expect(archive.disagreements.isEmpty)
    #expect(archive.entries.map(\.name) == ["a"])
    #expect(try archive.contents(of: archive.entries[0]).array() == [UInt8](repeating: 0x78, count: 100))
  }

  @Test func whatIsInflatedIsBounded() throws {
    let archive = try ZipArchive(Bytes(Self.deflated))
    #expect(throws: ZipError.tooLarge(member: "a", limit: 50)) {
      try archive.contents(of: archive.entries[0], limit: 50)
    }
    var entry = archive.entries[0]
    entry.uncompressedSize = 60
    #expect(throws: ZipError.sizeMismatch(member: "a", stated: 60, found: 100)) {
      try archive.contents(of: entry)
    }
    entry.uncompressedSize = 100
    entry.crc32 = 1
    #expect(throws: ZipError.self) { try archive.contents(of: entry) }
    entry.method = 9
    #expect(throws: ZipError.unsupportedMethod(member: "a", method: 9)) { try archive.contents(of: entry) }
    entry.dataOffset = .max
    #expect(throws: ZipError.self) { try archive.contents(of: entry) }
  }

  @Test func deflateIsReadStrictly() {
    #expect(throws: InflateError.malformed) { try Inflate.raw(Bytes([0xAB, 0xA8]), limit: 1000) }
    #expect(throws: InflateError.malformed) { try Inflate.raw(Bytes([UInt8]()), limit: 1000) }
    #expect(throws: InflateError.malformed) { try Inflate.raw(Bytes([0xFF, 0xFF]), limit: 1000) }
    #expect(throws: InflateError.tooLarge(limit: 99)) {
      try Inflate.raw(Bytes([0xAB, 0xA8, 0xA0, 0x3D, 0x00, 0x00]), limit: 99)
    }
  }

  @Test func everyPrefixIsAnErrorOrSaysThatItIsCut() {
    for length in 0..<Self.deflated.count {
      if let archive = try? ZipArchive(Bytes(Self.deflated[..<length])) {
        #expect(archive.disagreements.contains(.noDirectory), "\(length)")
      }
    }
  }

  @Test func everyFlippedBitIsReadWithoutACrash() {
    for index in Self.deflated.indices {
      for bit in 0..<8 {
        var bytes = Self.deflated
        bytes[index] ^= 1 << UInt8(bit)
        guard let archive = try? ZipArchive(Bytes(bytes)) else { continue }
        for entry in archive.entries {
          if let data = try? archive.contents(of: entry) { #expect(data.count <= 1000) }
        }
      }
    }
  }
}
