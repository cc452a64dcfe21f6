// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFiles

/// Checks a log from end to end: the signature, every entry, every stored hash, and that nothing else lies in
/// the directory. It needs the files and the public key, and no more memory for a longer log.
package enum LogVerification {
  /// Reads everything and reports what is not as it was signed.
  ///
  /// It takes no lock, so that appends go on. When something seems wrong where a log is in use, it may have been
  /// the files of an append under way: it is then looked at again with the lock held, and only that counts.
  ///
  /// - Parameters:
  ///   - progress: told after every 256 entries how many have been read, and of how many.
  ///   - patience: how long to wait for the lock, should it be needed.
  /// - Throws: ``LogError/noLog(directory:)`` where there is none; ``LogError/files(_:)`` when the directory
  ///   cannot be read or another process keeps the lock. What is wrong with the log is in the report.
  package static func run(
    directory: String, key: LogVerifierKey, patience: Duration = .seconds(30),
    progress: (UInt64, UInt64) -> Void = { _, _ in }
  ) throws(LogError) -> LogReport {
    let log = LogDirectory(directory)
    let report = try LogAudit.run(log, key: key, progress: progress)
    if report.isIntact { return report }
    guard let lock = try takeTurn(log, patience: patience) else { return report }
    defer { extendLifetime(lock) }
    return try LogAudit.run(log, key: key, progress: progress)
  }

  /// The lock of a log that is in use; nil for a copy, and for a log that may only be read.
  private static func takeTurn(_ log: LogDirectory, patience: Duration) throws(LogError) -> FileLock? {
    do throws(FilesError) {
      guard try Directory.kind(of: log.lockPath) == .file else { return nil }
      return try FileLock.acquire(log.lockPath, purpose: "the log", waitingAtMost: patience)
    } catch {
      if case .locked = error { throw .files(error) }
      return nil
    }
  }
}
