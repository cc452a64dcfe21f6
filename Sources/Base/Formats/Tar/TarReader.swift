// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// Reads the structure of a tar archive; ``TarArchive`` is what remains of it.
struct TarReader {
  let bytes: Bytes
  var entries: [TarEntry] = []
  var issues: [TarIssue] = []
  /// Records that belong to the next member.
  var next = TarRecords()
  /// Records that belong to all members that follow.
  var global = TarRecords()

  init(bytes: Bytes) { self.bytes = bytes }

  mutating func note(_ issue: TarIssue) {
    if issues.count < Limits.archiveMembers { issues.append(issue) }
  }

  mutating func read() {
    var at = 0
    var zeros = 0
    while bytes.count - at >= 512 {
      guard entries.count < Limits.archiveMembers else {
        note(.tooManyMembers(limit: Limits.archiveMembers))
        return
      }
      if isZero(at..<at + 512) {
        zeros += 1
        at += 512
        continue
      }
      guard hasChecksum(at) else {
        if zeros > 0 { break }
        note(.checksum(offset: at))
        // Readers look for the next header that is right.
        at += 512
        while bytes.count - at >= 512, !hasChecksum(at), !isZero(at..<at + 512) { at += 512 }
        continue
      }
      if zeros > 0 { note(.afterEnd(offset: at)) }
      zeros = 0
      at = member(at)
    }
    // Without the two blocks of zeros nobody knows whether members are missing.
    if zeros < 2 { note(.truncated(member: entries.last?.name ?? "", offset: bytes.count)) }
    let rest = min(at, bytes.count)..<bytes.count
    if !isZero(rest) { note(.trailing(range: rest)) }
  }

  /// Reads the header at an offset and what belongs to it.
  /// - Returns: where the next header stands.
  private mutating func member(_ at: Int) -> Int {
    let type = bytes[at + 156]
    guard let size = number(at + 124, 12, "size", at) else { return at + 512 }
    let start = at + 512
    switch type {
    case UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "g"), UInt8(ascii: "L"), UInt8(ascii: "K"):
      return record(type, start, size, header: at)
    default: break
    }
    var records = global
    records.add(next)
    next = TarRecords()
    if type == UInt8(ascii: "M") { note(.multiVolume(offset: at)) }
    var entry = TarEntry(
      kind: Self.kind(type), name: text(at, 100), headerOffset: at, data: start..<start)
    entry.target = records.target ?? text(at + 157, 100)
    nameEntry(&entry, records, at)
    if type == 0 || type == UInt8(ascii: "0"), entry.name.hasSuffix("/") { entry.kind = .directory }

    // Readers skip the data of links, folders and devices, or do not expect any.
    let hasData: Bool =
      switch entry.kind {
      case .file, .unknown, .remark: true
      default: false
      }
    let stated = records.size ?? size
    var sizes = hasData ? [size, stated] : [0, stated]
    // Eleven octal digits cannot say more than 8 GiB: that is what the record is for.
    if size == 0, stated >= 1 << 33 { sizes = [stated] }
    if sizes.count == 2, sizes[0] != sizes[1] {
      note(.sizes(member: entry.name, header: sizes[0], record: sizes[1], offset: at))
    }
    var from = start
    if type == UInt8(ascii: "S") { from = readOldSparse(at, &entry) }
    let short = sizes.min()!
    for size in Set(sizes).sorted() {
      var reading = entry
      reading.isOtherReading = size != short
      let (end, overflow) = from.addingReportingOverflow(size)
      if overflow || end > bytes.count { note(.truncated(member: entry.name, offset: at)) }
      reading.data = min(from, bytes.count)..<(overflow ? bytes.count : min(end, bytes.count))
      if reading.kind == .file { readSparse(records, &reading) }
      entries.append(reading)
    }
    let (end, overflow) = from.addingReportingOverflow(short)
    guard !overflow, end <= bytes.count else { return bytes.count }
    return (end + 511) / 512 * 512
  }

  private mutating func nameEntry(_ entry: inout TarEntry, _ records: TarRecords, _ at: Int) {
    let plain = entry.name
    let prefix = text(at + 345, 155)
    let isPOSIX =
      bytes[at + 257 + 5] == 0 && bytes.slice(at + 257..<at + 262).starts(with: Array("ustar".utf8))
    if !prefix.isEmpty {
      // Python joins the two whatever the magic says; where GNU keeps times there, others do not.
      let joined = prefix + "/" + plain
      entry.name = isPOSIX ? joined : plain
      entry.otherNames.append(isPOSIX ? plain : joined)
    }
    guard let name = records.name else { return }
    if name != entry.name {
      // A short name of plain letters needs no record.
      if name.utf8.count <= 100, name.utf8.allSatisfy({ $0 < 0x80 }), !records.isSparse,
        !entry.name.hasPrefix(name), !name.hasPrefix(plain)
      {
        note(.names(member: name, other: entry.name, offset: at))
      }
      entry.otherNames.append(entry.name)
    }
    entry.name = name
  }

  static func kind(_ type: UInt8) -> TarEntry.Kind {
    switch type {
    case 0, UInt8(ascii: "0"), UInt8(ascii: "7"), UInt8(ascii: "S"): .file
    case UInt8(ascii: "1"): .hardLink
    case UInt8(ascii: "2"): .symbolicLink
    case UInt8(ascii: "3"), UInt8(ascii: "4"): .device
    case UInt8(ascii: "5"): .directory
    case UInt8(ascii: "6"): .pipe
    case UInt8(ascii: "V"): .remark
    default: .unknown(type)
    }
  }
}
