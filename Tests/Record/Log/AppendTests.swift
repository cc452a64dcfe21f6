// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc
import MartletFiles
import MartletLog
import MartletMerkle
import Synchronization
import Testing

@Suite struct AppendTests {
  @Test(arguments: [0, 1, 2, 5, 255, 256, 257, 600]) func aLogReadsBackAndIsIntact(size: Int) throws {
    let scratch = try LogScratch(size: size)
    #expect(try scratch.reader.entries(in: 0..<UInt64(size)) == (0..<size).map(LogScratch.entry))
    let report = try scratch.verify()
    #expect(report.problems == [])
    #expect(report.entriesRead == UInt64(size))
    #expect(report.checkpoint?.size == UInt64(size))
  }

  @Test func batchesOfAnyKindGiveTheSameLog() throws {
    let whole = try LogScratch(size: 600)
    let single = try LogScratch(size: 600, batch: 7)
    #expect(try whole.reader.checkpoint().root == single.reader.checkpoint().root)
    #expect(try whole.files() == single.files())
    for file in try whole.files() where file != "checkpoint" {
      #expect(try whole.read(file) == single.read(file))
    }
  }

  @Test func theFilesAreThoseOfTheSpecification() throws {
    let expected: [Int: [String]] = [
      0: [],
      5: ["tile/0/000.p/5", "tile/entries/000.p/5"],
      256: ["tile/0/000", "tile/1/000.p/1", "tile/entries/000"],
      600: [
        "tile/0/000", "tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2", "tile/entries/000",
        "tile/entries/001",
        "tile/entries/002.p/88",
      ],
    ]
    for (size, files) in expected {
      #expect(try LogScratch(size: size, batch: 3).files() == ["checkpoint"] + files)
    }
    let bundle = try LogScratch(size: 2).read("tile/entries/000.p/2")
    #expect(bundle == [0, 7] + Array("entry 0".utf8) + [0, 7] + Array("entry 1".utf8))
  }

  @Test func entriesOfEveryLength() throws {
    let scratch = try LogScratch()
    let log = try scratch.open()
    let entries = [[], [1], [UInt8](repeating: 2, count: 65_535), []] as [[UInt8]]
    #expect(try log.append(entries) == 0..<4)
    #expect(try log.append([]) == 4..<4)
    #expect(throws: LogError.entryTooLarge(position: 1, count: 65_536)) {
      try log.append([[1], [UInt8](repeating: 2, count: 65_536)])
    }
    #expect(try log.reader.entries(in: 0..<4) == entries)
    #expect(try scratch.verify().problems == [])
  }

  /// A thousand tiles fill a directory: the old edge stands in the one before.
  @Test func theEdgeMovesToAnotherDirectory() throws {
    let scratch = try LogScratch()
    let log = try scratch.open()
    let size = 2000 * 256
    _ = try log.append(Array(repeating: [], count: size - 10))
    let edge = try ["tile/0/x001/999.p/246", "tile/entries/x001/999.p/246"].map { ($0, try scratch.read($0)) }
    _ = try log.append(Array(repeating: [], count: 30))
    #expect(
      try scratch.files().filter { $0.contains(".p/") } == [
        "tile/0/x002/000.p/20", "tile/1/007.p/208", "tile/2/000.p/7", "tile/entries/x002/000.p/20",
      ])

    // As when the append is interrupted between its commit and the removal of the old edge.
    for (file, bytes) in edge {
      try Directory.make(FilePath.parent(of: scratch.directory + "/" + file))
      try scratch.write(bytes, to: file)
    }
    try log.clearStrays()
    #expect(try scratch.files().filter { $0.contains("999.p/") } == [])
  }

  @Test func syncsDoNotGrowWithTheBatch() throws {
    let scratch = try LogScratch()
    let log = try scratch.open()
    for batch in [1, 10, 255, 5000] {
      let syncs = Mutex(0)
      try Disk.$interference.withValue({ step in
        if [.sync, .syncAll].contains(step.operation) { syncs.withLock { $0 += 1 } }
        return nil
      }) { _ = try log.append((0..<batch).map(LogScratch.entry)) }
      #expect(syncs.withLock { $0 } <= 16)
    }
  }

  @Test func writersTakeTurnsAndReadersDoNotWait() async throws {
    let scratch = try LogScratch()
    _ = try scratch.open()
    try await withThrowingTaskGroup { group in
      for writer in 0..<4 {
        group.addTask {
          let log = try scratch.open()
          for round in 0..<20 {
            _ = try log.append((0...round).map { Array("\(writer) \(round) \($0)".utf8) })
          }
        }
      }
      group.addTask {
        var last: UInt64 = 0
        while last < 4 * 210 {
          var snapshot = try scratch.reader.snapshot()
          let size = snapshot.checkpoint.size
          #expect(size >= last)
          try snapshot.consistencyProof(from: last, to: size).verify(
            fromRoot: snapshot.root(size: last), toRoot: snapshot.checkpoint.root)
          if size > 0 { _ = try snapshot.entry(at: size - 1) }
          last = size
          await Task.yield()
        }
      }
      try await group.waitForAll()
    }
    let entries = try scratch.reader.entries(in: 0..<840).map { String(decoding: $0, as: UTF8.self) }
    #expect(Set(entries).count == 840)
    // Nobody's batch is torn apart, and nobody's batches are out of order.
    for writer in 0..<4 {
      let mine = entries.filter { $0.hasPrefix("\(writer) ") }
      #expect(mine == (0..<20).flatMap { round in (0...round).map { "\(writer) \(round) \($0)" } })
    }
    #expect(try scratch.verify().problems == [])
  }

  @Test func verificationDoesNotMistakeAnAppendForAnAttack() async throws {
    let scratch = try LogScratch(size: 300)
    try await withThrowingTaskGroup { group in
      group.addTask {
        let log = try scratch.open()
        for round in 0..<60 { _ = try log.append([LogScratch.entry(round)]) }
      }
      group.addTask {
        for _ in 0..<10 {
          let report = try scratch.verify()
          #expect(report.problems == [])
        }
      }
      try await group.waitForAll()
    }
  }

  @Test func aStuckWriterIsNamed() throws {
    let scratch = try LogScratch(size: 1)
    let lock = try FileLock.acquire(scratch.directory + ".lock", purpose: "the log", waitingAtMost: .zero)
    defer { extendLifetime(lock) }
    let error = #expect(throws: LogError.self) {
      _ = try Log(
        directory: scratch.directory, key: LogKey(contentsOf: scratch.home + "/key"),
        patience: .milliseconds(1))
    }
    #expect(error?.description.contains("the log is locked by process \(getpid())") == true)
    #expect(try scratch.reader.entry(at: 0) == LogScratch.entry(0))
  }

  @Test func anotherLogsKeyIsRefused() throws {
    let scratch = try LogScratch(size: 1)
    #expect(throws: LogError.self) {
      _ = try Log(directory: scratch.directory, key: LogKey(generatingFor: "martlet.test/log"))
    }
  }

  @Test func tilesWithoutACheckpointAreNotTakenForANewLog() throws {
    let scratch = try LogScratch(size: 3)
    unlink(scratch.directory + "/checkpoint")
    #expect(throws: LogError.noCheckpoint(directory: scratch.directory)) { _ = try scratch.open() }
    #expect(throws: LogError.noLog(directory: scratch.directory)) { try scratch.reader.checkpoint() }
  }

  @Test func aLogDoesNotGrowOnAChangedOne() throws {
    for file in ["tile/0/001.p/44", "tile/entries/001.p/44", "tile/1/000.p/1"] {
      let scratch = try LogScratch(size: 300)
      let log = try scratch.open()
      var bytes = try scratch.read(file)
      bytes[9] ^= 1
      try scratch.write(bytes, to: file)
      #expect(throws: LogError.self) { try log.append([[1]]) }
      #expect(try scratch.verify().isIntact == false)
    }
  }

  @Test func anOlderCopyIsNoticed() throws {
    let scratch = try LogScratch(size: 3)
    let log = try scratch.open()
    let old = try scratch.files().map { ($0, try scratch.read($0)) }
    _ = try log.append([[1]])
    for (file, bytes) in old {
      let parent = scratch.directory + "/" + FilePath.parent(of: file)
      mkdir(parent, 0o755)
      try scratch.write(bytes, to: file)
    }
    #expect(throws: LogError.rolledBack(seen: 4, found: 3)) { try log.append([[2]]) }
  }
}
