// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// A node of the tree of an OCDBT store: other nodes, or keys with their values.
package struct OCDBTNode: Sendable {
  package enum Value: Sendable {
    case here(Range<Int>)
    case there(OCDBTPlace)
  }

  package private(set) var children: [OCDBTPlace] = []
  package private(set) var entries: [(key: String, value: Value)] = []
  /// What ranges of values count in.
  package let contents: Bytes

  package init(_ bytes: Bytes) throws(StructureError) {
    let contents = try OCDBTReader.contents(of: bytes, magic: OCDBTReader.node)
    self.contents = contents
    var reader = OCDBTReader(contents.span)
    let height = try reader.byte()
    let files = try reader.files()
    let count = try reader.count("entries")
    guard count > 0 else {
      try reader.end()
      return
    }
    let prefixes = try reader.numbers(count - 1)
    let suffixes = try reader.numbers(count)
    if height > 0 { _ = try reader.numbers(count) }
    let keys = try reader.texts(prefixes: prefixes, suffixes: suffixes)
    if height > 0 {
      children = try OCDBTManifest.places(&reader, count, files).filter { $0.count > 0 }
      _ = try reader.numbers(3 * count)
      try reader.end()
      return
    }
    let sizes = try reader.numbers(count)
    var isHere: [Bool] = []
    for _ in 0..<count {
      let kind = try reader.byte()
      guard kind <= 1 else {
        throw StructureError(.uncovered, "a value of the kind \(kind)", at: reader.offset)
      }
      isHere.append(kind == 0)
    }
    let elsewhere = isHere.count { !$0 }
    let numbers = try reader.numbers(elsewhere)
    let offsets = try reader.numbers(elsewhere)
    var next = 0
    for index in 0..<count {
      let key = String(decoding: keys[index], as: UTF8.self)
      if isHere[index] {
        let start = reader.offset
        try reader.skip(sizes[index])
        entries.append((key, .here(start..<start + sizes[index])))
        continue
      }
      guard numbers[next] < files.count else {
        throw StructureError(.exploit, "file \(numbers[next]) of \(files.count)", at: reader.offset)
      }
      let place = OCDBTPlace(file: files[numbers[next]], offset: offsets[next], count: sizes[index])
      entries.append((key, .there(place)))
      next += 1
    }
    try reader.end()
  }
}
