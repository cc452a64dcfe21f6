// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc

extension Bytes {
  /// Opens a file from outside for reading.
  ///
  /// A file of up to ``Limits/copiedFile`` bytes is copied, so that nobody who can write to it can change what
  /// is being judged. A larger one is mapped: whoever decides about it compares its digest at the end
  /// with the digest of what was sealed.
  ///
  /// - Throws: ``BytesError/unreadable(path:reason:)`` and ``BytesError/notAFile(path:)``.
  package init(contentsOf path: String) throws(BytesError) {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard file >= 0 else { throw .unreadable(path: path, reason: systemReason()) }
    defer { close(file) }
    var facts = stat()
    guard unsafe fstat(file, &facts) == 0 else { throw .unreadable(path: path, reason: systemReason()) }
    guard facts.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: path) }
    let size = Int(facts.st_size)
    if size <= Limits.copiedFile {
      self.init(storage: try ByteStorage(reading: file, size: size, path: path))
    } else {
      guard let address = unsafe mmap(nil, size, PROT_READ, MAP_PRIVATE, file, 0),
        unsafe address != MAP_FAILED
      else { throw .unreadable(path: path, reason: systemReason()) }
      self.init(storage: unsafe ByteStorage(mapping: UnsafeRawBufferPointer(start: address, count: size)))
    }
  }
}

extension ByteStorage {
  /// Reads the whole of an open file whose size is known. A file that shrinks meanwhile is an error.
  fileprivate convenience init(reading file: Int32, size: Int, path: String) throws(BytesError) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
    var filled = 0
    while filled < size {
      let got = unsafe pread(file, buffer.baseAddress! + filled, size - filled, off_t(filled))
      if got < 0 && errno == EINTR { continue }
      guard got > 0 else {
        let reason = got == 0 ? "it became shorter while it was being read" : systemReason()
        unsafe buffer.deallocate()
        throw .unreadable(path: path, reason: reason)
      }
      filled += got
    }
    unsafe self.init(adopting: buffer)
  }
}

/// The system's wording for the last failed call.
func systemReason() -> String {
  unsafe String(cString: strerror(errno))
}
