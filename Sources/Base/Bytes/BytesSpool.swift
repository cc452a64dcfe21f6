// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc

/// Collects bytes that are being made, such as inflated ones, when nobody knows how many there will be. Up to
/// ``Limits/spooledInMemory`` they are in memory; more of them are in a temporary file that has no name any more
/// and is mapped when it is complete, so that whatever comes out costs no memory.
///
///     let spool = BytesSpool()
///     try unsafe spool.append(piece)
///     let bytes = try spool.finish()
package final class BytesSpool {
  private var memory: [UInt8] = []
  private var file: Int32 = -1
  private let inMemory: Int
  package private(set) var count = 0

  package init(inMemory: Int = Limits.spooledInMemory) { self.inMemory = inMemory }

  deinit { if file >= 0 { close(file) } }

  /// Adds bytes at the end.
  /// - Throws: ``BytesError/unreadable(path:reason:)`` when there is no room for a temporary file.
  package func append(_ bytes: UnsafeRawBufferPointer) throws(BytesError) {
    if file < 0 {
      if bytes.count <= inMemory - count {
        unsafe memory.append(contentsOf: bytes)
        count += bytes.count
        return
      }
      file = try Self.temporaryFile()
      let early = memory
      memory = []
      var failure: BytesError?
      unsafe early.withUnsafeBytes { raw in
        do throws(BytesError) { try unsafe write(raw) } catch { failure = error }
      }
      if let failure { throw failure }
    }
    try unsafe write(bytes)
    count += bytes.count
  }

  /// Adds `length` zeros at the end. In a file they take no room.
  package func appendZeros(_ length: Int) throws(BytesError) {
    guard length > 0 else { return }
    if file < 0, length <= inMemory - count {
      memory.append(contentsOf: repeatElement(0, count: length))
      count += length
      return
    }
    if file < 0 {
      file = try Self.temporaryFile()
      let early = memory
      memory = []
      var failure: BytesError?
      unsafe early.withUnsafeBytes { raw in
        do throws(BytesError) { try unsafe write(raw) } catch { failure = error }
      }
      if let failure { throw failure }
    }
    count += length
    guard ftruncate(file, off_t(count)) == 0, lseek(file, 0, SEEK_END) >= 0 else { throw Self.failure() }
  }

  /// Adds the bytes of another value.
  package func append(_ bytes: Bytes) throws(BytesError) {
    try unsafe bytes.withUnsafeBytes { (raw) throws(BytesError) in try unsafe append(raw) }
  }

  /// Everything that was added. Nothing can be added afterwards.
  package func finish() throws(BytesError) -> Bytes {
    guard file >= 0 else {
      let bytes = Bytes(memory)
      memory = []
      return bytes
    }
    guard let address = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE, file, 0),
      unsafe address != MAP_FAILED
    else { throw Self.failure() }
    return Bytes(
      storage: unsafe ByteStorage(mapping: UnsafeRawBufferPointer(start: address, count: count)))
  }

  private func write(_ bytes: UnsafeRawBufferPointer) throws(BytesError) {
    var done = 0
    while done < bytes.count {
      let wrote = unsafe Glibc.write(file, bytes.baseAddress! + done, bytes.count - done)
      if wrote < 0 && errno == EINTR { continue }
      guard wrote > 0 else { throw Self.failure() }
      done += wrote
    }
  }

  /// A file that only this process can reach: readable by its owner, and unlinked at once.
  private static func temporaryFile() throws(BytesError) -> Int32 {
    let stated = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) }
    // /var/tmp is on a disk where /tmp may be memory.
    for folder in [stated, "/var/tmp", "/tmp"].compactMap({ $0 }) where !folder.isEmpty {
      var template = Array((folder + "/martlet-XXXXXX").utf8CString)
      let file = unsafe template.withUnsafeMutableBufferPointer { unsafe mkstemp($0.baseAddress!) }
      guard file >= 0 else { continue }
      unsafe template.withUnsafeBufferPointer { _ = unsafe unlink($0.baseAddress!) }
      _ = fcntl(file, F_SETFD, FD_CLOEXEC)
      return file
    }
    throw failure()
  }

  private static func failure() -> BytesError {
    .unreadable(path: "a temporary file", reason: systemReason())
  }
}
