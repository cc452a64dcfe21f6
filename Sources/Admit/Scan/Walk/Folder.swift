// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc
import MartletBytes

/// A folder on disk, for links and for the data files of models.
struct Folder: DataFolder {
  let root: String

  /// The real path of an existing file when it lies inside of the folder, following every link.
  func resolves(_ path: String) -> String? {
    guard let target = real(path), let inside = real(root) else { return nil }
    return target == inside || target.hasPrefix(inside == "/" ? "/" : inside + "/") ? target : nil
  }

  /// Whether a link of `…/snapshots/<revision>` points to a blob of the same repository.
  func isBlobOfHub(_ path: String) -> Bool {
    guard let target = real(path), let inside = real(root), let snapshots = inside.range(of: "/snapshots/")
    else { return false }
    return target.hasPrefix(inside[..<snapshots.lowerBound] + "/blobs/")
  }

  func dataFile(_ path: String) -> DataFile {
    let full = root + "/" + path
    guard real(full) != nil else { return .missing }
    guard let target = resolves(full) ?? (isBlobOfHub(full) ? real(full) : nil) else { return .escapes }
    var facts = stat()
    guard unsafe stat(target, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return .missing }
    if facts.st_nlink > 1 { return .shared(size: Int(facts.st_size)) }
    return .inside(size: Int(facts.st_size))
  }

  func contents(of path: String) -> Bytes? {
    switch dataFile(path) {
    case .inside, .shared: target(of: root + "/" + path).flatMap { try? Bytes(contentsOf: $0) }
    case .missing, .escapes: nil
    }
  }

  /// Where a path leads, through every link.
  func target(of path: String) -> String? { real(path) }

  private func real(_ path: String) -> String? {
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }
}

extension String {
  /// Where `part` first stands.
  fileprivate func range(of part: String) -> Range<Index>? { ranges(of: part).first }
}
