// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc
import MartletFiles
import MartletLog
import Synchronization
import Testing

/// Takes the power away in the midst of an append: the n-th call that changes the disk fails, and so do all
/// after it. What was not synced is then lost in the worst way that the system allows: files that were written
/// and not synced are cut in half, names that were made or changed in a directory that was not synced are undone.
final class PowerCut: Sendable {
  private struct State {
    var calls = 0
    var dirty: Set<String> = []
    /// What stood at a path before a change whose directory is not synced; nil for nothing.
    var unsynced: [String: [UInt8]?] = [:]
  }

  private let failing: Int
  private let state = Mutex(State())

  init(at call: Int) { failing = call }

  var happened: Bool { state.withLock { $0.calls > failing } }

  func before(_ step: Disk.Step) -> Disk.Fault? {
    state.withLock { state in
      defer { state.calls += 1 }
      if state.calls == failing - 1, step.operation == .write { return .shortWrite(1) }
      guard state.calls < failing else { return .failure(EIO) }
      switch step.operation {
      case .create, .makeDirectory:
        if access(step.path, F_OK) != 0, state.unsynced[step.path] == nil {
          state.unsynced[step.path] = .some(nil)
        }
      case .write: state.dirty.insert(step.path)
      case .rename:
        let target = step.target!
        state.unsynced[target] = try? WholeFile.read(target, atMost: 1 << 20)
        state.unsynced[step.path] = nil
        if state.dirty.remove(step.path) != nil { state.dirty.insert(target) }
      case .sync:
        state.dirty.remove(step.path)
        state.unsynced = state.unsynced.filter { FilePath.parent(of: $0.key) != step.path }
      case .syncAll:
        state.dirty = []
        state.unsynced = [:]
      default: break
      }
      return nil
    }
  }

  /// Loses what may be lost.
  func lose() {
    state.withLock { state in
      for path in state.dirty {
        var facts = stat()
        if stat(path, &facts) == 0 { truncate(path, facts.st_size / 2) }
      }
      for (path, old) in state.unsynced {
        LogScratch.remove(path)
        guard let old else { continue }
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        #expect(write(file, old, old.count) == old.count)
        close(file)
      }
    }
  }
}

@Suite struct CrashTests {
  struct Case: Sendable {
    let before: Int
    let batch: Int
    let losesPower: Bool
  }

  static let cases = [(0, 1), (3, 2), (254, 1), (255, 1), (255, 2), (256, 1), (300, 5), (100, 3000)].flatMap {
    [
      Case(before: $0.0, batch: $0.1, losesPower: false), Case(before: $0.0, batch: $0.1, losesPower: true),
    ]
  }

  /// Crashes at each call of an append in turn. Whatever was acknowledged is there, a batch is there whole or not
  /// at all, and the next append leaves an intact log.
  @Test(arguments: cases) func aCrashAnywhereLosesNothing(_ test: Case) throws {
    let original = try LogScratch(size: test.before)
    var crashes = 0
    // Full tiles are written in the same way, so that of a large batch not every call is tried.
    for call in test.batch < 1000 ? Array(0..<200) : Array(stride(from: 0, to: 1000, by: 3)) {
      let scratch = try original.copy()
      let cut = PowerCut(at: call)
      let batch = (0..<test.batch).map { LogScratch.entry(test.before + $0) }
      let log = try scratch.open()
      let acknowledged = Disk.$interference.withValue({ cut.before($0) }) { try? log.append(batch) }
      guard cut.happened else { break }
      crashes += 1
      if test.losesPower { cut.lose() }
      let before = UInt64(test.before)
      let after = before + UInt64(test.batch)

      // A reader sees the old log or the new one, at once.
      let size = try scratch.reader.checkpoint().size
      #expect(acknowledged == nil ? [before, after].contains(size) : size == after)
      let expected = (0..<Int(size)).map(LogScratch.entry)
      #expect(try scratch.reader.entries(in: 0..<size) == expected)

      // Opening clears what the crash has left, and appending goes on from there.
      let reopened = try scratch.open()
      #expect(try scratch.verify().problems == [], "after a crash at call \(call)")
      #expect(try reopened.append([[7]]) == size..<size + 1)
      #expect(try scratch.reader.entries(in: 0..<size + 1) == expected + [[7]])
      #expect(try scratch.verify().problems == [], "after the append that follows a crash at call \(call)")
    }
    #expect(crashes > 8)
  }

  /// The process goes on after a failed call, as it does when the disk is full for a moment.
  @Test func aFailedAppendLeavesTheLogUsable() throws {
    for call in 0..<40 {
      let scratch = try LogScratch(size: 255)
      let log = try scratch.open()
      let calls = Mutex(0)
      let fault: @Sendable (Disk.Step) -> Disk.Fault? = { _ in
        calls.withLock { calls in
          defer { calls += 1 }
          return calls == call ? .failure(ENOSPC) : nil
        }
      }
      _ = Disk.$interference.withValue(fault) { try? log.append([[1], [2]]) }
      let size = try scratch.reader.checkpoint().size
      #expect(size == 255 || size == 257)
      #expect(try log.append([[3]]) == size..<size + 1)
      #expect(try scratch.verify().problems == [])
    }
  }

  @Test func aCrashWhileTheLogIsMadeLeavesAPlaceToMakeIt() throws {
    for call in 0..<12 {
      let scratch = try LogScratch()
      let cut = PowerCut(at: call)
      _ = Disk.$interference.withValue({ cut.before($0) }) { try? scratch.open() }
      if cut.happened { cut.lose() }
      #expect(try scratch.open().append([[1]]) == 0..<1)
      #expect(try scratch.verify().problems == [])
    }
  }
}
