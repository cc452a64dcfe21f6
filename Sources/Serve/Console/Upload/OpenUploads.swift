// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Synchronization

/// How many forms with files somebody sends at once.
final class OpenUploads: Sendable {
  static let most = 4

  private let counts = Mutex<[String: Int]>([:])

  /// Left once, when the upload is over.
  struct Place: Sendable {
    fileprivate let owner: String
    fileprivate let uploads: OpenUploads

    func leave() {
      uploads.counts.withLock { counts in
        let left = (counts[owner] ?? 1) - 1
        counts[owner] = left > 0 ? left : nil
      }
    }
  }

  /// Nil where somebody has taken as many places as there are.
  func enter(_ principal: String) -> Place? {
    counts.withLock { counts in
      guard counts[principal] ?? 0 < Self.most else { return nil }
      counts[principal, default: 0] += 1
      return Place(owner: principal, uploads: self)
    }
  }
}
