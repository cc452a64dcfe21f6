// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// Files of words and numbers for them: fastText, word2vec, SentencePiece. Walked by their sizes.
package enum WordVectors {
  package static func isFastText(_ bytes: Bytes) -> Bool { bytes.starts(with: [0xBA, 0x16, 0x4F, 0x2F]) }

  /// Source: `fasttext.cc`, `dictionary.cc`, `densematrix.cc`, `quantmatrix.cc`.
  package static func checkFastText(_ bytes: Bytes) throws(StructureError) {
    var reader = StructureReader(bytes.span, at: min(4, bytes.count))
    let version = try reader.u32()
    guard version <= 12 else { throw StructureError(.uncovered, "version \(version) of fastText", at: 4) }
    try reader.skip(12 * 4 + 8)
    let at = reader.offset
    let size = try reader.i32()
    let words = try reader.i32()
    let labels = try reader.i32()
    try reader.skip(8)
    let pruned = Int64(bitPattern: try reader.u64())
    guard size >= 0, words >= 0, labels >= 0, words + labels == size, pruned >= -1 else {
      throw StructureError(
        .exploit, "a dictionary of \(size) with \(words) words and \(labels) labels", at: at)
    }
    _ = try reader.count(UInt64(size), of: 10, "words")
    for _ in 0..<size {
      while try reader.u8() != 0 {}
      try reader.skip(8)
      let kind = try reader.u8()
      guard kind <= 1 else {
        throw StructureError(.broken, "an entry of the kind \(kind)", at: reader.offset)
      }
    }
    if pruned > 0 { try reader.skip(Int(pruned), of: 8, "pruned entries") }
    for _ in 0..<2 {
      if try reader.u8() != 0 { try quantised(&reader) } else { try dense(&reader) }
    }
    try reader.end("the matrices")
  }

  private static func dense(_ reader: inout StructureReader) throws(StructureError) {
    let at = reader.offset
    let rows = try reader.u64()
    let columns = try reader.u64()
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    guard !overflow else { throw StructureError(.exploit, "the size of a matrix overflows", at: at) }
    try reader.skip(4 * (try reader.count(count, of: 4, "numbers")))
  }

  private static func quantised(_ reader: inout StructureReader) throws(StructureError) {
    let hasNorms = try reader.u8() != 0
    let rows = try reader.u64()
    _ = try reader.u64()
    let codes = UInt64(try reader.u32())
    try reader.skip(try reader.count(codes, of: 1, "codes"))
    try quantiser(&reader)
    if hasNorms {
      try reader.skip(try reader.count(rows, of: 1, "norms"))
      try quantiser(&reader)
    }
  }

  private static func quantiser(_ reader: inout StructureReader) throws(StructureError) {
    let dimension = UInt64(try reader.u32())
    try reader.skip(12)
    try reader.skip(1024 * (try reader.count(dimension, of: 1024, "centroids")))
  }

  /// Two numbers in a line, then words with floats behind them.
  package static func isWord2Vec(_ bytes: Bytes) -> Bool {
    guard let (_, dimension, start) = header(bytes), bytes.count > start + 4 else { return false }
    // In the text form everything is text; a float always has other bytes, or the vector is as long as a word.
    let part = bytes.slice(start..<min(bytes.count, start + 256 + 4 * dimension))
    return PlainText.utf8(of: part) == nil || part.array().contains(0)
  }

  private static func header(_ bytes: Bytes) -> (words: Int, dimension: Int, start: Int)? {
    var numbers = [0, 0]
    var field = 0
    var digits = 0
    for index in 0..<min(bytes.count, 24) {
      switch bytes[index] {
      case 0x30...0x39:
        numbers[field] = numbers[field] * 10 + Int(bytes[index] - 0x30)
        digits += 1
        guard digits <= 10 else { return nil }
      case 0x20 where field == 0 && digits > 0:
        field = 1
        digits = 0
      case 0x0A where field == 1 && digits > 0:
        return numbers[1] > 0 && numbers[1] <= 65536 ? (numbers[0], numbers[1], index + 1) : nil
      default: return nil
      }
    }
    return nil
  }

  /// The same as text: the first word has a number for each dimension.
  package static func isText(_ bytes: Bytes) -> Bool {
    guard let (_, dimension, start) = header(bytes) else { return false }
    let span = bytes.span
    var fields = 0
    var at = start
    var isWord = false
    while at < span.count, span[at] != 0x0A, at - start < 64 * (dimension + 1) {
      if span[at] > 0x20 {
        if !isWord { fields += 1 }
        isWord = true
      } else {
        isWord = false
      }
      at += 1
    }
    return dimension > 1 && fields == dimension + 1
  }

  /// A reader makes room for all vectors before it reads the first.
  package static func checkText(_ bytes: Bytes) throws(StructureError) {
    guard let (words, dimension, start) = header(bytes) else { return }
    let reader = StructureReader(bytes.span, at: start)
    _ = try reader.count(UInt64(words), of: 2 * (dimension + 1), "vectors")
  }

  package static func checkWord2Vec(_ bytes: Bytes) throws(StructureError) {
    guard let (words, dimension, start) = header(bytes) else {
      throw StructureError(.broken, "no header", at: 0)
    }
    var reader = StructureReader(bytes.span, at: start)
    _ = try reader.count(UInt64(words), of: 4 * dimension, "vectors")
    for _ in 0..<words {
      var length = 0
      while try reader.u8() != 0x20 {
        length += 1
        guard length <= Limits.learnerName else {
          throw StructureError(.exploit, "a word without end", at: reader.offset)
        }
      }
      try reader.skip(4 * dimension)
      if reader.peek == 0x0A { try reader.skip(1) }
    }
    try reader.end("the vectors")
  }

  /// A list of pieces: texts with a score.
  package static func isSentencePiece(_ bytes: Bytes) -> Bool {
    guard bytes.count >= 12, bytes[0] == 0x0A, bytes[1] < 0x80, bytes[2] == 0x0A, bytes[3] < 0x7D else {
      return false
    }
    let next = 4 + Int(bytes[3])
    return bytes.count > next && Int(bytes[3]) + 2 <= Int(bytes[1])
      && (bytes[next] == 0x15 || bytes[next] == 0x18 || next == 2 + Int(bytes[1]))
  }

  /// Source: `sentencepiece_model.proto`.
  package static func checkSentencePiece(_ bytes: Bytes) throws(StructureError) {
    var pieces = 0
    var charsmap: Bytes?
    var parts: Set<Int> = []
    try fields(bytes) { number, value, at throws(StructureError) in
      guard let value, (1...5).contains(number) else {
        throw StructureError(.uncovered, "a field \(number) that SentencePiece does not have", at: at)
      }
      parts.insert(number)
      if number == 1 {
        pieces += 1
        try fields(value) { inner, _, _ throws(StructureError) in
          guard (1...3).contains(inner) else {
            throw StructureError(.uncovered, "a piece with a field \(inner)", at: at)
          }
        }
      } else if number == 3 || number == 5 {
        try fields(value) { inner, content, _ throws(StructureError) in
          if inner == 2 { charsmap = content }
        }
      } else {
        try fields(value) { _, _, _ throws(StructureError) in }
      }
    }
    guard pieces > 0, parts.isSuperset(of: [2, 3]) else {
      throw StructureError(
        .broken, "expected pieces, how they were trained and how text is normalised", at: 0)
    }
    if let charsmap, !charsmap.isEmpty {
      var reader = StructureReader(charsmap.span)
      let size = Int(try reader.u32())
      guard size <= charsmap.count - 4, size % 4 == 0 else {
        throw StructureError(.exploit, "a table of letters of \(size) bytes in \(charsmap.count)", at: 0)
      }
      try DoubleArray(charsmap.slice(4..<4 + size)).check(texts: charsmap.slice(4 + size..<charsmap.count))
    }
  }

  /// Every field of a message; values that are no texts are skipped.
  private static func fields(
    _ bytes: Bytes, _ body: (Int, Bytes?, Int) throws(StructureError) -> Void
  ) throws(StructureError) {
    var reader = StructureReader(bytes.span)
    while reader.remaining > 0 {
      let at = reader.offset
      let tag = try varint(&reader)
      switch tag & 7 {
      case 0: _ = try varint(&reader)
      case 1: try reader.skip(8)
      case 5: try reader.skip(4)
      case 2:
        let count = try reader.count(try varint(&reader), of: 1, "bytes of a field")
        let start = reader.offset
        try reader.skip(count)
        try body(Int(tag >> 3 & 0xFFFF), bytes.slice(start..<start + count), at)
        continue
      default: throw StructureError(.broken, "a field of the wire type \(tag & 7)", at: at)
      }
      try body(Int(tag >> 3 & 0xFFFF), nil, at)
    }
  }

  private static func varint(_ reader: inout StructureReader) throws(StructureError) -> UInt64 {
    var value: UInt64 = 0
    for shift in 0..<10 {
      let byte = try reader.u8()
      value |= UInt64(byte & 0x7F) << UInt64(7 * shift)
      if byte < 0x80 { return value }
    }
    throw StructureError(.broken, "a number of more than 64 bits", at: reader.offset)
  }
}
