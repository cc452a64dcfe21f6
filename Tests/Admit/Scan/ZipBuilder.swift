// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// Assembles zip archives of stored members, with lies where a test wants them.
struct ZipBuilder {
  struct Member {
    var name: String
    var data: [UInt8]
    /// What the local header says in place of the truth.
    var localName: String?
    var flags: UInt16 = 0
    var localFlags: UInt16?
    var crc: UInt32?
    var mode: UInt32 = 0
    var isListed = true
    var gap: [UInt8] = []

    init(_ name: String, _ data: Bytes) {
      self.name = name
      self.data = data.array()
    }
  }

  static func make(_ members: [Member], prefix: [UInt8] = [], comment: [UInt8] = []) -> Bytes {
    var file = prefix
    var directory: [UInt8] = []
    var count = 0
    for member in members {
      let offset = file.count - prefix.count
      let crc = member.crc ?? Inflate.crc32(Bytes(member.data))
      let name = Array(member.name.utf8)
      let local = Array((member.localName ?? member.name).utf8)
      file += u32(0x0403_4B50) + u16(20) + u16(member.localFlags ?? member.flags) + u16(0) + u32(0)
      file += u32(crc) + u32(UInt32(member.data.count)) + u32(UInt32(member.data.count))
      file += u16(UInt16(local.count)) + u16(0) + local + member.data + member.gap
      guard member.isListed else { continue }
      count += 1
      directory += u32(0x0201_4B50) + u16(0x0314) + u16(20) + u16(member.flags) + u16(0) + u32(0)
      directory += u32(crc) + u32(UInt32(member.data.count)) + u32(UInt32(member.data.count))
      directory += u16(UInt16(name.count)) + u16(0) + u16(0) + u16(0) + u16(0) + u32(member.mode << 16)
      directory += u32(UInt32(offset)) + name
    }
    let start = file.count - prefix.count
    file += directory + u32(0x0605_4B50) + u16(0) + u16(0) + u16(UInt16(count)) + u16(UInt16(count))
    file += u32(UInt32(directory.count)) + u32(UInt32(start)) + u16(UInt16(comment.count)) + comment
    return Bytes(file)
  }

  static func u16(_ value: UInt16) -> [UInt8] { [UInt8(truncatingIfNeeded: value), UInt8(value >> 8)] }
  static func u32(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
  }
}
