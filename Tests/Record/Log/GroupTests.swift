// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Glibc
import MartletFiles
import MartletLog
import Synchronization
import Testing

@Suite struct GroupTests {
  /// Runs `body` on so many threads at once, however few cores there are.
  private func threads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    let group = DispatchGroup()
    for thread in 0..<count {
      group.enter()
      Thread.detachNewThread {
        body(thread)
        group.leave()
      }
    }
    group.wait()
  }

  /// Many threads that each wait for their own entry: everyone is told where it stands, and commits are shared.
  @Test func writersOfOneLogShareCommits() throws {
    let scratch = try LogScratch()
    let log = try scratch.open()
    let places = Mutex<[UInt64: [UInt8]]>([:])
    let renames = Mutex(0)
    threads(16) { thread in
      Disk.$interference.withValue({ step in
        if step.operation == .rename { renames.withLock { $0 += 1 } }
        return nil
      }) {
        for round in 0..<20 {
          let batch = (0..<thread % 3).map { Array("\(thread) \(round) \($0)".utf8) }
          guard let range = try? log.append(batch), range.count == batch.count else {
            Issue.record("a batch was not appended")
            continue
          }
          for (index, entry) in zip(range, batch) { places.withLock { $0[index] = entry } }
        }
      }
    }
    let known = places.withLock { $0 }
    let entries = try scratch.reader.entries(in: 0..<scratch.reader.checkpoint().size)
    #expect(entries.count == known.count)
    for (index, entry) in entries.enumerated() { #expect(known[UInt64(index)] == entry) }
    #expect(renames.withLock { $0 } < 320)
    #expect(try scratch.verify().problems == [])
  }

  /// A group that cannot be written fails for everyone in it, and for nobody after it.
  @Test func aFailedGroupIsToldToAll() throws {
    let scratch = try LogScratch(size: 3)
    let log = try scratch.open()
    let acknowledged = Mutex<[[UInt8]]>([])
    threads(16) { thread in
      let calls = Mutex(0)
      Disk.$interference.withValue({ step in
        calls.withLock { calls in
          calls += 1
          return calls % 7 == 0 && step.operation != .sync ? .failure(ENOSPC) : nil
        }
      }) {
        for round in 0..<20 {
          let entry = Array("\(thread) \(round)".utf8)
          if (try? log.append([entry])) != nil { acknowledged.withLock { $0.append(entry) } }
        }
      }
    }
    let entries = Set(try scratch.reader.entries(in: 3..<scratch.reader.checkpoint().size))
    let lost = acknowledged.withLock { $0 }.filter { !entries.contains($0) }
    #expect(lost == [])
    #expect(try scratch.open().append([[1]]).count == 1)
    #expect(try scratch.verify().problems == [])
  }
}
