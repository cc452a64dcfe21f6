// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// The digests of a model's files, read from disk on all cores, every byte once.
package struct ModelHash: Sendable {
  /// A file with the digests of its parts, as they were when its facts were these.
  package struct File: Sendable, Equatable {
    package let name: String
    package let facts: FileFacts
    /// One for each of ``Serialization/parts(of:)``.
    package let digests: [Digest]

    package init(name: String, facts: FileFacts, digests: [Digest]) {
      self.name = name
      self.facts = facts
      self.digests = digests
    }
  }

  /// In the order of ``ModelTree/files``.
  package let files: [File]
  package let serialization: Serialization
  /// How many bytes were read.
  package let read: Int

  /// Whether this processor can hash two parts at once on one core.
  package static var canPair: Bool { PartPair.isAvailable }

  /// Reads and hashes the files. Each is opened without following links, and must be the one that was listed, before and
  /// after it was read.
  /// - Parameter known: digests that need not be made again for files whose facts are still the same.
  /// - Throws: ``ManifestError``.
  package init(
    of tree: ModelTree, _ serialization: Serialization, reusing known: [String: File] = [:]
  ) throws(ManifestError) {
    try self.init(of: tree, serialization, reusing: known, paired: Self.canPair)
  }

  /// - Parameter paired: whether each core hashes two parts at once, which only some processors can.
  package init(
    of tree: ModelTree, _ serialization: Serialization, reusing known: [String: File] = [:], paired: Bool
  ) throws(ManifestError) {
    self.serialization = serialization
    var units: [(file: Int, part: Int, range: Range<Int>)] = []
    for (index, file) in tree.files.enumerated() {
      let parts = serialization.parts(of: file.facts.size)
      if let old = known[file.name], old.facts == file.facts, old.digests.count == parts.count { continue }
      units += parts.enumerated().map { (index, $0, $1) }
    }
    read = units.reduce(0) { $0 + $1.range.count }
    // The longest first: then no core is left with a long one at the end.
    units.sort { $0.range.count > $1.range.count }
    let queue = PartQueue(units.map { .init(file: tree.files[$0.file], range: $0.range) })
    let digests = try queue.digests(in: tree, paired: paired)
    var made: [Int: [Digest]] = [:]
    for (unit, digest) in zip(units, digests).sorted(by: { ($0.0.file, $0.0.part) < ($1.0.file, $1.0.part) })
    {
      made[unit.file, default: []].append(digest)
    }
    files = tree.files.enumerated().map { index, file in
      let digests =
        made[index] ?? known[file.name].flatMap { $0.facts == file.facts ? $0.digests : nil } ?? []
      return File(name: file.name, facts: file.facts, digests: digests)
    }
  }

  /// - Throws: ``ManifestError/empty`` when all files are empty and have no shards.
  package func manifest() throws(ManifestError) -> Manifest {
    try Manifest(
      files.flatMap { file in
        zip(serialization.parts(of: file.facts.size), file.digests).map { part, digest in
          Manifest.Resource(name: serialization.name(of: file.name, part), digest: digest, size: part.count)
        }
      })
  }
}
