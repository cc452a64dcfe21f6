// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Glibc

/// Writes a file of any length durably. Nothing is visible until ``commit(as:)``; a writer that goes away
/// without a commit leaves nothing behind.
///
///     var writer = try DurableFileWriter(in: blobs, mode: 0o600)
///     while let chunk = try source.next() { try writer.write(chunk.span) }
///     try writer.commit(as: blobs + "/" + digest)
package struct DurableFileWriter: ~Copyable {
  /// How many bytes have been written.
  package private(set) var count: UInt64 = 0

  private let file: Int32
  private let temporary: String
  private var isCommitted = false

  /// Starts a file in the directory, or on the file system, where it will be committed.
  /// - Parameter mode: the permissions of the file, whatever the umask.
  package init(in directory: String, mode: mode_t = 0o644) throws(FilesError) {
    let made = try Self.createTemporary(in: directory, mode: mode)
    self.init(file: made.file, temporary: made.path)
  }

  private init(file: Int32, temporary: String) {
    self.file = file
    self.temporary = temporary
    Unfinished.add(temporary)
  }

  deinit {
    Unfinished.remove(temporary)
    if !isCommitted { try? Disk.removeFile(temporary) }
    close(file)
  }

  /// Adds bytes at the end.
  package mutating func write(_ bytes: Span<UInt8>) throws(FilesError) {
    try Disk.write(bytes, to: file, at: Int(count), path: temporary)
    // The sync at the end then has little left to do.
    if bytes.count >= 1 << 20 { Disk.beginSync(file, offset: Int(count), count: bytes.count) }
    count += UInt64(bytes.count)
  }

  /// The file's places, for threads that write it together. Not beyond the end of this writer, and not beside
  /// ``write(_:)``.
  package var places: FilePlaces { FilePlaces(file: file, path: temporary) }

  /// Makes the file durable under its name, replacing what was there.
  package consuming func commit(as path: String) throws(FilesError) {
    try Disk.sync(file, path: temporary)
    try Disk.rename(temporary, to: path)
    isCommitted = true
    try Disk.syncDirectory(FilePath.parent(of: path))
  }

  /// Makes the file durable under a name that must be free; throws `EEXIST` when it is taken.
  package consuming func commit(asNew path: String) throws(FilesError) {
    try Disk.sync(file, path: temporary)
    try Disk.link(temporary, as: path)
    try Disk.removeFile(temporary)
    isCommitted = true
    try Disk.syncDirectory(FilePath.parent(of: path))
  }

  private static func createTemporary(
    in directory: String, mode: mode_t
  ) throws(FilesError) -> (file: Int32, path: String) {
    while true {
      let path = directory + "/" + temporaryName()
      do throws(FilesError) {
        let file = try Disk.create(path, mode: mode & 0o600, exclusive: true)
        guard fchmod(file, mode) == 0 else {
          let code = errno
          close(file)
          try Disk.removeFile(path)
          throw FilesError.system(.create, path: path, code: code)
        }
        if claim(file) { return (file, path) }
        close(file)
      } catch {
        guard error.code == EEXIST else { throw error }
      }
    }
  }

  /// Locks a fresh temporary file for as long as it is open, which tells ``DurableFile/sweep(_:)`` that its
  /// writer lives. False when a sweep was quicker and has removed it.
  private static func claim(_ file: Int32) -> Bool {
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else { return false }
    var facts = stat()
    return unsafe fstat(file, &facts) == 0 && facts.st_nlink > 0
  }

  static func temporaryName() -> String {
    DurableFile.temporaryPrefix + String(getpid()) + "-"
      + String(UInt64.random(in: .min ... .max), radix: 16)
  }
}
