// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFiles
import Synchronization

/// Whose turn it is to write to a file that several threads fill. The system lets one at a time write to a file; to wait for that
/// inside of the system burns a core, which could open chunks meanwhile.
struct WriteTurn: ~Copyable, Sendable {
  private let file: Mutex<FilePlaces>

  init(_ file: FilePlaces) { self.file = Mutex(file) }

  /// - Throws: ``SealError/file(_:)``.
  func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(SealError) {
    do throws(FilesError) {
      let written = try file.withLock { (file) throws(FilesError) in
        try unsafe file.write(bytes, at: offset)
        return file
      }
      // Beside the others' turns.
      written.beginSync(at: offset, count: bytes.count)
    } catch {
      throw .file(error)
    }
  }
}
