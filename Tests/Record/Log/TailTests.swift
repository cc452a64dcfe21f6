// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletLog
import Testing

@Suite struct TailTests {
  private static func rest(_ tail: inout LogTail) throws -> [UInt64] {
    var indices: [UInt64] = []
    while let (index, entry) = try tail.next() {
      #expect(entry == LogScratch.entry(Int(index)))
      indices.append(index)
    }
    return indices
  }

  @Test func aTailReadsOnWhereItStood() throws {
    let log = try LogScratch(size: 250)
    var all = try LogTail(log.reader, from: 0)
    var new = try LogTail(log.reader)
    #expect(try Self.rest(&all) == Array(0..<250))
    #expect(try Self.rest(&new) == [])
    try log.append(250..<600)
    #expect(try Self.rest(&all) == Array(250..<600))
    #expect(try Self.rest(&new) == Array(250..<600))
    #expect(throws: LogError.noSuchEntry(index: 601, size: 600)) { _ = try LogTail(log.reader, from: 601) }
  }

  @Test func anotherHistoryIsNoticed() throws {
    let log = try LogScratch(size: 5)
    let other = try log.copy()
    try log.append(5..<8)
    var tail = try LogTail(log.reader, from: 8)
    _ = try other.open().append((0..<4).map { _ in [9] })
    for file in try other.files() where file != "checkpoint" { try log.write(other.read(file), to: file) }
    try log.write(other.read("checkpoint"), to: "checkpoint")
    #expect(throws: LogError.rewritten(size: 8)) { _ = try tail.next() }
  }

  @Test func anOlderCopyIsNoticed() throws {
    let log = try LogScratch(size: 5)
    let old = try log.copy()
    try log.append(5..<8)
    var tail = try LogTail(log.reader, from: 8)
    for file in try old.files() where file != "checkpoint" { try log.write(old.read(file), to: file) }
    try log.write(old.read("checkpoint"), to: "checkpoint")
    #expect(throws: LogError.rolledBack(seen: 8, found: 5)) { _ = try tail.next() }
  }
}
