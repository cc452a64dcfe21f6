// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc
import MartletFiles
import Synchronization
import Testing

@Suite struct DurableFileTests {
  let scratch: Scratch
  init() throws { scratch = try Scratch() }

  @Test func replacesTheContentAndSetsTheMode() throws {
    try DurableFile.replace(scratch("a"), with: "old")
    try DurableFile.replace(scratch("a"), with: "new", mode: 0o640)
    #expect(try scratch.text("a") == "new")
    #expect(scratch.mode("a") == 0o640)
    #expect(try scratch.names() == ["a"])
  }

  @Test func aNewFileDoesNotReplace() throws {
    try DurableFile.create(scratch("a"), with: Array("old".utf8).span)
    let again = #expect(throws: FilesError.self) {
      try DurableFile.create(scratch("a"), with: Array("new".utf8).span)
    }
    #expect(again?.code == EEXIST)
    #expect(try scratch.text("a") == "old")
    #expect(try scratch.names() == ["a"])
  }

  @Test func writesInTheFaceOfShortWrites() throws {
    try Disk.$interference.withValue({ $0.operation == .write ? .shortWrite(3) : nil }) {
      try DurableFile.replace(scratch("a"), with: "twelve bytes")
    }
    #expect(try scratch.text("a") == "twelve bytes")
  }

  /// Every call in turn fails: with the process alive afterwards, and with the process dead.
  @Test(arguments: [false, true]) func aFailureLeavesTheOldOrTheNew(processDies: Bool) throws {
    var failures = 0
    for failing in 0... {
      let scratch = try Scratch()
      try DurableFile.replace(scratch("a"), with: "old")
      let calls = Mutex(0)
      let fault: @Sendable (Disk.Step) -> Disk.Fault? = { step in
        let call = calls.withLock { calls in
          defer { calls += 1 }
          return calls
        }
        if call == failing - 1, step.operation == .write { return .shortWrite(1) }
        return call == failing || processDies && call > failing ? .failure(ENOSPC) : nil
      }
      let failed = Disk.$interference.withValue(fault) {
        do throws(FilesError) {
          try DurableFile.replace(scratch("a"), with: "new")
          return false
        } catch {
          return true
        }
      }
      guard failed else { break }
      failures += 1
      let text = try scratch.text("a")
      #expect(text == "old" || text == "new")
      if !processDies { #expect(try scratch.names() == ["a"]) }
      try DurableFile.sweep(scratch.path)
      #expect(try scratch.names() == ["a"])
    }
    // Create, write, sync, rename, sync of the directory; a short write adds one.
    #expect(failures >= 5)
  }

  @Test func aWriterWithoutCommitLeavesNothing() throws {
    do {
      var writer = try DurableFileWriter(in: scratch.path)
      try writer.write(Array("half".utf8).span)
      #expect(try scratch.names().count == 1)
    }
    #expect(try scratch.names() == [])
  }

  @Test func aWriterStreamsAndCommits() throws {
    var writer = try DurableFileWriter(in: scratch.path, mode: 0o600)
    let chunk = [UInt8](repeating: 7, count: 100_000)
    for _ in 0..<10 { try writer.write(chunk.span) }
    let count = writer.count
    try writer.commit(as: scratch("big"))
    #expect(count == 1_000_000)
    #expect(try WholeFile.read(scratch("big"), atMost: 1_000_000) == [UInt8](repeating: 7, count: 1_000_000))
    #expect(scratch.mode("big") == 0o600)
    #expect(try scratch.names() == ["big"])
  }

  @Test func aSweepKeepsTheFilesOfLivingWriters() throws {
    try DurableFile.replace(scratch(".martlet-left-by-a-crash"), with: "half")
    var writer = try DurableFileWriter(in: scratch.path)
    try writer.write(Array("whole".utf8).span)
    try DurableFile.sweep(scratch.path)
    #expect(try scratch.names().count == 1)
    try writer.commit(as: scratch("a"))
    #expect(try scratch.text("a") == "whole")
  }

  @Test func aMissingDirectoryIsNamed() throws {
    let error = #expect(throws: FilesError.self) {
      try DurableFile.replace(scratch("none/a"), with: "x")
    }
    let message = try #require(error?.description)
    #expect(message.contains(scratch("none/.martlet-")))
    #expect(message.contains("No such file or directory"))
  }

  @Test(arguments: [(ENOSPC, "free some space"), (EACCES, "check who owns it"), (EROFS, "read-only")])
  func errorsSayWhatToDo(code: Int32, remedy: String) {
    #expect(FilesError.system(.write, path: "/a b", code: code).description.contains(remedy))
  }
}
