// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc
import MartletFiles
import Testing

@Suite struct DurableDirectoryTests {
  let scratch: Scratch
  init() throws { scratch = try Scratch() }

  private func put(_ text: String, to name: String, in directory: borrowing DurableDirectory) throws {
    try directory.write(name) { file in
      try Array(text.utf8).withUnsafeBytes { try file.write($0, at: 0) }
    }
  }

  @Test func appearsWithEverythingInIt() throws {
    let directory = try DurableDirectory(in: scratch.path, mode: 0o600)
    try put("one", to: "a", in: directory)
    try put("two", to: "deep/er/b", in: directory)
    #expect(try scratch.names().count == 1)
    #expect(try !scratch.names().contains("out"))
    try directory.commit(asNew: scratch("out"))
    #expect(try scratch.names() == ["out"])
    #expect(try scratch.text("out/a") == "one")
    #expect(try scratch.text("out/deep/er/b") == "two")
    #expect(scratch.mode("out") == 0o700 && scratch.mode("out/a") == 0o600)
  }

  @Test func withoutACommitNothingIsLeft() throws {
    do {
      let directory = try DurableDirectory(in: scratch.path, mode: 0o600)
      try put("one", to: "deep/a", in: directory)
    }
    #expect(try scratch.names() == [])
  }

  @Test func whatIsThereIsNotReplaced() throws {
    try Directory.make(scratch("out"))
    let error = #expect(throws: FilesError.self) {
      let directory = try DurableDirectory(in: scratch.path, mode: 0o600)
      try put("one", to: "a", in: directory)
      try directory.commit(asNew: scratch("out"))
    }
    #expect(error?.code == EEXIST)
    #expect(try scratch.names() == ["out"])
  }

  @Test func aSweepRemovesWhatACrashLeftAndKeepsLivingOnes() throws {
    try Directory.make(scratch(DurableFile.temporaryPrefix + "1-1/deep"))
    try DurableFile.replace(scratch(DurableFile.temporaryPrefix + "1-1/deep/a"), with: "half")
    symlink("/etc", scratch(DurableFile.temporaryPrefix + "1-1/link"))
    let living = try DurableDirectory(in: scratch.path, mode: 0o600)
    try put("one", to: "a", in: living)
    try DurableFile.sweep(scratch.path)
    #expect(try scratch.names().count == 1)
    try living.commit(asNew: scratch("out"))
    #expect(try scratch.text("out/a") == "one")
    #expect(access("/etc/passwd", F_OK) == 0)
  }

  @Test func whatIsUnfinishedGoesWithTheProcess() throws {
    let directory = try DurableDirectory(in: scratch.path, mode: 0o600)
    try put("one", to: "a", in: directory)
    var writer = try DurableFileWriter(in: scratch.path)
    try writer.write(Array("half".utf8).span)
    let names = try scratch.names()
    #expect(names.count == 2)
    // All that this process has unfinished would go; other tests may be writing beside this one.
    let mine = names.map { scratch($0) }
    Unfinished.discard { mine.contains($0) }
    #expect(try scratch.names() == [])
  }
}
