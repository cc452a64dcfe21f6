// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Dispatch
import Foundation
import Synchronization

/// The parts of a model's files that are still to be hashed, which all cores take from.
final class PartQueue: Sendable {
  /// A part of a file, which one core hashes.
  struct Part: Sendable {
    let file: ModelTree.File
    /// Bytes of the file.
    let range: Range<Int>
  }

  private struct Progress {
    var next = 0
    var digests: [Digest?]
    var failure: ManifestError?
  }

  private let parts: [Part]
  private let progress: Mutex<Progress>

  init(_ parts: [Part]) {
    self.parts = parts
    progress = Mutex(Progress(digests: Array(repeating: nil, count: parts.count)))
  }

  /// The next part and its place in the queue; none when all are taken or one failed.
  func take() -> (place: Int, part: Part)? {
    progress.withLock { progress in
      guard progress.failure == nil, progress.next < parts.count else { return nil }
      defer { progress.next += 1 }
      return (progress.next, parts[progress.next])
    }
  }

  func finish(_ place: Int, _ digest: Digest) {
    progress.withLock { $0.digests[place] = digest }
  }

  func fail(_ error: ManifestError) {
    progress.withLock { $0.failure = $0.failure ?? error }
  }

  /// The digests of all parts, in their order, made on all cores.
  /// - Parameter paired: whether a core hashes two parts at once.
  func digests(in tree: ModelTree, paired: Bool) throws(ManifestError) -> [Digest] {
    let cores = min(ProcessInfo.processInfo.activeProcessorCount, parts.count)
    DispatchQueue.concurrentPerform(iterations: cores) { _ in
      do throws(ManifestError) {
        if paired { try PartPair(tree).run(self) } else { try PartReader(tree).run(self) }
      } catch {
        fail(error)
      }
    }
    return try progress.withLock { progress throws(ManifestError) in
      if let failure = progress.failure { throw failure }
      return progress.digests.map { $0! }
    }
  }
}
