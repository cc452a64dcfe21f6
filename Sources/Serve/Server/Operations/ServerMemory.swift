// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import NIOPosix

/// Gives back to the system what was freed.
///
/// What is allocated by the thread of a connection and freed by the one that writes the record stays with the first one's arena of
/// glibc, so that a server that runs for months would slowly grow although it keeps nothing.
enum ServerMemory {
  private static let pause = Duration.seconds(10)

  /// Runs until its task is cancelled.
  static func keepTrimmed() async {
    while (try? await Task.sleep(for: pause)) != nil {
      _ = try? await NIOThreadPool.singleton.runIfActive { trim(0) }
    }
  }
}

/// `malloc_trim` of malloc.h, which looks at the arenas of all threads.
@_silgen_name("malloc_trim")
private func trim(_ padding: Int) -> Int32
