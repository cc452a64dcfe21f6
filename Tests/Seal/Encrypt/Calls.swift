// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc
import MartletFiles
import Synchronization

/// Makes the n-th call that changes the disk fail, and only that one, as a disk does that is full for a moment.
final class Calls: Sendable {
  private let failing: Int
  private let count = Mutex(0)

  init(_ failing: Int) { self.failing = failing }

  func fault(before _: Disk.Step) -> Disk.Fault? {
    count.withLock { count in
      defer { count += 1 }
      return count == failing ? .failure(ENOSPC) : nil
    }
  }
}
