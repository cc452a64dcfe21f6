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

extension SecretBytes {
  /// Bytes in memory that can be sealed, without a copy that nobody zeroes.
  package borrowing func seal(
    with sealer: consuming FileSealer, into sink: (Span<UInt8>) throws -> Void
  ) throws {
    // Borrowed until this returns, and so is the memory.
    let view = unsafe withUnsafeBytes { unsafe BorrowedBytes($0) }
    try sealer.stream(view, into: sink)
  }
}

/// Memory of somebody else's, for the length of one call.
@safe private struct BorrowedBytes: SealedSource, @unchecked Sendable {
  // Sendable although it holds a pointer: nobody writes to the memory while it is borrowed.
  private let bytes: UnsafeRawBufferPointer

  @unsafe init(_ bytes: UnsafeRawBufferPointer) { unsafe self.bytes = bytes }

  var count: Int { unsafe bytes.count }

  func copy(into memory: UnsafeMutableRawBufferPointer, from offset: Int) {
    unsafe memory.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + memory.count]))
  }
}
