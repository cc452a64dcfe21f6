// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc
import MartletFiles
import Testing

@Suite struct ReadableFileTests {
  let scratch: Scratch
  init() throws { scratch = try Scratch() }

  private func read(_ file: ReadableFile, _ range: Range<Int>) throws -> String {
    var bytes = [UInt8](repeating: 0, count: range.count)
    var failure: FilesError?
    bytes.withUnsafeMutableBytes { memory in
      do throws(FilesError) { try file.read(into: memory, at: range.lowerBound) } catch { failure = error }
    }
    if let failure { throw failure }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func anyPieceIsRead() throws {
    try DurableFile.replace(scratch("a"), with: "0123456789")
    let file = try ReadableFile(scratch("a"))
    #expect(file.count == 10)
    #expect(try read(file, 0..<10) == "0123456789")
    #expect(try read(file, 3..<5) == "34")
    #expect(try read(file, 10..<10) == "")
  }

  @Test func aFileThatIsCutMeanwhileIsNamed() throws {
    try DurableFile.replace(scratch("a"), with: "0123456789")
    let file = try ReadableFile(scratch("a"))
    truncate(scratch("a"), 4)
    #expect(throws: FilesError.becameShorter(path: scratch("a"), offset: 4)) { try read(file, 2..<8) }
  }

  @Test func whatIsNoFileIsRefused() throws {
    #expect(throws: FilesError.notAFile(path: scratch.path)) { _ = try ReadableFile(scratch.path) }
    mkfifo(scratch("pipe"), 0o600)
    #expect(throws: FilesError.notAFile(path: scratch("pipe"))) { _ = try ReadableFile(scratch("pipe")) }
    #expect(throws: FilesError.system(.open, path: scratch("none"), code: ENOENT)) {
      _ = try ReadableFile(scratch("none"))
    }
  }
}
