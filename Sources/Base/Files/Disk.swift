// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc

/// The one door to the system calls that change what is on disk, so that a test can make any of them fail.
///
///     Disk.$interference.withValue({ step in step.operation == .sync ? .failure(EIO) : nil }) {
///       // the next sync fails
///     }
package enum Disk {
  /// A call that is about to be made.
  package struct Step: Sendable {
    package let operation: FileOperation
    package let path: String
    /// Where the file will be, for a rename or a link.
    package let target: String?
  }

  /// What happens instead of the call.
  package enum Fault: Sendable {
    /// The call is not made and fails with this `errno`.
    case failure(Int32)
    /// A write takes only this many bytes, at least one; the system may always do this.
    case shortWrite(Int)
  }

  /// Asked before each call. Only tests set it, each for its own task.
  @TaskLocal package static var interference: (@Sendable (Step) -> Fault?)?

  /// Opens a file for writing and makes it when it is not there.
  /// - Parameter exclusive: refuse a path where something already stands; otherwise it is emptied.
  static func create(_ path: String, mode: mode_t, exclusive: Bool) throws(FilesError) -> Int32 {
    try refuse(.create, path)
    let flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | (exclusive ? O_EXCL : O_TRUNC)
    while true {
      let file = unsafe open(path, flags, mode)
      if file >= 0 { return file }
      guard errno == EINTR else { throw .system(.create, path: path, code: errno) }
    }
  }

  /// Bytes of one call. Linux takes memory for what is written in blocks as large as the call, and small blocks it has at
  /// hand: for large ones a virtual machine may have to ask its host, which made 1 MiB at a time up to five times as slow.
  private static let piece = 32 << 10

  /// Writes all of the bytes from `offset` on, in as many calls as that needs. What is behind them stays. Any thread may
  /// call it while others write elsewhere in the file.
  static func write(
    _ bytes: UnsafeRawBufferPointer, to file: Int32, at offset: Int, path: String
  ) throws(FilesError) {
    var written = 0
    while written < bytes.count {
      let place = offset + written
      // To the next border, so that no block of memory is touched twice.
      var length = min(piece - place % piece, bytes.count - written)
      switch fault(.write, path) {
      case .failure(let code): throw .system(.write, path: path, code: code)
      case .shortWrite(let limit): length = max(1, min(length, limit))
      case nil: break
      }
      let part = unsafe UnsafeRawBufferPointer(rebasing: bytes[written..<written + length])
      let count = unsafe pwrite(file, part.baseAddress, part.count, off_t(place))
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw .system(.write, path: path, code: count == 0 ? EIO : errno) }
      written += count
    }
  }

  static func write(
    _ bytes: Span<UInt8>, to file: Int32, at offset: Int, path: String
  ) throws(FilesError) {
    try unsafe bytes.withUnsafeBytes { (bytes) throws(FilesError) in
      try unsafe write(bytes, to: file, at: offset, path: path)
    }
  }

  /// Asks the system to begin to carry a part of a file to the disk, so that a sync at the end has little left to do. That
  /// sync says whether it worked.
  static func beginSync(_ file: Int32, offset: Int, count: Int) {
    _ = sync_file_range(file, Int64(offset), Int64(count), SYNC_FILE_RANGE_WRITE)
  }

  static func sync(_ file: Int32, path: String) throws(FilesError) {
    try refuse(.sync, path)
    while fsync(file) != 0 {
      guard errno == EINTR else { throw .system(.sync, path: path, code: errno) }
    }
  }

  /// Makes the names in a directory durable.
  static func syncDirectory(_ path: String) throws(FilesError) {
    let directory = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard directory >= 0 else { throw .system(.open, path: path, code: errno) }
    defer { close(directory) }
    try sync(directory, path: path)
  }

  /// Makes everything durable that was written to the file system that `path` is on.
  static func syncFileSystem(of path: String) throws(FilesError) {
    try refuse(.syncAll, path)
    let directory = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard directory >= 0 else { throw .system(.open, path: path, code: errno) }
    defer { close(directory) }
    guard syncfs(directory) == 0 else { throw .system(.syncAll, path: path, code: errno) }
  }

  /// Moves a file, replacing what is at `target`.
  static func rename(_ path: String, to target: String) throws(FilesError) {
    try refuse(.rename, path, target)
    guard unsafe Glibc.rename(path, target) == 0 else {
      throw .system(.rename, path: target, code: errno)
    }
  }

  /// Gives a file a second name. Refuses a name that is taken, unlike ``rename(_:to:)``.
  static func link(_ path: String, as target: String) throws(FilesError) {
    try refuse(.link, path, target)
    guard unsafe Glibc.link(path, target) == 0 else {
      throw .system(.link, path: target, code: errno)
    }
  }

  /// Removes a file. One that is not there is no error.
  package static func removeFile(_ path: String) throws(FilesError) {
    try refuse(.remove, path)
    guard unsafe unlink(path) == 0 || errno == ENOENT else {
      throw .system(.remove, path: path, code: errno)
    }
  }

  /// Removes a directory when it is empty; says whether it is gone.
  package static func removeDirectoryIfEmpty(_ path: String) throws(FilesError) -> Bool {
    try refuse(.remove, path)
    if unsafe rmdir(path) == 0 || errno == ENOENT { return true }
    if errno == ENOTEMPTY || errno == EEXIST { return false }
    throw .system(.remove, path: path, code: errno)
  }

  /// Makes one directory; says whether it was new.
  static func makeDirectory(_ path: String, mode: mode_t) throws(FilesError) -> Bool {
    try refuse(.makeDirectory, path)
    if unsafe mkdir(path, mode) == 0 { return true }
    guard errno == EEXIST else { throw .system(.makeDirectory, path: path, code: errno) }
    var facts = stat()
    guard unsafe stat(path, &facts) == 0 else { throw .system(.open, path: path, code: errno) }
    guard facts.st_mode & S_IFMT == S_IFDIR else { throw .notADirectory(path: path) }
    return false
  }

  private static func fault(_ operation: FileOperation, _ path: String, _ target: String? = nil) -> Fault? {
    interference?(Step(operation: operation, path: path, target: target))
  }

  /// Fails where a test wants the call to.
  static func refuse(
    _ operation: FileOperation, _ path: String, _ target: String? = nil
  ) throws(FilesError) {
    if case .failure(let code) = fault(operation, path, target) {
      throw .system(operation, path: target ?? path, code: code)
    }
  }
}

/// Linux's calls, which the Glibc module leaves out because glibc declares them for `_GNU_SOURCE` only.
@_silgen_name("syncfs")
private func syncfs(_ file: Int32) -> Int32
@_silgen_name("sync_file_range")
private func sync_file_range(_ file: Int32, _ offset: Int64, _ count: Int64, _ flags: UInt32) -> Int32
private let SYNC_FILE_RANGE_WRITE: UInt32 = 2
