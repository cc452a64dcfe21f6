// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Writes anywhere in a file that a ``DurableFileWriter`` has open, from several threads at once.
package struct FilePlaces: Sendable {
  private let file: Int32
  private let path: String

  init(file: Int32, path: String) {
    self.file = file
    self.path = path
  }

  /// Writes `bytes` from `offset` on.
  package func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(FilesError) {
    try unsafe Disk.write(bytes, to: file, at: offset, path: path)
  }

  /// Begins to make a part durable that has been written.
  package func beginSync(at offset: Int, count: Int) {
    Disk.beginSync(file, offset: offset, count: count)
  }
}
