// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc
import MartletBytes

/// The files of a model as they lie on disk, listed and not yet read (OMS 1.0, section 6.1).
///
/// Refused are devices, pipes and sockets, names that are not UTF-8, more than ``Limits/filesOfAnArtifact`` files, and
/// symbolic links. Where links are allowed, one to a file counts as that file under the link's name, and one to a directory
/// is not entered, because everything in it is in the model under its own name; so both must lead to something of the model
/// that is not ignored.
package struct ModelTree: Sendable {
  /// What to leave out and what to accept.
  package struct Options: Sendable {
    /// Left out, and nobody looks at them: the user has named them.
    package var ignoring: [ModelPath]
    /// Left out of ``ModelTree/files`` and listed in ``ModelTree/aside``: others have named them.
    package var settingAside: [ModelPath]
    package var allowsLinks: Bool

    package init(
      ignoring: [ModelPath] = [], settingAside: [ModelPath] = .alwaysIgnored, allowsLinks: Bool = false
    ) {
      self.ignoring = ignoring
      self.settingAside = settingAside
      self.allowsLinks = allowsLinks
    }
  }

  package struct File: Sendable {
    /// Relative to the model; `.` when the model is one file.
    package let name: String
    /// Where its bytes are: elsewhere than its name says only behind a link.
    let path: ModelPath
    package let facts: FileFacts
  }

  /// Something below a path that is set aside.
  package struct Aside: Sendable {
    package enum Kind: Sendable, Equatable { case file, executable, other }

    package let name: String
    package let kind: Kind
    package let size: Int
  }

  /// As the user wrote it.
  package let path: String
  package let isDirectory: Bool
  /// Sorted by the bytes of their names.
  package internal(set) var files: [File] = []
  package internal(set) var aside: [Aside] = []

  /// The last name of the path: what a signature calls the model.
  package let name: String
  /// The path without links and `..`.
  package let realPath: String

  /// Lists the model at `path`, a file or a directory.
  /// - Throws: ``ManifestError``; `empty` for a directory without files.
  package init(at path: String, _ options: Options = .init()) throws(ManifestError) {
    self.path = path
    let root = try OpenedFile.root(path)
    guard let facts = root.facts(), let real = Self.real(path) else {
      throw .unreadable(.unreadable(path: path, reason: OpenedFile.reason()))
    }
    realPath = real
    name = String(real.split(separator: "/").last ?? "model")
    switch facts.st_mode & S_IFMT {
    case S_IFREG:
      isDirectory = false
      files = [File(name: ".", path: ModelPath("")!, facts: FileFacts(facts))]
    case S_IFDIR:
      isDirectory = true
      var walk = TreeWalk(path: path, realPath: realPath, options)
      try walk.enter(root, ModelPath("")!, depth: 0)
      files = walk.files.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
      aside = walk.aside
      if files.isEmpty { throw .empty }
    default: throw .notAFile(path)
    }
  }

  /// Leaves out all files but those with these names.
  package mutating func keep(_ isWanted: (String) -> Bool) {
    files = files.filter { isWanted($0.name) }
  }

  /// The relative path of a file if it lies in the directory `root`, whether it is there already or not; such as that of a
  /// signature, which is no part of the model it signs.
  package static func path(of file: String, in root: String) -> ModelPath? {
    let slash = file.utf8.lastIndex(of: UInt8(ascii: "/"))
    let folder = slash.map { String(file[..<$0]) } ?? "."
    guard let base = real(root), let place = real(folder.isEmpty ? "/" : folder) else { return nil }
    let name = slash.map { String(file[file.utf8.index(after: $0)...]) } ?? file
    if place == base { return ModelPath(name) }
    let prefix = base == "/" ? "/" : base + "/"
    return place.hasPrefix(prefix) ? ModelPath(String(place.dropFirst(prefix.count)) + "/" + name) : nil
  }

  /// Opens a file of the model again.
  func open(_ file: File, _ root: borrowing OpenedFile) throws(ManifestError) -> OpenedFile {
    isDirectory ? try root.open(file.path, in: path) : try .root(path)
  }

  /// For messages.
  func place(of file: File) -> String { isDirectory ? path + "/" + file.name : path }

  static func real(_ path: String) -> String? {
    guard let real = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(real) }
    return unsafe String(validatingCString: real)
  }
}

extension ModelTree {
  /// Reads something that was set aside, up to `limit` bytes of it.
  package func read(_ aside: Aside, atMost limit: Int) throws(ManifestError) -> [UInt8] {
    let root = try OpenedFile.root(path)
    let file = try root.open(ModelPath(aside.name)!, in: path)
    var bytes = [UInt8](repeating: 0, count: min(limit, aside.size))
    var filled = 0
    while filled < bytes.count {
      let room = bytes.count - filled
      let got = unsafe bytes.withUnsafeMutableBytes {
        unsafe pread(file.descriptor, $0.baseAddress! + filled, room, off_t(filled))
      }
      if got < 0 && errno == EINTR { continue }
      guard got > 0 else { throw .changed(path + "/" + aside.name) }
      filled += got
    }
    return bytes
  }
}
