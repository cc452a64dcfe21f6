// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc
import MartletBytes
import MartletEvidence
import MartletFiles

/// Everything below the paths that a caller named, in the order of the names' bytes within each.
///
/// A link that stays inside of its folder is not followed, because its target is scanned anyway; one that leaves it is a
/// finding. What OMS leaves out of a manifest (`.git` and the like at the top) is left out here too.
struct ScanList {
  private(set) var items: [ScanItem] = []
  private var seen = 0
  /// Where blobs of the hub's cache lie that a snapshot gives a name to.
  private var namedBlobs: Set<String> = []

  /// - Throws: ``ScanError``; what cannot be read below a path is an item.
  init(_ paths: [String]) throws(ScanError) {
    for path in paths { try add(path) }
  }

  private mutating func add(_ path: String) throws(ScanError) {
    guard let facts = Self.facts(path, following: true) else { throw .missing(path: path) }
    if facts.st_mode & S_IFMT == S_IFDIR {
      let root = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
      let start = items.count
      try walk(root, root, depth: 0)
      dropNamedBlobs(from: start)
      items[start...].sort { Array($0.name.utf8).lexicographicallyPrecedes(Array($1.name.utf8)) }
    } else {
      let folder = FilePath.parent(of: path)
      let kind: ScanItem.Kind =
        facts.st_mode & S_IFMT == S_IFREG ? .file(size: Int(facts.st_size)) : .special
      items.append(ScanItem(name: path, path: path, folder: folder, kind: kind))
    }
  }

  private mutating func walk(_ folder: String, _ root: String, depth: Int) throws(ScanError) {
    func item(_ path: String, _ kind: ScanItem.Kind) -> ScanItem {
      ScanItem(
        name: path.hasPrefix("./") ? String(path.dropFirst(2)) : path, path: path, folder: folder, kind: kind)
    }
    guard depth < Limits.scannedDepth else { return items.append(item(folder, .nesting)) }
    let names: [String]
    do throws(FilesError) { names = try Directory.names(in: folder) } catch {
      return items.append(item(folder, .unreadable("the folder cannot be listed")))
    }
    for name in names where depth > 0 || !Artifact.ignored.contains(name) {
      seen += 1
      guard seen <= Limits.scannedFiles else { throw .tooManyFiles(limit: Limits.scannedFiles) }
      let path = folder == "/" ? "/" + name : folder + "/" + name
      guard let facts = Self.facts(path, following: false) else {
        items.append(item(path, .unreadable("the file cannot be read")))
        continue
      }
      switch facts.st_mode & S_IFMT {
      case S_IFDIR: try walk(path, root, depth: depth + 1)
      case S_IFREG: items.append(item(path, .file(size: Int(facts.st_size))))
      case S_IFLNK:
        if let size = blob(path, folder) {
          items.append(item(path, .file(size: size)))
        } else if let found = link(path, root) {
          items.append(item(path, found))
        }
      default: items.append(item(path, .special))
      }
    }
  }

  /// The size of the blob that a link of a snapshot in the hub's cache points to.
  private mutating func blob(_ path: String, _ folder: String) -> Int? {
    let holder = Folder(root: folder)
    guard holder.isBlobOfHub(path), let target = holder.target(of: path),
      let facts = Self.facts(target, following: false), facts.st_mode & S_IFMT == S_IFREG
    else { return nil }
    namedBlobs.insert(target)
    return Int(facts.st_size)
  }

  /// A blob is judged under the names that snapshots give it, beside the files that belong to it.
  private mutating func dropNamedBlobs(from start: Int) {
    guard !namedBlobs.isEmpty else { return }
    var kept: [ScanItem] = []
    for item in items[start...] {
      let isBlob = item.folder.hasSuffix("/blobs") || item.folder == "blobs"
      if isBlob, let target = Folder(root: item.folder).target(of: item.path), namedBlobs.contains(target) {
        continue
      }
      kept.append(item)
    }
    items.replaceSubrange(start..., with: kept)
  }

  /// What a link is to the scan; nil when its target is scanned anyway.
  private func link(_ path: String, _ root: String) -> ScanItem.Kind? {
    let folder = Folder(root: root)
    if folder.resolves(path) != nil { return nil }
    let target = Self.facts(path, following: true).flatMap {
      $0.st_mode & S_IFMT == S_IFREG ? Int($0.st_size) : nil
    }
    // The cache of the Hugging Face hub keeps the files of a snapshot as links to its blobs.
    if let target, folder.isBlobOfHub(path) { return .file(size: target) }
    return .escapingLink(target: Self.target(path), size: target)
  }

  private static func facts(_ path: String, following: Bool) -> stat? {
    var facts = stat()
    let failed = following ? unsafe stat(path, &facts) : unsafe lstat(path, &facts)
    return failed == 0 ? facts : nil
  }

  private static func target(_ path: String) -> String {
    let target = unsafe [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, count in
      count = unsafe buffer.withMemoryRebound(to: CChar.self) {
        max(0, unsafe readlink(path, $0.baseAddress!, $0.count))
      }
    }
    return target.isEmpty ? "nothing" : String(decoding: target, as: UTF8.self)
  }
}
