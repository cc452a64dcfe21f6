// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Dispatch
import Foundation
import Glibc
import Synchronization

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

  /// Reads and hashes the files. Each is opened without following links, and must be the one that was listed, before and
  /// after it was read.
  /// - Parameter known: digests that need not be made again for files whose facts are still the same.
  /// - Throws: ``ManifestError``.
  package init(
    of tree: ModelTree, _ serialization: Serialization, reusing known: [String: File] = [:]
  ) throws(ManifestError) {
    self.serialization = serialization
    var units: [Unit] = []
    for (index, file) in tree.files.enumerated() {
      let parts = serialization.parts(of: file.facts.size)
      if let old = known[file.name], old.facts == file.facts, old.digests.count == parts.count { continue }
      units += parts.enumerated().map { Unit(file: index, part: $0, range: $1) }
    }
    read = units.reduce(0) { $0 + $1.range.count }
    // The longest first: then no core is left with a long one at the end.
    units.sort { $0.range.count > $1.range.count }
    let digests = try Self.digests(of: units, in: tree)
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

  /// A part of a file, which one core hashes.
  private struct Unit: Sendable {
    let file: Int
    let part: Int
    let range: Range<Int>
  }

  /// What the cores share.
  private struct Progress {
    var next = 0
    var digests: [Digest?]
    var failure: ManifestError?

    mutating func take() -> Int? {
      guard failure == nil, next < digests.count else { return nil }
      defer { next += 1 }
      return next
    }
  }

  private static func digests(of units: [Unit], in tree: ModelTree) throws(ManifestError) -> [Digest] {
    let progress = Mutex(Progress(digests: Array(repeating: nil, count: units.count)))
    let cores = min(ProcessInfo.processInfo.activeProcessorCount, units.count)
    DispatchQueue.concurrentPerform(iterations: cores) { _ in
      let worker: PartReader
      do throws(ManifestError) { worker = try PartReader(tree) } catch {
        progress.withLock { $0.failure = error }
        return
      }
      while let index = progress.withLock({ $0.take() }) {
        do throws(ManifestError) {
          let digest = try worker.digest(of: tree.files[units[index].file], units[index].range)
          progress.withLock { $0.digests[index] = digest }
        } catch {
          progress.withLock { $0.failure = error }
        }
      }
    }
    return try progress.withLock { progress throws(ManifestError) in
      if let failure = progress.failure { throw failure }
      return progress.digests.map { $0! }
    }
  }
}
