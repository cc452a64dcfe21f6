// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletFiles
import MartletLog
import MartletMerkle
import Synchronization

/// Measures the log on one that it generates, in a directory that it makes and removes.
///
///     swift run -c release --package-path Benchmarks log-benchmark [ENTRIES [BATCH [PLACE]]]
@main
enum LogBenchmark {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst().map { $0 }
    let entries = arguments.first.flatMap(Int.init) ?? 10_000_000
    let batch = arguments.dropFirst().first.flatMap(Int.init) ?? 10_000
    let place = arguments.dropFirst(2).first ?? NSTemporaryDirectory()
    let home = place + "/martlet-log-benchmark-\(getpid())"
    try Directory.make(home)
    defer { try? FileManager.default.removeItem(atPath: home) }
    try LogKey(generatingFor: "martlet.test/benchmark").write(to: home + "/key")
    let log = try Log(directory: home + "/log", key: LogKey(contentsOf: home + "/key"))

    try single(log)
    try appends(log, entries: entries, batch: batch)
    try group(home)
    try proofs(log)
    try verification(log, home)
  }

  /// An entry as Martlet writes them, about 230 bytes.
  static func entry(_ index: Int) -> [UInt8] {
    let number = String(index)
    return Array(
      """
      {"action":"serve.predict","digest":{"sha256":"4f1e3d0c9b8a7766554433221100ffeeddccbbaa99887766554433221100ffee"},\
      "model":"digits","outcome":"allowed","principal":"6f0c2b7e-3d84-4b3a-9a53-000000000000","reason":"request \
      \(number)","time":"2026-11-23T10:00:00Z"}
      """.utf8)
  }

  static func appends(_ log: Log, entries: Int, batch: Int) throws {
    var times: [Double] = []
    let start = ContinuousClock.now
    let processor = clock()
    for first in stride(from: 0, to: entries, by: batch) {
      let group = (first..<min(entries, first + batch)).map(entry)
      let begun = ContinuousClock.now
      _ = try log.append(group)
      times.append(seconds(since: begun))
    }
    let appending = times.reduce(0, +)
    say(
      "\(entries) entries of \(entry(0).count) bytes in batches of \(batch), each durable when it is acknowledged: "
        + "\(Int(Double(entries) / appending)) entries a second; a batch takes \(milliseconds(times)); "
        + "\(text(seconds(since: start))) s in all, \(text(Double(clock() - processor) / Double(CLOCKS_PER_SEC))) s of one core"
    )
  }

  static func single(_ log: Log) throws {
    let times = try (0..<200).map { index in
      let begun = ContinuousClock.now
      _ = try log.append([entry(index)])
      return seconds(since: begun)
    }
    say("one entry, durable: \(milliseconds(times))")
  }

  /// Many threads, each of which waits for its one entry to be durable before it brings the next.
  static func group(_ home: String) throws {
    let log = try Log(directory: home + "/group", key: LogKey(contentsOf: home + "/key"))
    let (threads, rounds) = (64, 50)
    let begun = ContinuousClock.now
    let failures = Mutex(0)
    let writers = DispatchGroup()
    for thread in 0..<threads {
      writers.enter()
      Thread.detachNewThread {
        defer { writers.leave() }
        for round in 0..<rounds where (try? log.append([entry(thread * rounds + round)])) == nil {
          failures.withLock { $0 += 1 }
        }
      }
    }
    writers.wait()
    precondition(failures.withLock { $0 } == 0, "an entry was not appended")
    say(
      "\(threads) writers that wait for each single entry: "
        + "\(Int(Double(threads * rounds) / seconds(since: begun))) entries a second")
  }

  static func proofs(_ log: Log) throws {
    let reader = log.reader
    let size = try reader.checkpoint().size
    var generator = SystemRandomNumberGenerator()
    var fresh: [Double] = []
    var same: [Double] = []
    var snapshot = try reader.snapshot()
    for _ in 0..<1000 {
      let index = UInt64.random(in: 0..<size, using: &generator)
      var begun = ContinuousClock.now
      let proof = try reader.inclusionProof(of: index)
      fresh.append(seconds(since: begun))
      let entry = try snapshot.entry(at: index)
      try proof.verify(entry: entry.span, root: snapshot.checkpoint.root)
      let other = UInt64.random(in: 0..<size, using: &generator)
      begun = ContinuousClock.now
      _ = try snapshot.inclusionProof(of: other, size: size)
      same.append(seconds(since: begun))
    }
    say(
      "inclusion proof in \(size) entries, checkpoint and tiles read and checked anew: \(milliseconds(fresh))"
    )
    say("inclusion proof of the same snapshot: \(milliseconds(same))")
  }

  static func verification(_ log: Log, _ home: String) throws {
    let begun = ContinuousClock.now
    let report = try LogVerification.run(directory: home + "/log", key: log.verifierKey)
    if !report.isIntact { say("NOT INTACT: \(report.problems.map(\.description))") }
    let time = seconds(since: begun)
    say(
      "verification of \(report.entriesRead) entries: \(text(time)) s, \(Int(Double(report.entriesRead) / time)) a second"
    )
  }

  /// At once, also into a pipe.
  private static func say(_ line: String) {
    print(line)
    fflush(nil)
  }

  private static func seconds(since start: ContinuousClock.Instant) -> Double {
    (ContinuousClock.now - start) / .seconds(1)
  }

  private static func milliseconds(_ times: [Double]) -> String {
    let sorted = times.sorted()
    func at(_ share: Double) -> String { text(sorted[Int(Double(sorted.count - 1) * share)] * 1000) }
    return "\(at(0.5)) ms (p99 \(at(0.99)))"
  }

  private static func text(_ value: Double) -> String { String(format: "%.3f", value) }
}
