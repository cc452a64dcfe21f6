// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// What extended records say about the next member, or about all that follow.
struct TarRecords {
  var name: String?
  var target: String?
  var size: Int?
  /// The keys of GNU's sparse files.
  var sparse: [String: String] = [:]
  /// Offsets and lengths of the pieces of GNU's sparse format 0.0.
  var pieces: [Int] = []

  var isSparse: Bool { !sparse.isEmpty || !pieces.isEmpty }

  mutating func add(_ other: TarRecords) {
    name = other.name ?? name
    target = other.target ?? target
    size = other.size ?? size
    sparse.merge(other.sparse) { $1 }
    if !other.pieces.isEmpty { pieces = other.pieces }
  }
}

extension TarReader {
  /// Reads the data of an extended header.
  /// - Returns: where the next header stands.
  mutating func record(_ type: UInt8, _ start: Int, _ size: Int, header: Int) -> Int {
    guard size <= Limits.tarExtension else {
      note(.badRecord(reason: "it is longer than \(Limits.tarExtension) bytes", offset: header))
      return start
    }
    guard let data = try? bytes.checkedSlice(at: start, count: size) else {
      note(.truncated(member: "an extended header", offset: header))
      return bytes.count
    }
    switch type {
    case UInt8(ascii: "L"): next.name = path(text(start, size), header)
    case UInt8(ascii: "K"): next.target = path(text(start, size), header)
    case UInt8(ascii: "g"):
      var records = TarRecords()
      readPax(data, &records, header)
      if records.name != nil { note(.globalOverride(key: "path", offset: header)) }
      if records.target != nil { note(.globalOverride(key: "linkpath", offset: header)) }
      if records.size != nil { note(.globalOverride(key: "size", offset: header)) }
      global.add(records)
    default:
      var records = next
      readPax(data, &records, header)
      next = records
    }
    return (start + size + 511) / 512 * 512
  }

  /// Records of a length, a space, a key, an equals sign, a value and a line feed.
  private mutating func readPax(_ data: Bytes, _ records: inout TarRecords, _ header: Int) {
    var at = 0
    var seen = Set<String>()
    let span = data.span
    while at < span.count, span[at] != 0 {
      var length = 0
      var index = at
      while index < span.count, (0x30...0x39).contains(span[index]), length <= Limits.tarExtension {
        length = length * 10 + Int(span[index] - 0x30)
        index += 1
      }
      guard index < span.count, span[index] == 0x20, length <= span.count - at, at + length > index + 2,
        span[at + length - 1] == 0x0A
      else { return note(.badRecord(reason: "a pax record has a wrong length", offset: header)) }
      var equals = index + 1
      while equals < at + length, span[equals] != 0x3D { equals += 1 }
      guard equals < at + length else {
        return note(.badRecord(reason: "a pax record has no value", offset: header))
      }
      let key = String(decoding: data.slice(index + 1..<equals).array(), as: UTF8.self)
      let value = String(decoding: data.slice(equals + 1..<at + length - 1).array(), as: UTF8.self)
      if !seen.insert(key).inserted, key != "GNU.sparse.offset", key != "GNU.sparse.numbytes" {
        note(.badRecord(reason: "the pax record \(key) stands there twice", offset: header))
      }
      take(key, value, &records, header)
      at += length
    }
  }

  private mutating func take(_ key: String, _ value: String, _ records: inout TarRecords, _ header: Int) {
    switch key {
    // The name of a sparse file stands in a record of its own, which wins.
    case "path": if records.sparse["GNU.sparse.name"] == nil { records.name = path(value, header) }
    case "linkpath": records.target = path(value, header)
    case "size":
      guard let size = Int(value), size >= 0, size <= Int.max - 1024 else {
        return note(.badRecord(reason: "the size \(value) is no size", offset: header))
      }
      records.size = size
    case "GNU.sparse.offset", "GNU.sparse.numbytes":
      guard let number = Int(value), number >= 0, records.pieces.count < 2 * Limits.sparsePieces else {
        return note(.badRecord(reason: "the sparse file has no map", offset: header))
      }
      records.pieces.append(number)
    case _ where key.hasPrefix("GNU.sparse."):
      records.sparse[key] = value
      if key == "GNU.sparse.name" { records.name = path(value, header) }
    default: break
    }
  }

  /// A name that some system can have.
  private mutating func path(_ name: String, _ header: Int) -> String {
    guard name.utf8.count > 4096 else { return name }
    note(.badRecord(reason: "a name is longer than 4096 bytes", offset: header))
    return String(name.prefix(1024))
  }
}
