// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc
import MartletFiles
import MartletMerkle
import Testing

@testable import MartletLog

@Suite struct TamperTests {
  /// Each byte of each file of small logs; a sample of the bytes of larger ones, with the first and the last.
  @Test(arguments: [0, 1, 2, 5, 255, 256, 257, 600]) func everyFlippedByteIsFound(size: Int) throws {
    let scratch = try LogScratch(size: size)
    for file in try scratch.files() {
      let bytes = try scratch.read(file)
      let step = size <= 5 || file == "checkpoint" ? 1 : max(1, bytes.count / 23)
      for position in Set(stride(from: 0, to: bytes.count, by: step)).union([bytes.count - 1]) {
        var changed = bytes
        changed[position] ^= 1 << UInt8(position % 8)
        try scratch.write(changed, to: file)
        let report = try scratch.verify()
        try Self.check(report, names: file, at: position, of: bytes, size: size)
      }
      try scratch.write(bytes, to: file)
    }
    #expect(try scratch.verify().problems == [])
  }

  /// A report must name the file, and the entry or the range that the byte belongs to.
  static func check(_ report: LogReport, names file: String, at position: Int, of bytes: [UInt8], size: Int)
    throws
  {
    let problem = try #require(report.problems.first { $0.path == file }, "\(file) at \(position): \(report)")
    #expect(problem.expected != problem.found)
    if file == "checkpoint" {
      #expect(problem.kind == .checkpoint)
      return
    }
    let range = try #require(problem.entries)
    if file.hasPrefix("tile/entries/") {
      let index = entry(at: position, in: bytes) + number(of: file) * 256
      #expect(problem.kind == .entries)
      #expect(range.contains(UInt64(index)), "\(file) at \(position)")
      // Within an entry, exactly that one is named.
      if !isLength(position, in: bytes) { #expect(range.count == 1 && report.problemCount == 1) }
    } else {
      let scale = file.hasPrefix("tile/0/") ? 1 : file.hasPrefix("tile/1/") ? 256 : 65_536
      let first = (number(of: file) * 256 + position / 32) * scale
      #expect(problem.kind == .tile)
      #expect(range == UInt64(first)..<UInt64(first + scale))
      #expect(report.problemCount == 1)
    }
  }

  static func number(of file: String) -> Int {
    Int(file.split(separator: "/")[2].prefix(3)) ?? 0
  }

  static func entry(at position: Int, in bundle: [UInt8]) -> Int {
    var (start, index) = (0, 0)
    while true {
      let end = start + 2 + (Int(bundle[start]) << 8 | Int(bundle[start + 1]))
      if position < end { return index }
      (start, index) = (end, index + 1)
    }
  }

  static func isLength(_ position: Int, in bundle: [UInt8]) -> Bool {
    var start = 0
    while start + 1 < position { start += 2 + (Int(bundle[start]) << 8 | Int(bundle[start + 1])) }
    return position == start || position == start + 1
  }

  @Test(arguments: [1, 5, 257, 600]) func everyByteAddedOrRemovedIsFound(size: Int) throws {
    let scratch = try LogScratch(size: size)
    for file in try scratch.files() {
      let bytes = try scratch.read(file)
      let step = size <= 5 ? 1 : max(1, bytes.count / 7)
      for position in stride(from: 0, to: bytes.count, by: step) {
        var changed = bytes
        changed.remove(at: position)
        try scratch.write(changed, to: file)
        #expect(try scratch.verify().problems.contains { $0.path == file }, "\(file) without \(position)")
        changed = bytes
        changed.insert(bytes[position], at: position)
        try scratch.write(changed, to: file)
        #expect(try scratch.verify().problems.contains { $0.path == file }, "\(file) with \(position) twice")
      }
      for changed in [[], bytes + [0], bytes + bytes] {
        try scratch.write(changed, to: file)
        #expect(try scratch.verify().problems.contains { $0.path == file })
      }
      try scratch.write(bytes, to: file)
    }
  }

  @Test(arguments: [1, 257, 600]) func everyMissingFileIsFound(size: Int) throws {
    let scratch = try LogScratch(size: size)
    for file in try scratch.files() {
      let bytes = try scratch.read(file)
      unlink(scratch.directory + "/" + file)
      let report = try scratch.verify()
      #expect(report.problems.map(\.path) == [file])
      // The stored hashes stand in for what is gone, so that only what is gone is blamed.
      #expect(report.problemCount == 1)
      try scratch.write(bytes, to: file)
    }
    #expect(try scratch.verify().isIntact)
  }

  @Test(arguments: [
    "x", ".martlet-1-2", "tile/x", "tile/0/x", "tile/0/001", "tile/0/000.p/4", "tile/0/000.p/x",
    "tile/1/000.p/1",
    "tile/2", "tile/entries/000.p/4", "tile/entries/001.p/1", "tile/entries/0", "tile/0/x000/000",
    "tile/8/000",
    "checkpoint2", "tile/0/000.p/5/x", "tile/0/000.p/005",
  ]) func everyAddedFileIsFound(file: String) throws {
    let scratch = try LogScratch(size: 5)
    let parent = scratch.directory + "/" + FilePath.parent(of: file)
    if file == "tile/0/000.p/5/x" {
      unlink(parent)
    }
    try Directory.make(parent)
    try scratch.write([1], to: file)
    let report = try scratch.verify()
    #expect(
      report.problems.contains { $0.kind == .stray && file.hasPrefix($0.path) || $0.path == "tile/0/000.p/5" }
    )
  }

  @Test func linksAndEmptyDirectoriesAreFound() throws {
    let scratch = try LogScratch(size: 5)
    try Directory.make(scratch.directory + "/tile/0/001.p")
    #expect(symlink("000.p", scratch.directory + "/tile/entries/link") == 0)
    #expect(try scratch.verify().problems.map(\.path) == ["tile/0/001.p", "tile/entries/link"])
    #expect(rename(scratch.directory + "/tile/0/000.p/5", scratch.home + "/moved") == 0)
    #expect(symlink(scratch.home + "/moved", scratch.directory + "/tile/0/000.p/5") == 0)
    #expect(try scratch.verify().problems.contains { $0.path == "tile/0/000.p/5" && $0.kind == .tile })
  }

  @Test func aNameThatIsNoTextIsFound() throws {
    let scratch = try LogScratch(size: 1)
    let name = Array((scratch.directory + "/").utf8CString.dropLast()) + [-1, 27, 0]
    let file = open(name, O_WRONLY | O_CREAT, 0o644)
    #expect(file >= 0)
    close(file)
    let report = try scratch.verify()
    #expect(report.problems.map(\.kind) == [.stray])
    #expect(report.problems.allSatisfy { !$0.description.contains("\u{1B}") })
    unlink(name)
  }

  /// The holder of the key can sign anything; looking for it all must end.
  @Test func aCheckpointThatClaimsTooMuchIsNotFollowed() throws {
    let scratch = try LogScratch(size: 3)
    let key = try LogKey(contentsOf: scratch.home + "/key")
    let claim = Checkpoint(origin: key.name, size: 1 << 62, root: .empty)
    try scratch.write(key.sign(claim), to: "checkpoint")
    let report = try scratch.verify()
    #expect(report.wasStopped)
    #expect(report.problems.count == LogReport.mostDescribed)
    #expect(throws: LogError.self) { try scratch.reader.entry(at: 0) }
  }

  /// Someone without the key who changes an entry and all the hashes above it is found at the root.
  @Test func aConsistentForgeryIsFound() throws {
    let real = try LogScratch(size: 300)
    let forger = try LogScratch()
    var entries = (0..<300).map(LogScratch.entry)
    entries[17] = Array("forged".utf8)
    _ = try forger.open().append(entries)
    for file in try real.files() where file != "checkpoint" { try real.write(forger.read(file), to: file) }
    let report = try real.verify()
    #expect(report.isIntact == false)
    #expect(report.problems.first?.kind == .contradiction)
    #expect(throws: LogError.self) { try real.reader.entry(at: 17) }
  }

  @Test func aReaderRefusesChangedEntries() throws {
    let scratch = try LogScratch(size: 600)
    for file in ["tile/entries/000", "tile/0/000", "tile/1/000.p/2"] {
      let bytes = try scratch.read(file)
      var changed = bytes
      changed[40] ^= 1
      try scratch.write(changed, to: file)
      #expect(throws: LogError.self) { try scratch.reader.entry(at: 3) }
      try scratch.write(bytes, to: file)
    }
    #expect(try scratch.reader.entry(at: 3) == LogScratch.entry(3))
  }

  @Test func aDirectoryWithoutALogIsAnErrorAndNoReport() throws {
    let scratch = try LogScratch()
    #expect(throws: LogError.noLog(directory: scratch.directory)) { try scratch.verify() }
  }

  @Test func aLogOfThreeLevelsIsChecked() throws {
    let size = 65_536 + 3
    let scratch = try LogScratch(size: size, batch: size)
    #expect(try scratch.files().contains("tile/2/000.p/1"))
    #expect(try scratch.verify().problems == [])
    for (file, position) in [
      ("tile/2/000.p/1", 5), ("tile/1/000", 32 * 77), ("tile/0/200", 0), ("tile/0/256.p/3", 95),
      ("tile/entries/255", 2),
    ] {
      let bytes = try scratch.read(file)
      var changed = bytes
      changed[position] ^= 128
      try scratch.write(changed, to: file)
      try Self.check(try scratch.verify(), names: file, at: position, of: bytes, size: size)
      try scratch.write(bytes, to: file)
    }
    var snapshot = try scratch.reader.snapshot()
    for index in [0, 65_535, 65_536, 65_538] as [UInt64] {
      try snapshot.inclusionProof(of: index, size: UInt64(size)).verify(
        entry: LogScratch.entry(Int(index)).span, root: snapshot.checkpoint.root)
    }
  }
}
