// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

extension ZipReader {
  /// The local header at an offset, as an entry of its own.
  func localEntry(_ at: Int) -> ZipEntry? {
    guard u32(at) == Self.localSignature, bytes.count - at >= 30 else { return nil }
    let name = Int(u16(at + 26)!)
    let extra = Int(u16(at + 28)!)
    guard name + extra <= bytes.count - at - 30 else { return nil }
    var entry = ZipEntry(
      origin: .local, name: text(at + 30..<at + 30 + name), flags: u16(at + 6)!, method: u16(at + 8)!,
      crc32: u32(at + 14)!, compressedSize: Int(u32(at + 18)!), uncompressedSize: Int(u32(at + 22)!),
      headerOffset: at, dataOffset: at + 30 + name + extra, unixMode: 0)
    applyZip64(at + 30 + name..<at + 30 + name + extra, to: &entry, withOffset: false)
    return entry
  }

  /// Reads the local header of an entry of the directory, notes where the two differ, and keeps the local view
  /// beside the central one where it would give other bytes or another name.
  mutating func readLocal(of index: Int) throws(ZipError) {
    let central = entries[index]
    guard var local = localEntry(central.headerOffset) else {
      throw .malformed(offset: central.headerOffset, reason: "\(central.name) has no local header there")
    }
    entries[index].dataOffset = local.dataOffset
    var differs = false
    func note(_ field: String, _ here: String, _ there: String) {
      guard here != there else { return }
      differs = true
      disagreements.append(
        .header(
          member: central.name, field: field, central: here, local: there, offset: central.headerOffset))
    }
    note("name", central.name, local.name)
    note("method", "\(central.method)", "\(local.method)")
    note("flags", String(central.flags, radix: 16), String(local.flags, radix: 16))
    let streamed = local.hasDescriptor && local.compressedSize == 0 && local.uncompressedSize == 0
    if streamed {
      local.compressedSize = central.compressedSize
      local.uncompressedSize = central.uncompressedSize
    } else {
      note("size", "\(central.compressedSize)", "\(local.compressedSize)")
      note("size", "\(central.uncompressedSize)", "\(local.uncompressedSize)")
    }
    if local.hasDescriptor && local.crc32 == 0 {
      local.crc32 = central.crc32
    } else {
      note("crc", String(central.crc32, radix: 16), String(local.crc32, radix: 16))
    }
    let (end, overflow) = local.dataOffset.addingReportingOverflow(central.compressedSize)
    guard !overflow, end <= bytes.count else {
      throw .malformed(offset: central.headerOffset, reason: "the data of \(central.name) is cut short")
    }
    var claimed = end
    if local.hasDescriptor || central.hasDescriptor { claimed += descriptorLength(end, central) }
    claims.append((central.headerOffset..<claimed, central.name))
    if differs { entries.insert(local, at: index + 1) }
  }
}
