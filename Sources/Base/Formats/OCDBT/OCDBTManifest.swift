// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// Where a part of an OCDBT store lies.
package struct OCDBTPlace: Sendable, Hashable {
  package let file: String
  package let offset: Int
  package let count: Int
}

/// The file `manifest.ocdbt`: how the store is kept, and where the tree of each version begins.
package struct OCDBTManifest: Sendable {
  package let roots: [OCDBTPlace]

  package static func looksLikeOne(_ bytes: Bytes) -> Bool {
    bytes.count >= 18 && bytes.starts(with: OCDBTReader.manifest) && bytes[9] == 0 && bytes[10] == 0
  }

  package init(_ bytes: Bytes) throws(StructureError) {
    let body = try OCDBTReader.contents(of: bytes, magic: OCDBTReader.manifest)
    var reader = OCDBTReader(body.span)
    try reader.skip(16)  // an identifier
    guard try reader.number() == 0 else {
      throw StructureError(.uncovered, "an OCDBT store whose manifests are numbered", at: reader.offset)
    }
    _ = try reader.numbers(2)  // how much a node and a value in it may have
    _ = try reader.byte()
    if try reader.number() == 1 { try reader.skip(4) }
    let files = try reader.files()
    let count = try reader.count("versions")
    _ = try reader.numbers(count)
    for _ in 0..<count { _ = try reader.byte() }
    let places = try OCDBTManifest.places(&reader, count, files)
    _ = try reader.numbers(3 * count)
    try reader.skip(8 * count)
    roots = places.filter { $0.count > 0 }
    guard try reader.number() == 0 else {
      throw StructureError(.uncovered, "an OCDBT store with versions in further parts", at: reader.offset)
    }
    try reader.end()
  }

  /// Three columns: the file, where in it, and how much.
  static func places(
    _ reader: inout OCDBTReader, _ count: Int, _ files: [String]
  ) throws(StructureError) -> [OCDBTPlace] {
    let numbers = try reader.numbers(count)
    let offsets = try reader.numbers(count)
    let sizes = try reader.numbers(count)
    var places: [OCDBTPlace] = []
    for index in 0..<count {
      // A version without anything in it has no root.
      if sizes[index] == 0 {
        places.append(OCDBTPlace(file: "", offset: 0, count: 0))
        continue
      }
      guard numbers[index] < files.count else {
        throw StructureError(.exploit, "file \(numbers[index]) of \(files.count)", at: reader.offset)
      }
      places.append(OCDBTPlace(file: files[numbers[index]], offset: offsets[index], count: sizes[index]))
    }
    return places
  }
}
