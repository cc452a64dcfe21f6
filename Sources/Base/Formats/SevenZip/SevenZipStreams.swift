// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// Which data is packed where, how, and what it is divided into.
struct SevenZipStreams {
  var folders: [SevenZipFolder] = []
  /// Size and checksum of each part of each folder.
  var parts: [[(size: Int, crc32: UInt32?)]] = []

  private var packed: [Range<Int>] = []
  /// How many packed streams each folder takes.
  private var taken: [Int] = []

  mutating func read(_ cursor: inout SevenZipCursor, in fileSize: Int) throws(SevenZipError) {
    var hasParts = false
    while true {
      switch try cursor.u8() {
      case 0x00:
        if !hasParts { parts = folders.map { [($0.size, $0.crc32)] } }
        return
      case 0x06: try readPacked(&cursor, fileSize)
      case 0x07: try readFolders(&cursor)
      case 0x08:
        try readParts(&cursor)
        hasParts = true
      case let type: throw .malformed(reason: "the streams have a part of type \(type)")
      }
    }
  }

  private mutating func readPacked(_ cursor: inout SevenZipCursor, _ fileSize: Int) throws(SevenZipError) {
    var at = try cursor.number()
    let count = try cursor.count("streams", min(Limits.archiveMembers, fileSize))
    while true {
      switch try cursor.u8() {
      case 0x00: return
      case 0x09:
        for _ in 0..<count {
          let size = try cursor.number()
          guard at <= fileSize - 32, size <= fileSize - 32 - at else {
            throw .malformed(reason: "packed data lies outside of the file")
          }
          packed.append(32 + at..<32 + at + size)
          at += size
        }
      case 0x0A: _ = try cursor.digests(count)
      case let type: throw .malformed(reason: "the packed streams have a part of type \(type)")
      }
    }
  }

  private mutating func readFolders(_ cursor: inout SevenZipCursor) throws(SevenZipError) {
    try cursor.expect(0x0B, "folders")
    let count = try cursor.count("folders", Limits.sevenZipFolders)
    guard try cursor.u8() == 0 else { throw .malformed(reason: "the folders lie elsewhere") }
    var chains: [SevenZipChain] = []
    var stream = 0
    for _ in 0..<count {
      let chain = try SevenZipChain(&cursor)
      chains.append(chain)
      guard chain.packedStreams >= 0, chain.packedStreams <= packed.count - stream else {
        throw .malformed(reason: "a folder has no packed data")
      }
      var folder = SevenZipFolder()
      folder.methods = chain.methods
      if chain.packedStreams > 0 {
        folder.packed = packed[stream].lowerBound..<packed[stream + chain.packedStreams - 1].upperBound
      }
      stream += chain.packedStreams
      folders.append(folder)
    }
    try cursor.expect(0x0C, "sizes")
    for index in folders.indices {
      for output in 0..<chains[index].outputs {
        let size = try cursor.number()
        if output == chains[index].main { folders[index].size = size }
      }
    }
    while true {
      switch try cursor.u8() {
      case 0x00: return
      case 0x0A:
        for (index, digest) in try cursor.digests(count).enumerated() { folders[index].crc32 = digest }
      case let type: throw .malformed(reason: "the folders have a part of type \(type)")
      }
    }
  }

  private mutating func readParts(_ cursor: inout SevenZipCursor) throws(SevenZipError) {
    var counts = [Int](repeating: 1, count: folders.count)
    var type = try cursor.u8()
    if type == 0x0D {
      var total = 0
      for index in counts.indices {
        counts[index] = try cursor.count("members", Limits.archiveMembers)
        total += counts[index]
        guard total <= Limits.archiveMembers else {
          throw .tooLarge(what: "members", limit: Limits.archiveMembers)
        }
      }
      type = try cursor.u8()
    }
    // The last size of a folder is what remains of it.
    for (folder, count) in zip(folders, counts) {
      var sizes: [Int] = []
      var rest = folder.size
      for index in 0..<count {
        var size = rest
        if index < count - 1 { size = try type == 0x09 ? cursor.number() : 0 }
        guard size <= rest else { throw .malformed(reason: "members are longer than their folder") }
        rest -= size
        sizes.append(size)
      }
      parts.append(sizes.map { ($0, nil) })
      if count == 1 { parts[parts.count - 1][0].crc32 = folder.crc32 }
    }
    if type == 0x09 { type = try cursor.u8() }
    while type != 0 {
      guard type == 0x0A else { throw .malformed(reason: "the members have a part of type \(type)") }
      var open: [(folder: Int, part: Int)] = []
      for folder in parts.indices where parts[folder].count != 1 || parts[folder][0].crc32 == nil {
        for part in parts[folder].indices { open.append((folder, part)) }
      }
      for (place, digest) in zip(open, try cursor.digests(open.count)) {
        parts[place.folder][place.part].crc32 = digest
      }
      type = try cursor.u8()
    }
  }
}

/// The methods of one folder and how they are tied together.
struct SevenZipChain {
  private(set) var methods: [SevenZipFolder.Method] = []
  private(set) var outputs = 0
  private(set) var packedStreams = 0
  /// The output that is the data.
  private(set) var main = 0

  init(_ cursor: inout SevenZipCursor) throws(SevenZipError) {
    let count = try cursor.count("methods", 32)
    guard count > 0 else { throw .malformed(reason: "a folder has no method") }
    var coders: [SevenZipFolder.Method] = []
    var inputs = 0
    var isPlain = true
    for _ in 0..<count {
      let flags = try cursor.u8()
      var id: UInt64 = 0
      for byte in try cursor.take(Int(min(flags & 0x0F, 8))).array() { id = id << 8 | UInt64(byte) }
      var (takes, gives) = (1, 1)
      if flags & 0x10 != 0 {
        takes = try cursor.count("streams", 32)
        gives = try cursor.count("streams", 32)
      }
      isPlain = isPlain && takes == 1 && gives == 1
      inputs += takes
      outputs += gives
      let length = flags & 0x20 != 0 ? try cursor.count("bytes of properties", 1 << 16) : 0
      coders.append(.init(id: id, properties: try cursor.take(length).array()))
    }
    guard outputs > 0 else { throw .malformed(reason: "a folder has no output") }
    var source: [Int: Int] = [:]
    for _ in 0..<outputs - 1 {
      let input = try cursor.count("streams", 1024)
      source[input] = try cursor.count("streams", 1024)
    }
    packedStreams = inputs - (outputs - 1)
    if packedStreams > 1 { for _ in 0..<packedStreams { _ = try cursor.number() } }
    main = (0..<outputs).first { !source.values.contains($0) } ?? 0
    guard isPlain, packedStreams == 1 else {
      // What cannot be unpacked is still named.
      if coders.contains(where: { $0.id == 0x06F1_0701 }) { methods = coders }
      return
    }
    var next: Int? = main
    while let coder = next, coder < coders.count, methods.count < coders.count {
      methods.append(coders[coder])
      next = source[coder]
    }
    guard methods.count == coders.count else {
      throw .malformed(reason: "the methods of a folder are not tied together")
    }
  }
}
