// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc
import MartletBytes

/// Goes through the directories of a model, for ``ModelTree``.
struct TreeWalk {
  private(set) var files: [ModelTree.File] = []
  private(set) var aside: [ModelTree.Aside] = []

  private let path: String
  private let realPath: String
  private let options: ModelTree.Options
  private var seen = 0

  init(path: String, realPath: String, _ options: ModelTree.Options) {
    self.path = path
    self.realPath = realPath
    self.options = options
  }

  /// Lists a directory that was opened, and those in it. Only the directories on the way down are open at a time.
  mutating func enter(_ folder: borrowing OpenedFile, _ place: ModelPath, depth: Int) throws(ManifestError) {
    guard depth < Limits.scannedDepth else {
      throw .tooDeep(path: shown(place.text), limit: Limits.scannedDepth)
    }
    guard let names = folder.names() else {
      throw .directory(path: shown(place.text), reason: OpenedFile.reason())
    }
    seen += names.count
    guard seen <= Limits.filesOfAnArtifact else { throw .tooMany(limit: Limits.filesOfAnArtifact) }
    for bytes in names {
      guard let name = String(validating: bytes, as: UTF8.self) else { throw .notUTF8(shown(place.text)) }
      let relative = place.names.isEmpty ? name : place.text + "/" + name
      // A name on disk has no slash and is neither `.` nor `..`.
      let inner = ModelPath(relative)!
      if options.ignoring.contains(where: inner.isInside) { continue }
      guard let facts = folder.facts(of: bytes) else { throw .changed(shown(relative)) }
      let isAside = options.settingAside.contains(where: inner.isInside)
      switch facts.st_mode & S_IFMT {
      case S_IFDIR:
        guard let next = folder.open(bytes, directory: true) else {
          throw .directory(path: shown(relative), reason: OpenedFile.reason())
        }
        try enter(next, inner, depth: depth + 1)
      case S_IFREG where isAside:
        let kind: ModelTree.Aside.Kind = facts.st_mode & 0o111 == 0 ? .file : .executable
        aside.append(.init(name: relative, kind: kind, size: Int(facts.st_size)))
      case _ where isAside: aside.append(.init(name: relative, kind: .other, size: 0))
      case S_IFREG: files.append(.init(name: relative, path: inner, facts: FileFacts(facts)))
      case S_IFLNK: try follow(relative)
      default: throw .notAFile(shown(relative))
      }
    }
  }

  private mutating func follow(_ relative: String) throws(ManifestError) {
    guard options.allowsLinks else { throw .link(shown(relative)) }
    // The target is resolved once here and then opened by its own names, none of which may be a link.
    guard let real = ModelTree.real(realPath + "/" + relative), real.utf8.starts(with: (realPath + "/").utf8),
      let target = ModelPath(String(real.dropFirst(realPath.count + 1))),
      !(options.ignoring + options.settingAside).contains(where: target.isInside)
    else { throw .linkLeadsOut(shown(relative)) }
    var facts = stat()
    guard unsafe lstat(real, &facts) == 0 else { throw .linkLeadsOut(shown(relative)) }
    switch facts.st_mode & S_IFMT {
    case S_IFREG: files.append(.init(name: relative, path: target, facts: FileFacts(facts)))
    case S_IFDIR: return
    default: throw .notAFile(shown(relative))
    }
  }

  private func shown(_ relative: String) -> String { relative.isEmpty ? path : path + "/" + relative }
}
