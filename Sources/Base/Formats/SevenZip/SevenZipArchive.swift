// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// Why a 7z archive could not be read.
package enum SevenZipError: Error, Equatable, Sendable {
  case malformed(reason: String)
  /// The directory itself is compressed with something that cannot be read, or is encrypted.
  case unsupported(method: String)
  case tooLarge(what: String, limit: Int)
}

extension SevenZipError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .malformed(let reason): "the 7z archive is broken: \(reason)"
    case .unsupported(let method): "the 7z archive uses \(method), which is not supported"
    case .tooLarge(let what, let limit): "the 7z archive has more than \(limit) \(what)"
    }
  }
}

/// One member of a 7z archive.
package struct SevenZipEntry: Sendable, Equatable {
  package var name: String
  /// The folder that its data is in, and where; nil for what has no data.
  package var folder: Int?
  package var range = 0..<0
  package var crc32: UInt32?
  package var isDirectory = false
  /// From the attributes.
  package var isSymbolicLink = false
}

/// Data that several members are compressed into, and the chain of methods that did it.
package struct SevenZipFolder: Sendable, Equatable {
  package struct Method: Sendable, Equatable {
    package let id: UInt64
    package let properties: [UInt8]
  }

  /// From the one whose output is the data to the one that reads the archive; empty for chains that fork.
  package var methods: [Method] = []
  /// Where the packed data lies in the file.
  package var packed = 0..<0
  package var size = 0
  package var crc32: UInt32?
}

/// A 7z archive, as 7zFormat.txt of the LZMA SDK describes it.
package struct SevenZipArchive: Sendable {
  package let bytes: Bytes
  package let entries: [SevenZipEntry]
  package let folders: [SevenZipFolder]
  /// Bytes that belong to nothing.
  package let unclaimed: [Range<Int>]

  static let magic: [UInt8] = [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]

  package static func looksLikeOne(_ bytes: Bytes) -> Bool { bytes.starts(with: magic) }

  package init(_ bytes: Bytes) throws(SevenZipError) {
    var reader = SevenZipReader(bytes: bytes)
    try reader.read()
    self.bytes = bytes
    entries = reader.entries
    folders = reader.folders
    unclaimed = reader.unclaimed()
  }

  /// Unpacks a folder as far as it goes.
  /// - Returns: nil for methods that cannot be read, with their names.
  package func unpack(_ folder: SevenZipFolder, limit: Int) -> (bytes: Bytes, outcome: Decompressor.Outcome)?
  {
    SevenZipReader.unpack(folder, of: bytes, limit: limit)
  }
}

extension SevenZipFolder {
  /// The names of the methods, for messages.
  package var methodNames: String {
    methods.isEmpty
      ? "a chain of methods that forks"
      : methods.map { Self.names[$0.id] ?? "method \(String($0.id, radix: 16))" }.joined(separator: " and ")
  }

  package var isEncrypted: Bool { methods.contains { $0.id == 0x06F1_0701 } }

  private static let names: [UInt64: String] = [
    0x00: "copy", 0x03: "delta", 0x04: "x86", 0x21: "LZMA2", 0x0303_0103: "x86", 0x030101: "LZMA",
    0x030401: "PPMd",
    0x0303_011B: "BCJ2", 0x040108: "deflate", 0x040109: "deflate64", 0x040202: "bzip2",
    0x06F1_0701: "encryption",
    0x04F7_1101: "zstd", 0x04F7_1104: "lz4",
  ]

  /// The decompressor for the whole chain; nil for copied data too.
  var coder: Coder? {
    guard let last = methods.last else { return nil }
    if methods.count == 1 {
      switch last.id {
      case 0x030101: return .lzma(properties: last.properties, size: size)
      case 0x040108: return .deflate
      case 0x040202: return .bzip2
      case 0x04F7_1101: return .zstd
      case 0x04F7_1104: return .lz4
      default: break
      }
    }
    // Converters of branch addresses and deltas work inside of liblzma, with LZMA2 behind them.
    guard last.id == 0x21, methods.count <= 4 else { return nil }
    var filters: [Coder.Filter] = []
    for method in methods {
      guard let id = Self.filters[method.id] else { return nil }
      filters.append(.init(id: id, properties: method.properties))
    }
    return .filters(filters)
  }

  /// Identifiers of the filters of liblzma.
  private static let filters: [UInt64: UInt64] = [
    0x03: 0x03, 0x04: 0x04, 0x0303_0103: 0x04, 0x05: 0x05, 0x0303_0205: 0x05, 0x06: 0x06, 0x0303_0401: 0x06,
    0x07: 0x07, 0x0303_0501: 0x07, 0x08: 0x08, 0x0303_0701: 0x08, 0x09: 0x09, 0x0303_0805: 0x09, 0x0A: 0x0A,
    0x21: 0x21,
  ]
}
