// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc
import Synchronization

/// A file that is written in place, a small part at a time, by one process: what has been written is there when the process is
/// killed, and after ``sync()`` when the power goes. Any thread may write, each elsewhere.
///
/// It is mapped, so that a write is a copy in memory and no system call. What a kill interrupts is half written: whoever reads
/// has to tell, by a sum. Room is taken on the disk before it is written to, so that a full disk is an error here and not a
/// signal. A file that somebody else cuts short ends the process: it has no other way to hear of it.
///
/// It is locked until ``release()``, or the end of the process.
@safe package final class SlotFile: Sendable {
  package let path: String
  private let file: Int32
  /// Of as much as the file may ever have; what is there is the first ``reserved`` bytes.
  private nonisolated(unsafe) let memory: UnsafeMutableRawPointer
  private let most: Int
  private let reserved = Atomic(0)
  private let growing = Mutex<Void>(())
  private let isReleased = Atomic(false)

  /// By how much it grows at a time.
  private static let step = 64 << 10

  /// Opens the file, and makes it, for its owner only, where there is none.
  /// - Parameters:
  ///   - most: bytes that it may ever have.
  ///   - patience: how long to wait for another process that has it.
  /// - Throws: ``FilesError/locked(path:purpose:holder:)``, ``FilesError/notAFile(path:)``, ``FilesError/system(_:path:code:)``.
  package init(
    _ path: String, purpose: String, atMost most: Int, waitingAtMost patience: Duration
  ) throws(FilesError) {
    let isNew = try Directory.kind(of: path) == nil
    let file = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK, 0o600)
    guard file >= 0 else {
      throw errno == ELOOP ? .notAFile(path: path) : .system(.open, path: path, code: errno)
    }
    do throws(FilesError) {
      var facts = stat()
      guard unsafe fstat(file, &facts) == 0 else { throw .system(.open, path: path, code: errno) }
      guard facts.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: path) }
      try Self.lock(file, path, purpose, patience)
      if isNew { try Disk.syncDirectory(FilePath.parent(of: path)) }
      let address = unsafe mmap(nil, most, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0)
      guard let address = unsafe address, unsafe address != MAP_FAILED else {
        throw .system(.open, path: path, code: errno)
      }
      unsafe memory = address
    } catch {
      close(file)
      throw error
    }
    self.path = path
    self.file = file
    self.most = most
  }

  deinit {
    unsafe munmap(memory, most)
    close(file)
  }

  private static func lock(
    _ file: Int32, _ path: String, _ purpose: String, _ patience: Duration
  ) throws(FilesError) {
    let deadline = ContinuousClock.now + patience
    while flock(file, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else { throw .system(.lock, path: path, code: errno) }
      guard ContinuousClock.now < deadline else { throw .locked(path: path, purpose: purpose, holder: nil) }
      usleep(20_000)
    }
  }

  /// Writes `bytes` from `offset` on.
  package func write(_ bytes: Span<UInt8>, at offset: Int) throws(FilesError) {
    try unsafe bytes.withUnsafeBytes { (bytes) throws(FilesError) in
      try unsafe room(at: offset, bytes.count).copyMemory(from: bytes)
    }
  }

  /// Writes words as memory holds them from `offset` on, which is a multiple of eight.
  package func write(_ words: Span<UInt64>, at offset: Int) throws(FilesError) {
    try unsafe words.withUnsafeBytes { (bytes) throws(FilesError) in
      try unsafe room(at: offset, bytes.count).copyMemory(from: bytes)
    }
  }

  /// What was written before is there for whoever reads after a kill if anything that is written after is.
  package func order() { atomicMemoryFence(ordering: .acquiringAndReleasing) }

  /// Makes durable what has been written.
  package func sync() throws(FilesError) { try Disk.sync(file, path: path) }

  /// Lets others have the file. It is not written after.
  package func release() {
    isReleased.store(true, ordering: .releasing)
    _ = flock(file, LOCK_UN)
  }

  /// The memory of a part of the file, once there is room for it on the disk.
  private func room(at offset: Int, _ count: Int) throws(FilesError) -> UnsafeMutableRawBufferPointer {
    guard !isReleased.load(ordering: .acquiring) else { throw .system(.write, path: path, code: EBADF) }
    try Disk.refuse(.write, path)
    guard offset >= 0, offset + count <= most else { throw .system(.write, path: path, code: EFBIG) }
    if offset + count > reserved.load(ordering: .acquiring) { try grow(to: offset + count) }
    return unsafe UnsafeMutableRawBufferPointer(start: memory + offset, count: count)
  }

  private func grow(to count: Int) throws(FilesError) {
    let failure: FilesError? = growing.withLock { _ in
      let before = reserved.load(ordering: .relaxed)
      guard count > before else { return nil }
      let size = min(most, (count + Self.step - 1) / Self.step * Self.step)
      // What is there already stays as it is.
      let code = posix_fallocate(file, off_t(before), off_t(size - before))
      guard code == 0 else { return .system(.write, path: path, code: code) }
      reserved.store(size, ordering: .releasing)
      return nil
    }
    if let failure { throw failure }
  }
}
