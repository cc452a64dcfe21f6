// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import NIOPosix

/// Gives back to the system what a server does not need.
///
/// What is allocated by the thread of a connection and freed by the one that writes the record stays with the first one's arena of
/// glibc, so that a server that runs for months would slowly grow although it keeps nothing. And of the code, most ran once,
/// when the server started and its models were loaded.
enum ServerMemory {
  private static let pause = Duration.seconds(10)

  /// Runs until its task is cancelled.
  static func keepTrimmed() async {
    repeat {
      _ = try? await NIOThreadPool.singleton.runIfActive {
        _ = trim(0)
        releaseCode()
      }
    } while (try? await Task.sleep(for: pause)) != nil
  }

  /// Unmaps the pages of the program's and its libraries' code. Those that are run again come back from the system's cache of
  /// the files, at about a microsecond for 64 KiB; the others stay away.
  private static func releaseCode() {
    guard let maps = try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8) else { return }
    for line in maps.split(separator: "\n") {
      guard let range = codeRange(line) else { continue }
      // Code is never written to, so nothing is lost. Where this fails the pages just stay.
      _ = unsafe madvise(UnsafeMutableRawPointer(bitPattern: range.lowerBound), range.count, MADV_DONTNEED)
    }
  }

  /// The addresses of a line of `/proc/self/maps`, if it is the code of a file: executable and not writable.
  static func codeRange(_ line: Substring) -> Range<UInt>? {
    let fields = line.split(separator: " ", maxSplits: 5)
    guard fields.count == 6, fields[1] == "r-xp", fields[5].drop(while: { $0 == " " }).hasPrefix("/") else {
      return nil
    }
    let bounds = fields[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
    guard bounds.count == 2, bounds[0] < bounds[1] else { return nil }
    return bounds[0]..<bounds[1]
  }
}

/// `malloc_trim` of malloc.h, which looks at the arenas of all threads.
@_silgen_name("malloc_trim")
private func trim(_ padding: Int) -> Int32
