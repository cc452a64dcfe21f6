// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc
import MartletBytes

/// An open file or directory, closed when the value ends. Symbolic links are never followed, except on the way to the
/// model itself, which the user names.
struct OpenedFile: ~Copyable {
  let descriptor: Int32

  private init(_ descriptor: Int32) {
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Opens what the user named.
  static func root(_ path: String) throws(ManifestError) -> OpenedFile {
    let file = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard file >= 0 else { throw .unreadable(.unreadable(path: path, reason: reason())) }
    return OpenedFile(file)
  }

  /// Opens a name in this directory. `nil` when it cannot be opened, and `errno` says why.
  func open(_ name: [UInt8], directory: Bool) -> OpenedFile? {
    let flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | O_NOFOLLOW | (directory ? O_DIRECTORY : 0)
    let file = unsafe name.withCString { unsafe openat(descriptor, $0, flags) }
    return file >= 0 ? OpenedFile(file) : nil
  }

  /// Opens a path below this directory, name by name, so that none of them can be a link.
  func open(_ path: ModelPath, in root: String) throws(ManifestError) -> OpenedFile {
    var folder: OpenedFile?
    for (index, name) in path.names.enumerated() {
      let isLast = index == path.names.count - 1
      let next =
        if let folder { folder.open(name, directory: !isLast) } else { open(name, directory: !isLast) }
      guard let next else {
        let place = root + "/" + path.text
        if errno == ELOOP || errno == ENOTDIR { throw .changed(place) }
        throw .unreadable(.unreadable(path: place, reason: Self.reason()))
      }
      if isLast { return next }
      folder = consume next
    }
    // A model that is a file has no names below it; the caller reads that one itself.
    throw .notAFile(root)
  }

  func facts() -> stat? {
    var facts = stat()
    return unsafe fstat(descriptor, &facts) == 0 ? facts : nil
  }

  /// What stands at a name in this directory, without following a link.
  func facts(of name: [UInt8]) -> stat? {
    var facts = stat()
    let found = unsafe name.withCString { unsafe fstatat(descriptor, $0, &facts, AT_SYMLINK_NOFOLLOW) }
    return found == 0 ? facts : nil
  }

  /// The names in this directory, as they are on disk, without `.` and `..`; `nil` when it cannot be listed.
  func names() -> [[UInt8]]? {
    // The stream takes its descriptor over and has a place of its own in the directory.
    let copy = unsafe openat(descriptor, ".", O_RDONLY | O_CLOEXEC | O_DIRECTORY)
    guard copy >= 0 else { return nil }
    guard let stream = unsafe fdopendir(copy) else {
      close(copy)
      return nil
    }
    defer { unsafe closedir(stream) }
    var names: [[UInt8]] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else { break }
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { unsafe Array($0.prefix { $0 != 0 }) }
      if name != [0x2E] && name != [0x2E, 0x2E] { names.append(name) }
      if names.count > Limits.filesOfAnArtifact { break }
    }
    return errno == 0 ? names : nil
  }

  /// The system's wording for the last failed call.
  static func reason() -> String { unsafe String(cString: strerror(errno)) }
}

extension [UInt8] {
  /// A pointer to the bytes with a zero behind them, for one call.
  fileprivate func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    unsafe (self + [0]).withUnsafeBytes { unsafe body($0.baseAddress!.assumingMemoryBound(to: CChar.self)) }
  }
}
