// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Dispatch
import MartletLog
import Synchronization
import Testing

/// Reading while others append: an old snapshot's files are superseded and removed between any two reads.
@Suite struct GrowingTests {
  @Test func whoReadsWhileTheLogGrowsIsNeverToldThatItWasChanged() throws {
    let scratch = try LogScratch(size: 100)
    let log = try scratch.open()
    let appends = 300
    let isDone = Atomic(false)
    let failure = Mutex<(any Error)?>(nil)
    DispatchQueue.concurrentPerform(iterations: 3) { worker in
      do {
        if worker == 0 {
          defer { isDone.store(true, ordering: .releasing) }
          // Across the end of a bundle.
          for index in 100..<100 + appends { _ = try log.append([LogScratch.entry(index)]) }
        } else {
          var last: UInt64 = 0
          while !isDone.load(ordering: .acquiring) {
            var snapshot = try scratch.reader.snapshot()
            let size = snapshot.checkpoint.size
            #expect(size >= last)
            last = size
            try snapshot.forEachEntry(in: size - 10..<size) { index, entry in
              if entry != LogScratch.entry(Int(index)) { Issue.record("entry \(index) is another") }
            }
            _ = try snapshot.inclusionProof(of: size - 1, size: size)
          }
        }
      } catch {
        failure.withLock { $0 = error }
      }
    }
    if let error = failure.withLock({ $0 }) { Issue.record(error) }
    #expect(try scratch.verify().checkpoint?.size == 100 + UInt64(appends))
  }
}
