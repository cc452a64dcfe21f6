// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

extension ZipReader {
  /// The local header at an offset, as an entry of its own.
  mutating func localEntry(_ at: Int) -> ZipEntry? {
    guard u32(at) == Self.localSignature, bytes.count - at >= 30 else { return nil }
    let name = Int(u16(at + 26)!)
    let extra = Int(u16(at + 28)!)
    guard name + extra <= bytes.count - at - 30 else { return nil }
    var entry = ZipEntry(
      origin: .local, name: text(at + 30..<at + 30 + name), flags: u16(at + 6)!, method: u16(at + 8)!,
      crc32: u32(at + 14)!, compressedSize: Int(u32(at + 18)!), uncompressedSize: Int(u32(at + 22)!),
      headerOffset: at, dataOffset: at + 30 + name + extra, unixMode: 0)
    applyExtra(at + 30 + name..<at + 30 + name + extra, to: &entry, withOffset: false)
    return entry
  }

  /// Reads the local header of an entry of the directory, notes where the two differ, and keeps the local view
  /// beside the central one where it would give other bytes or another name.
  /// - Returns: the entry, with the place of its data, and its local view where that differs.
  mutating func readLocal(of central: ZipEntry) throws(ZipError) -> [ZipEntry] {
    guard var local = localEntry(central.headerOffset) else {
      throw .malformed(offset: central.headerOffset, reason: "\(central.name) has no local header there")
    }
    var placed = central
    placed.dataOffset = local.dataOffset
    var differs = false
    func compare(
      _ field: String, _ here: @autoclosure () -> String, _ there: @autoclosure () -> String, _ same: Bool
    ) {
      if same { return }
      differs = true
      note(
        .header(
          member: central.name, field: field, central: here(), local: there(), offset: central.headerOffset))
    }
    compare("name", central.name, local.name, central.name == local.name)
    compare("method", "\(central.method)", "\(local.method)", central.method == local.method)
    compare(
      "flags", String(central.flags, radix: 16), String(local.flags, radix: 16), central.flags == local.flags)
    // What was not known when the header was written stands in the descriptor, and is 0 here.
    if local.hasDescriptor, local.compressedSize == 0 { local.compressedSize = central.compressedSize }
    if local.hasDescriptor, local.uncompressedSize == 0 { local.uncompressedSize = central.uncompressedSize }
    compare(
      "size", "\(central.compressedSize)", "\(local.compressedSize)",
      central.compressedSize == local.compressedSize)
    compare(
      "size", "\(central.uncompressedSize)", "\(local.uncompressedSize)",
      central.uncompressedSize == local.uncompressedSize)
    if local.hasDescriptor && local.crc32 == 0 {
      local.crc32 = central.crc32
    } else {
      compare(
        "crc", String(central.crc32, radix: 16), String(local.crc32, radix: 16), central.crc32 == local.crc32)
    }
    let (end, overflow) = local.dataOffset.addingReportingOverflow(central.compressedSize)
    guard !overflow, end <= bytes.count else {
      throw .malformed(offset: central.headerOffset, reason: "the data of \(central.name) is cut short")
    }
    var claimed = end
    if local.hasDescriptor || central.hasDescriptor { claimed += descriptorLength(end, central) }
    claims.append((central.headerOffset..<claimed, central.name))
    return differs ? [placed, local] : [placed]
  }
}
