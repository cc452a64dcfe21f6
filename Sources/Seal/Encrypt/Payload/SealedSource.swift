// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes
package import MartletFiles

/// What is sealed or opened: bytes in memory, a mapping, or a file that is read in pieces.
package protocol SealedSource: Sendable {
  var count: Int { get }

  /// Fills `memory` with what stands from `offset` on, all of which is within ``count``. Any thread may call it.
  /// - Throws: ``SealError/file(_:)``.
  func copy(into memory: UnsafeMutableRawBufferPointer, from offset: Int) throws(SealError)
}

extension SealedSource {
  /// A copy of a small part.
  func array(_ range: Range<Int>) throws(SealError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: range.count)
    var failure: SealError?
    unsafe bytes.withUnsafeMutableBytes { memory in
      do throws(SealError) { try unsafe copy(into: memory, from: range.lowerBound) } catch { failure = error }
    }
    if let failure { throw failure }
    return bytes
  }
}

extension Bytes: SealedSource {
  package func copy(into memory: UnsafeMutableRawBufferPointer, from offset: Int) {
    unsafe slice(offset..<offset + memory.count).withUnsafeBytes { unsafe memory.copyMemory(from: $0) }
  }
}

extension ReadableFile: SealedSource {
  package func copy(into memory: UnsafeMutableRawBufferPointer, from offset: Int) throws(SealError) {
    do throws(FilesError) { try unsafe read(into: memory, at: offset) } catch { throw .file(error) }
  }
}
