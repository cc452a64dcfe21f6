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
    let whole: [UInt8] = members.flatMap { $0.data.array() }
    let packed = (self.packed ?? Bytes(whole)).array() + gap
    var header: [UInt8] = [1, 4, 6]
    header += number(0)
    header += number(1)
    header.append(9)
    header += number(packed.count - gap.count)
    header += [0, 7, 0x0B] as [UInt8]
    header += number(1)
    header.append(0)
    header += coders
    header.append(0x0C)
    header += number(whole.count)
    header += [0, 8, 0x0D] as [UInt8]
    header += number(members.count)
    if members.count > 1 { header.append(9) }
    for member in members.dropLast() { header += number(member.data.count) }
    header += [0x0A, 1] as [UInt8]
    for member in members { header += little(UInt64(Inflate.crc32(member.data)), 4) }
    header += [0, 0] as [UInt8]
    var names: [UInt8] = [0]
    for member in members {
      for unit in member.name.utf16 { names += little(UInt64(unit), 2) }
      names += [0, 0] as [UInt8]
    }
    header.append(5)
    header += number(members.count)
    header.append(0x11)
    header += number(names.count)
    header += names
    if !attributes.isEmpty {
      var list: [UInt8] = [1, 0]
      for value in attributes { list += little(UInt64(value), 4) }
      header.append(0x15)
      header += number(list.count)
      header += list
    }
    header += [0, 0] as [UInt8]
    let crc = Inflate.crc32(Bytes(header)) ^ (hasChecksum ? 0 : 1)
    var start = little(UInt64(packed.count), 8)
    start += little(UInt64(header.count), 8)
    start += little(UInt64(crc), 4)
    var file: [UInt8] = [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4]
    file += little(UInt64(Inflate.crc32(Bytes(start))), 4)
    file += start
    file += packed
    file += header
    return Bytes(file + tail)
  }

  private func little(_ value: UInt64, _ width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
  }

  private func number(_ value: Int) -> [UInt8] {
    value < 0x80 ? [UInt8(value)] : [0xFF] + little(UInt64(value), 8)
  }
}
