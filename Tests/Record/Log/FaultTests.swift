// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc
import MartletFiles
import MartletLog
import Synchronization
import Testing

/// One fault at a time, at each call in turn, while the process goes on and then starts anew: what was acknowledged is
/// there, and nothing else but whole batches that were tried.
@Suite struct FaultTests {
  enum Kind: CaseIterable, Sendable {
    case inputOutput
    /// A write takes one byte, and the next call fails: the disk is full.
    case full
    /// A write takes one byte, which is no failure.
    case short
  }

  /// The fault at call `number`, counted over everything that changes the disk.
  final class Injector: Sendable {
    private let calls = Mutex(0)
    private let number: Int
    private let kind: Kind
    init(_ kind: Kind, at number: Int) {
      self.kind = kind
      self.number = number
    }

    var happened: Bool { calls.withLock { $0 > number } }

    func before(_ step: Disk.Step) -> Disk.Fault? {
      let call = calls.withLock { calls in
        defer { calls += 1 }
        return calls
      }
      switch (kind, call - number) {
      case (.inputOutput, 0): return .failure(EIO)
      case (.short, 0), (.full, 0): return step.operation == .write ? .shortWrite(1) : .failure(ENOSPC)
      case (.full, 1): return .failure(ENOSPC)
      default: return nil
      }
    }
  }

  @Test(arguments: Kind.allCases) func noAcknowledgedEntryIsLostAndNoneIsForged(kind: Kind) throws {
    let original = try LogScratch(size: 250)
    // Across the end of a tile and of a bundle, with single entries and batches.
    let batches = [1, 3, 4, 2].enumerated().map { place, count in
      (0..<count).map { Array("batch \(place), entry \($0)".utf8) }
    }
    var tried = 0
    for call in 0..<400 {
      let scratch = try original.copy()
      let injector = Injector(kind, at: call)
      var acknowledged: [Range<UInt64>: [[UInt8]]] = [:]
      Disk.$interference.withValue({ injector.before($0) }) {
        guard let log = try? scratch.open() else { return }
        for batch in batches {
          if let range = try? log.append(batch) { acknowledged[range] = batch }
        }
      }
      guard injector.happened else { break }
      tried += 1

      let log = try scratch.open()
      #expect(try scratch.verify().problems == [], "after a fault at call \(call)")
      let entries = try scratch.reader.entries(in: 0..<scratch.reader.checkpoint().size)
      #expect(Array(entries[..<250]) == (0..<250).map(LogScratch.entry))
      for (range, batch) in acknowledged {
        #expect(Array(entries[Int(range.lowerBound)..<Int(range.upperBound)]) == batch)
      }
      // What is there beyond is a batch that was tried, whole: its checkpoint was in place before the fault.
      var rest = entries[250...]
      for batch in batches where rest.starts(with: batch) { rest = rest.dropFirst(batch.count) }
      #expect(rest.isEmpty)
      _ = try log.append([[7]])
      #expect(try scratch.verify().problems == [])
    }
    #expect(tried > 40)
  }
}
