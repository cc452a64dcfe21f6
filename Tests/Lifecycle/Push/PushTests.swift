// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletEvidence
import MartletFiles
import MartletLifecycle
import MartletRegistry
import Synchronization
import Testing

/// Models that come in pieces, as a server takes them.
@Suite struct PushTests {
  private let scratch = Scratch()
  private let examples = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../Examples").standardizedFileURL.path

  /// The breast-cancer network in a folder, with a text of three pieces beside it.
  private func folder() throws -> [(name: String, bytes: [UInt8])] {
    let network = try Data(contentsOf: URL(fileURLWithPath: examples + "/breast-cancer/mlp.onnx"))
    let line = Array("what was measured, and how\n".utf8)
    let size = 2 * Lifecycle.pieceSize + 1_000
    let text = (0..<size).map { line[$0 % line.count] }
    return [("mlp.onnx", Array(network)), ("notes.txt", text)]
  }

  private func offer(_ files: [(name: String, bytes: [UInt8])], as model: String = "net") -> PushOffer {
    PushOffer(
      model: model,
      files: files.map { .init(name: $0.name, digest: Digest.of($0.bytes), size: $0.bytes.count) })
  }

  private func piece(_ number: Int, of bytes: [UInt8]) -> Bytes {
    let start = number * Lifecycle.pieceSize
    return Bytes(bytes[start..<min(bytes.count, start + Lifecycle.pieceSize)])
  }

  private func send(
    _ status: PushStatus, _ files: [(name: String, bytes: [UInt8])], to lifecycle: Lifecycle
  ) throws {
    for file in status.missing {
      for number in file.pieces {
        try lifecycle.push(
          piece(number, of: files[file.file].bytes), id: status.id, file: file.file, piece: number, by: "ci")
      }
    }
  }

  @Test func aPushThatWasCutOffGoesOnWhereItStopped() throws {
    let files = try folder()
    let begun = try #require(try scratch.lifecycle().beginPush(offer(files), by: "ci").status)
    #expect(begun.missing.map(\.file) == [0, 1] && begun.missing.map(\.pieces) == [[0], [0, 1, 2]])
    try scratch.lifecycle().push(
      piece(1, of: files[1].bytes), id: begun.id, file: 1, piece: 1, by: "ci")

    // Another process, as after a crash.
    let lifecycle = try scratch.lifecycle()
    let again = try #require(try lifecycle.beginPush(offer(files), by: "ci").status)
    #expect(again.id == begun.id && again.missing.map(\.pieces) == [[0], [0, 2]])
    #expect(throws: PushError.incomplete(missing: 3)) { try lifecycle.completePush(begun.id, by: "ci") }
    try send(again, files, to: lifecycle)
    let report = try lifecycle.completePush(begun.id, by: "ci")
    #expect(report.version == 1 && report.state == .admitted && !report.wasKnown)

    // The same again is nothing new, and nothing is left of the pieces.
    #expect(try lifecycle.beginPush(offer(files), by: "ci").known?.wasKnown == true)
    #expect(try Directory.names(in: scratch.home.path + "/pushes").isEmpty)
    #expect(throws: PushError.noSuchPush) { try lifecycle.pushStatus(begun.id, by: "ci") }
    #expect(try StoreCheck.run(lifecycle.store, isQuick: false).isEmpty)
  }

  @Test func piecesThatAreNotAsAnnouncedComeAgain() throws {
    let files = try folder()
    let lifecycle = try scratch.lifecycle()
    let begun = try #require(try lifecycle.beginPush(offer(files), by: "ci").status)
    var wrong = files
    wrong[1].bytes[Lifecycle.pieceSize] ^= 1
    try send(begun, wrong, to: lifecycle)
    #expect(throws: PushError.changed(name: "notes.txt")) {
      try lifecycle.completePush(begun.id, by: "ci")
    }
    let left = try lifecycle.pushStatus(begun.id, by: "ci")
    #expect(left.missing.map(\.file) == [1])
    try send(left, files, to: lifecycle)
    #expect(try lifecycle.completePush(begun.id, by: "ci").version == 1)
  }

  @Test func whatIsNoPieceIsRefused() throws {
    let files = try folder()
    let lifecycle = try scratch.lifecycle()
    let begun = try #require(try lifecycle.beginPush(offer(files), by: "ci").status)
    let short = Bytes(Array(files[1].bytes.prefix(10)))
    #expect(throws: PushError.piece(expected: Lifecycle.pieceSize, found: 10)) {
      try lifecycle.push(short, id: begun.id, file: 1, piece: 0, by: "ci")
    }
    for (file, number) in [(2, 0), (1, 3), (1, -1), (-1, 0)] {
      #expect(throws: PushError.noSuchPiece) {
        try lifecycle.push(short, id: begun.id, file: file, piece: number, by: "ci")
      }
    }
    for id in ["", "../" + begun.id, String(repeating: "0", count: 32)] {
      #expect(throws: PushError.noSuchPush) { try lifecycle.pushStatus(id, by: "ci") }
    }
    #expect(throws: PushError.noSuchPush) { try lifecycle.pushStatus(begun.id, by: "somebody else") }
  }

  @Test(arguments: ["", "..", "../x", "/etc/x", "a//b", "a/./b", "a/", "a\0b", "./a"])
  func aNameThatLeadsElsewhereIsRefused(_ name: String) throws {
    let wrong = PushOffer(
      model: "net",
      files: [
        .init(name: name, digest: Digest.of([1]), size: 1), .init(name: "b", digest: Digest.of([1]), size: 1),
      ])
    #expect(throws: PushError.fileName(name)) { try scratch.lifecycle().beginPush(wrong, by: "ci") }
  }

  @Test func sizesThatCannotBeAreRefused() throws {
    let lifecycle = try scratch.lifecycle()
    func offer(_ sizes: Int...) -> PushOffer {
      PushOffer(
        model: "net",
        files: sizes.enumerated().map { .init(name: "\($0)", digest: Digest.of([1]), size: $1) })
    }
    #expect(throws: PushError.size(-1)) { try lifecycle.beginPush(offer(-1), by: "ci") }
    for wrong in [offer(.max, .max), offer(1 << 40)] {
      #expect(throws: PushError.tooLarge) { try lifecycle.beginPush(wrong, by: "ci") }
    }
    #expect(throws: PushError.empty) { try lifecycle.beginPush(offer(0), by: "ci") }
    #expect(throws: PushError.empty) { try lifecycle.beginPush(offer(), by: "ci") }
    for number in 1...16 { _ = try lifecycle.beginPush(offer(number), by: "ci") }
    #expect(throws: PushError.tooMany) { try lifecycle.beginPush(offer(17), by: "ci") }
    #expect(try lifecycle.beginPush(offer(17), by: "another").status != nil)
  }

  @Test func nothingOfItLiesOpenOnTheDisk() throws {
    let files = try folder()
    let lifecycle = try scratch.lifecycle()
    let begun = try #require(try lifecycle.beginPush(offer(files), by: "ci").status)
    try send(begun, files, to: lifecycle)
    let directory = scratch.home.path + "/pushes/" + begun.id
    let names = try Directory.names(in: directory).filter { $0.hasSuffix(".age") }
    #expect(names.count == 4)
    for name in names {
      let data = try Data(contentsOf: URL(fileURLWithPath: directory + "/" + name))
      #expect(data.starts(with: Data("age-encryption.org/v1".utf8)))
      #expect(data.range(of: Data("what was measured".utf8)) == nil)
    }
  }

  /// Whatever write, sync or rename fails: what was acknowledged is there, and the rest can be sent again.
  @Test func everyFailureOfTheDiskLeavesAPushThatGoesOn() throws {
    let files = [try folder()[0]]
    let offer = offer(files)
    for place in 0... {
      let fresh = Scratch()
      let lifecycle = try fresh.lifecycle()
      let begun = try #require(try lifecycle.beginPush(offer, by: "ci").status)
      let steps = Mutex(0)
      var failed = false
      do {
        try Disk.$interference.withValue({ step in
          guard step.path.contains("/pushes/") else { return nil }
          return steps.withLock { count in
            defer { count += 1 }
            return count == place ? .failure(EIO) : nil
          }
        }) {
          try send(begun, files, to: lifecycle)
        }
      } catch { failed = true }
      let left = try lifecycle.pushStatus(begun.id, by: "ci")
      if !failed { #expect(left.missing.isEmpty) }
      try send(left, files, to: lifecycle)
      #expect(try lifecycle.completePush(begun.id, by: "ci").version == 1)
      if steps.withLock({ $0 }) <= place { break }
      try #require(place < 50)
    }
  }
}
