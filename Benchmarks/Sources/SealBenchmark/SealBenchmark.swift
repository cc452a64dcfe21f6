// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletEncrypt

/// Reads 1 MiB at places all over a sealed file, and a whole header with each: what a server does that answers with parts.
///
///     swift run -c release --package-path Benchmarks seal-benchmark SEALED IDENTITY
@main
enum SealBenchmark {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count == 2 else { return print("expected a sealed file and an identity file") }
    let file = try Bytes(contentsOf: arguments[1])
    try measure(arguments[0], with: SealingIdentity(identityFile: file.span))
  }

  private static func measure(_ path: String, with identity: borrowing SealingIdentity) throws {
    let size = 1 << 20
    var times: (unlock: [Double], read: [Double]) = ([], [])
    var place: UInt64 = 0x9E37_79B9_7F4A_7C15
    for _ in 0..<201 {
      let begun = ContinuousClock.now
      let file = try SealedPath(path).unlock(with: identity)
      let unlocked = ContinuousClock.now
      place = place &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let start = Int(place % UInt64(file.plainCount - size))
      let count = try count(in: file, start..<start + size)
      times.read.append((ContinuousClock.now - unlocked) / .seconds(1))
      times.unlock.append((unlocked - begun) / .seconds(1))
      precondition(count == size)
    }
    print("unlock: \(median(times.unlock)) ms; read 1 MiB: \(median(times.read)) ms (medians of 201)")
  }

  private static func count(in file: UnlockedFile<SealedInput>, _ range: Range<Int>) throws -> Int {
    let part = try file.read(range)
    return part.count
  }

  private static func median(_ times: [Double]) -> String {
    String(format: "%.2f", times.sorted()[times.count / 2] * 1_000)
  }
}
