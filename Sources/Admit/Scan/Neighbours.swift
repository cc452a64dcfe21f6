// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What lies beside the bytes that are scanned: the files of their folder, or the other members of their archive. A model may keep
/// its numbers there.
struct Neighbours {
  /// How many members deep the bytes are that have these neighbours.
  let depth: Int
  /// What the bytes are called, to find what their own name tells. It has no say in what they are.
  private(set) var name: String
  private(set) var folder: any DataFolder
  /// The sizes of all members of an archive, by their names; nil for a folder on the disk.
  private let members: [String: Int]?
  /// Neighbours that hold the numbers of models: relative to the folder on the disk, or members by their full names.
  private(set) var numbers: Set<String> = []

  /// The folder of the file `name`.
  init(of name: String, in folder: any DataFolder) {
    depth = 0
    self.name = name
    self.folder = folder
    members = nil
  }

  /// The members of an archive that is so many members deep.
  init(members: [String: Int], depth: Int) {
    self.depth = depth
    name = ""
    folder = NoFolder()
    self.members = members
  }

  /// The name without its folder and its last extension: where some formats keep their numbers is named after it.
  var stem: String? {
    let base = name.split(separator: "/").last.map(String.init) ?? name
    return base.lastIndex(of: ".").map { String(base[..<$0]) } ?? base
  }

  /// Goes on to another member of the archive.
  mutating func enter(_ name: String) {
    self.name = name
    folder = OpenedFolder(prefix: prefix, sizes: members ?? [:])
  }

  /// Remembers files, by paths from the folder of the bytes, that hold nothing but numbers.
  mutating func hold(_ paths: some Sequence<String>) {
    let prefix = members == nil ? "" : prefix
    numbers.formUnion(paths.lazy.map { prefix + $0 })
  }

  /// `a/b/` of `a/b/c`.
  private var prefix: String {
    name.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(name[...$0]) } ?? ""
  }
}
