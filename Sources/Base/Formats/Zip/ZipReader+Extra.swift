// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

extension ZipReader {
  /// Reads the extra fields of a header that change what the header means: zip64 sizes and Unicode names.
  mutating func applyExtra(_ extra: Range<Int>, to entry: inout ZipEntry, withOffset: Bool) {
    var at = extra.lowerBound
    var hasWide = false
    while extra.upperBound - at >= 4 {
      let length = Int(u16(at + 2)!)
      guard length <= extra.upperBound - at - 4 else { return }
      let field = at + 4..<at + 4 + length
      switch u16(at) {
      case 1 where hasWide: note(.zip64(field: "second extra field", offset: at))
      case 1:
        hasWide = true
        applyZip64(field, to: &entry, withOffset: withOffset)
      case 0x7075: readUnicodeName(field, of: entry)
      default: break
      }
      at += 4 + length
    }
  }

  /// Takes the 64-bit values for those fields that are all ones. Readers that take them for the others as well
  /// would see another member.
  private mutating func applyZip64(_ field: Range<Int>, to entry: inout ZipEntry, withOffset: Bool) {
    var at = field.lowerBound
    func wide(_ value: inout Int) {
      guard value == 0xFFFF_FFFF, field.upperBound - at >= 8 else { return }
      value = Int(exactly: u64(at)!) ?? .max
      at += 8
    }
    let plain = (entry.uncompressedSize, entry.compressedSize)
    wide(&entry.uncompressedSize)
    wide(&entry.compressedSize)
    if withOffset { wide(&entry.headerOffset) }
    if at == field.lowerBound, field.count >= 16, !entry.hasDescriptor {
      let stated = (u64(at)!, u64(at + 8)!)
      if stated.0 != UInt64(plain.0) || stated.1 != UInt64(plain.1) {
        note(.zip64(field: "size of \(entry.name)", offset: at))
      }
    }
  }

  /// The name in UTF-8 that Info-ZIP puts beside one in another character set (APPNOTE 4.6.9).
  private mutating func readUnicodeName(_ field: Range<Int>, of entry: ZipEntry) {
    guard field.count > 5, bytes[field.lowerBound] == 1 else { return }
    let other = text(field.lowerBound + 5..<field.upperBound)
    if other != entry.name {
      note(.unicodeName(member: entry.name, other: other, offset: entry.headerOffset))
    }
  }
}
