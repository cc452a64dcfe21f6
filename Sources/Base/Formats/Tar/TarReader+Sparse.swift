// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

extension TarReader {
  /// The map in the header of GNU's old sparse files, and in the blocks behind it.
  /// - Returns: where the data starts.
  mutating func readOldSparse(_ at: Int, _ entry: inout TarEntry) -> Int {
    var start = at + 512
    var numbers: [Int] = []
    guard let size = number(at + 483, 12, "sparse size", at) else { return start }
    func read(_ from: Int, _ count: Int) -> Bool {
      for index in 0..<count {
        let field = from + 24 * index
        // A piece of no bytes that stands nowhere ends the list.
        guard bytes[field] != 0 else { break }
        guard let offset = number(field, 12, "sparse offset", at),
          let length = number(field + 12, 12, "sparse length", at)
        else { return false }
        numbers += [offset, length]
      }
      return true
    }
    guard read(at + 386, 4) else { return start }
    var isExtended = bytes[at + 482] != 0
    while isExtended {
      guard bytes.count - start >= 512, numbers.count < 2 * Limits.sparsePieces, read(start, 21) else {
        note(.badRecord(reason: "the map of a sparse file breaks off", offset: at))
        return min(start, bytes.count)
      }
      isExtended = bytes[start + 504] != 0
      start += 512
    }
    set(numbers, size: size, &entry)
    return start
  }

  /// The maps of GNU's pax formats 0.0, 0.1 and 1.0.
  mutating func readSparse(_ records: TarRecords, _ entry: inout TarEntry) {
    if entry.sparseSize != nil { return check(&entry) }
    guard records.isSparse else { return }
    let stated = records.sparse["GNU.sparse.realsize"] ?? records.sparse["GNU.sparse.size"]
    guard let size = stated.flatMap({ Int($0) }), size >= 0 else {
      return note(.badRecord(reason: "the sparse file has no size", offset: entry.headerOffset))
    }
    if records.sparse["GNU.sparse.major"] == "1" {
      guard let numbers = readMap(&entry) else {
        return note(.badRecord(reason: "the sparse file has no map", offset: entry.headerOffset))
      }
      set(numbers, size: size, &entry)
    } else if let map = records.sparse["GNU.sparse.map"] {
      let numbers = map.split(separator: ",", maxSplits: 2 * Limits.sparsePieces).map { Int($0) ?? -1 }
      set(numbers, size: size, &entry)
    } else {
      set(records.pieces, size: size, &entry)
    }
    check(&entry)
  }

  private func set(_ numbers: [Int], size: Int, _ entry: inout TarEntry) {
    entry.sparseSize = size
    entry.pieces = stride(from: 0, to: numbers.count - 1, by: 2).map {
      TarPiece(offset: numbers[$0], count: numbers[$0 + 1])
    }
  }

  /// A map that does not fit the data or the file is none.
  private mutating func check(_ entry: inout TarEntry) {
    var at = 0
    var stored = 0
    for piece in entry.pieces {
      let (end, overflow) = piece.offset.addingReportingOverflow(piece.count)
      guard piece.offset >= at, piece.count >= 0, !overflow, end <= entry.sparseSize ?? 0 else {
        at = -1
        break
      }
      at = end
      stored += piece.count
    }
    if at < 0 || stored != entry.data.count {
      note(.badRecord(reason: "the map of a sparse file does not fit its data", offset: entry.headerOffset))
      entry.sparseSize = nil
      entry.pieces = []
    }
  }

  /// Lines of decimal numbers in front of the data: how many pieces, then each piece's offset and length.
  private func readMap(_ entry: inout TarEntry) -> [Int]? {
    let limit = entry.data.upperBound
    var at = entry.data.lowerBound
    func line() -> Int? {
      let span = bytes.span
      var value = 0
      var digits = 0
      while at < limit, (0x30...0x39).contains(span[at]), digits < 18 {
        value = value * 10 + Int(span[at] - 0x30)
        digits += 1
        at += 1
      }
      guard digits > 0, at < limit, span[at] == 0x0A else { return nil }
      at += 1
      return value
    }
    guard let count = line(), count <= Limits.sparsePieces else { return nil }
    var numbers: [Int] = []
    for _ in 0..<2 * count {
      guard let number = line() else { return nil }
      numbers.append(number)
    }
    let start = entry.data.lowerBound + (at - entry.data.lowerBound + 511) / 512 * 512
    guard start <= entry.data.upperBound else { return nil }
    entry.data = start..<entry.data.upperBound
    return numbers
  }
}
