// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// Assembles 7z archives of one folder.
struct SevenZipBuilder {
  var members: [(name: String, data: Bytes)]
  /// The coders of the folder, as they stand in the directory, and what they make of the data.
  var coders: [UInt8] = [1, 0x01, 0x00]
  var packed: Bytes?
  var attributes: [UInt32] = []
  var tail: [UInt8] = []
  var gap: [UInt8] = []
  var hasChecksum = true

  init(_ members: [(String, Bytes)]) { self.members = members.map { (name: $0.0, data: $0.1) } }

  var bytes: Bytes {
    let whole = members.flatMap { $0.data.array() }
    let packed = (self.packed ?? Bytes(whole)).array() + gap
    var header: [UInt8] = [1, 4]
    header += [6] + number(0) + number(1) + [9] + number(packed.count - gap.count) + [0]
    header += [7, 0x0B] + number(1) + [0] + coders + [0x0C] + number(whole.count)
    if coders[0] > 1 { for _ in 1..<coders[0] { header += number(whole.count) } }
    header += [0, 8, 0x0D] + number(members.count)
    if members.count > 1 { header += [9] + members.dropLast().flatMap { number($0.data.count) } }
    header += [0x0A, 1]
    for member in members { header += little(UInt64(Inflate.crc32(member.data)), 4) }
    header += [0, 0]
    var names: [UInt8] = [0]
    for member in members {
      for unit in member.name.utf16 { names += little(UInt64(unit), 2) }
      names += [0, 0]
    }
    header += [5] + number(members.count) + [0x11] + number(names.count) + names
    if !attributes.isEmpty {
      let list: [UInt8] = [1, 0] + attributes.flatMap { little(UInt64($0), 4) }
      header += [0x15] + number(list.count) + list
    }
    header += [0, 0]
    let crc = Inflate.crc32(Bytes(header)) ^ (hasChecksum ? 0 : 1)
    let start = little(UInt64(packed.count), 8) + little(UInt64(header.count), 8) + little(UInt64(crc), 4)
    let front: [UInt8] = [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4]
    return Bytes(front + little(UInt64(Inflate.crc32(Bytes(start))), 4) + start + packed + header + tail)
  }

  private func little(_ value: UInt64, _ width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
  }

  private func number(_ value: Int) -> [UInt8] {
    value < 0x80 ? [UInt8(value)] : [0xFF] + little(UInt64(value), 8)
  }
}
