// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Glibc

/// What was being done to a file when it failed.
package enum FileOperation: String, Sendable, Hashable, CaseIterable {
  case create, open, read, write, sync, syncAll, rename, link, remove, makeDirectory, list, lock
}

/// Why a file could not be written, read or locked. Everything but ``system(_:path:code:)`` is a refusal of ours.
package enum FilesError: Error, Equatable, Sendable {
  /// The system refused; `code` is its `errno`.
  case system(FileOperation, path: String, code: Int32)
  /// Someone else held the lock for the whole time that the caller was willing to wait.
  case locked(path: String, purpose: String, holder: LockHolder?)
  /// A secret, or the directory of secrets, that others than its owner may read or change.
  case tooOpen(path: String, mode: mode_t, isDirectory: Bool)
  /// A secret that belongs to another user.
  case foreignOwner(path: String, owner: uid_t)
  /// Something other than a regular file stands at the path.
  case notAFile(path: String)
  /// Something other than a directory stands at the path.
  case notADirectory(path: String)
  /// The file is longer than what it is read as can be.
  case tooLarge(path: String, limit: Int)
  /// The file ends before the place that is read, although it was longer when it was opened.
  case becameShorter(path: String, offset: Int)

  /// The system's code, where it was the system that refused.
  package var code: Int32? {
    if case .system(_, _, let code) = self { code } else { nil }
  }
}

extension FilesError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .system(let operation, let path, let code):
      "cannot \(operation.verb) \(path): \(systemReason(code))\(Self.remedy(code))"
    case .locked(let path, let purpose, let holder):
      if let holder {
        "\(purpose) is locked by \(holder); wait until it is done, or end that process"
      } else {
        "\(purpose) is locked by another process, which did not leave its name in \(path); "
          + "wait until it is done"
      }
    case .tooOpen(let path, let mode, let isDirectory):
      "expected \(path) to be for its owner only, found mode \(octal(mode)); "
        + "run: chmod \(isDirectory ? "700" : "600") '\(path)'"
    case .foreignOwner(let path, let owner):
      "expected \(path) to belong to the user who runs this (\(geteuid())), found user \(owner); "
        + "run as that user, or change the owner"
    case .notAFile(let path): "expected a regular file at \(path), found something else"
    case .notADirectory(let path): "expected a directory at \(path), found something else"
    case .tooLarge(let path, let limit): "expected at most \(limit) bytes in \(path), found more"
    case .becameShorter(let path, let offset):
      "expected more of \(path), found its end at byte \(offset): somebody cut it while it was being read; try again when nobody writes to it"
    }
  }

  /// What the reader of the message can do about it, where that is known.
  private static func remedy(_ code: Int32) -> String {
    switch code {
    case ENOSPC, EDQUOT: "; free some space there and try again, nothing was changed"
    case EACCES, EPERM: "; check who owns it and its mode, or run as a user who may do this"
    case EROFS: "; it is mounted read-only, choose a place that can be written"
    case EMFILE, ENFILE: "; raise the limit of open files (ulimit -n)"
    case EXDEV: "; both places must be on the same file system"
    default: ""
    }
  }
}

extension FileOperation {
  var verb: String {
    switch self {
    case .sync, .syncAll: "make durable"
    case .makeDirectory: "make the directory"
    default: rawValue
    }
  }
}

/// The system's wording for an error code.
private func systemReason(_ code: Int32) -> String {
  unsafe String(cString: strerror(code))
}

private func octal(_ mode: mode_t) -> String {
  "0" + String(mode & 0o7777, radix: 8)
}
