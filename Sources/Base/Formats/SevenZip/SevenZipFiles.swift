// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// The names of the members, and which of them have data.
enum SevenZipFiles {
  static func read(
    _ cursor: inout SevenZipCursor, _ streams: SevenZipStreams
  ) throws(SevenZipError) -> [SevenZipEntry] {
    let count = try cursor.count("members", Limits.archiveMembers)
    var entries = [SevenZipEntry](repeating: .init(name: ""), count: count)
    var isEmpty = [Bool](repeating: false, count: count)
    var emptyFiles: [Bool] = []
    while true {
      let type = try cursor.number()
      if type == 0 { break }
      var part = SevenZipCursor(try cursor.take(try cursor.number()))
      switch type {
      case 0x0E: isEmpty = try part.bits(count)
      case 0x0F: emptyFiles = try part.bits(isEmpty.count { $0 })
      case 0x11: try readNames(&part, &entries)
      case 0x15: try readAttributes(&part, &entries)
      default: break
      }
    }
    try place(&entries, isEmpty, emptyFiles, streams)
    return entries
  }

  private static func readNames(
    _ part: inout SevenZipCursor, _ entries: inout [SevenZipEntry]
  ) throws(SevenZipError) {
    guard try part.u8() == 0 else { throw .malformed(reason: "the names lie elsewhere") }
    for index in entries.indices {
      var units: [UInt16] = []
      while true {
        let unit = UInt16(try part.little(2))
        if unit == 0 { break }
        units.append(unit)
      }
      entries[index].name = String(decoding: units, as: UTF16.self)
    }
  }

  private static func readAttributes(
    _ part: inout SevenZipCursor, _ entries: inout [SevenZipEntry]
  ) throws(SevenZipError) {
    let isThere = try part.optionalBits(entries.count)
    guard try part.u8() == 0 else { throw .malformed(reason: "the attributes lie elsewhere") }
    for index in entries.indices where isThere[index] {
      let attributes = try part.little(4)
      // With bit 15 the upper half is the mode of Unix; 0x400 is a reparse point of Windows.
      entries[index].isSymbolicLink =
        (attributes & 0x8000 != 0 && attributes >> 16 & 0xF000 == 0xA000) || attributes & 0x400 != 0
    }
  }

  private static func place(
    _ entries: inout [SevenZipEntry], _ isEmpty: [Bool], _ emptyFiles: [Bool], _ streams: SevenZipStreams
  ) throws(SevenZipError) {
    var folder = 0
    var part = 0
    var offset = 0
    var empty = 0
    for index in entries.indices {
      guard !isEmpty[index] else {
        entries[index].isDirectory = empty >= emptyFiles.count || !emptyFiles[empty]
        empty += 1
        continue
      }
      while folder < streams.parts.count, part >= streams.parts[folder].count {
        folder += 1
        part = 0
        offset = 0
      }
      guard folder < streams.parts.count else { throw .malformed(reason: "a member has no data") }
      let stream = streams.parts[folder][part]
      entries[index].folder = folder
      entries[index].range = offset..<offset + stream.size
      entries[index].crc32 = stream.crc32
      offset += stream.size
      part += 1
    }
  }
}
