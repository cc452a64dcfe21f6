// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes
package import MartletFiles

/// A sealed file on disk that is read: binary ones in pieces, armoured ones after their armour is taken off.
package enum SealedInput: SealedSource {
  case file(ReadableFile)
  case decoded(Bytes)

  /// - Throws: ``SealError/armor(line:_:)``, ``SealError/file(_:)``; `BytesError` when the room for what an armour holds is missing.
  package init(_ path: String) throws {
    let file: ReadableFile
    do throws(FilesError) { file = try ReadableFile(path) } catch { throw SealError.file(error) }
    let head = Bytes(try file.array(0..<min(file.count, 2048)))
    guard AgeArmor.isArmored(head) else {
      self = .file(file)
      return
    }
    self = .decoded(try AgeArmor.decode(Bytes(contentsOf: path)))
  }

  package var count: Int {
    switch self {
    case .file(let file): file.count
    case .decoded(let bytes): bytes.count
    }
  }

  package var isArmored: Bool {
    if case .decoded = self { true } else { false }
  }

  package func copy(into memory: UnsafeMutableRawBufferPointer, from offset: Int) throws(SealError) {
    switch self {
    case .file(let file): try unsafe file.copy(into: memory, from: offset)
    case .decoded(let bytes):
      unsafe bytes.copy(into: memory, from: offset)
      // What a large armour held is in a mapped file: it is read once, and need not stay in memory.
      bytes.releasePages(offset..<offset + memory.count)
    }
  }
}
