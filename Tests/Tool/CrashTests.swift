// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import GRDB
import Testing

/// Whatever instant `martlet` is killed at, the next start is clean.
@Suite struct CrashTests {
  let place = try! Workplace()

  /// Kills a `protect` at instants spread over the work that a whole one is. They are told by the processor's time and not
  /// by the clock's, so that a busy machine does not move them all to the beginning.
  @Test(arguments: [true, false])
  func protectMayBeKilledAtAnyInstant(_ isNewStore: Bool) async throws {
    let policy = try place.lenientPolicy()
    let arguments = ["protect", Example.digits, "--policy", policy]
    let first = try place.start(arguments)
    let whole = try await first.work(atMost: .seconds(3_600))
    #expect(try await first.end().status == 0)
    let kills = 12
    var killed = 0
    for kill in 0..<kills {
      if isNewStore { try FileManager.default.removeItem(atPath: place.home) }
      // What is admitted for the first time is written in full.
      let name = "m\(kill)"
      let running = try place.start(arguments + ["--name", name])
      _ = try await running.work(atMost: whole * kill / (kills - 1))
      running.signal(SIGKILL)
      let ended = try await running.end()
      #expect(ended.status == 0 || ended.status == 128 + SIGKILL)
      if ended.status != 0 { killed += 1 }

      let hasLog = FileManager.default.fileExists(atPath: place.home + "/log/checkpoint")
      let hasKey = FileManager.default.fileExists(atPath: place.home + "/log.pub")
      if hasLog && hasKey { try await place.expectIntactLog() }
      let again = try await place.martlet(arguments + ["--name", name])
      #expect(again.status == 0, "after kill \(kill): \(again.output)\(again.errors)")
      #expect(again.output.contains("\(name) version 1 is released."))
      try await place.expectIntactLog()
      try expectNothingHalf()
    }
    // Some may have been done before they were killed, not most.
    #expect(killed > kills / 2)
    let server = try await RunningServer(place)
    #expect(server.models.contains("m\(kills - 1)"))
    #expect(try await server.stop().status == 0)
  }

  @Test func serveMayBeKilledWhileItAnswers() async throws {
    try await place.release(Example.digits, as: "digits")
    let pixels = try Example.images(1)[0].pixels
    let client = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Clients/load.py"
    for round in 0..<3 {
      let server = try await RunningServer(place)
      let key = try await server.newKey("client \(round)", role: "predictor")
      let before = try await predictions()
      let load = Task {
        try await place.run(
          "/usr/bin/env",
          ["python3", client, "\(server.port)", server.certificate, key, RunningServer.question(pixels)])
      }
      // Until one of the eight connections asks for the second time, because it has its first answer, and a little more each time.
      while try await predictions() < before + 9 + 200 * round {}
      server.program.signal(SIGKILL)
      #expect(try await server.program.end().status == 128 + SIGKILL)
      let loaded = try await load.value
      let answered = try #require(
        Int(loaded.output.trimmingCharacters(in: .whitespacesAndNewlines)), "\(loaded.errors)")
      #expect(answered > 0)
      try await place.expectIntactLog()
      let checked = try await place.martlet("fsck")
      #expect(checked.status == 0, "\(checked.output)\(checked.errors)")
    }
    let server = try await RunningServer(place)
    #expect(server.models == ["digits"])
    let key = try await server.newKey("client", role: "predictor")
    let before = try await predictions()
    #expect(try await server.classify(pixels, key: key).status == 200)
    #expect(try await server.stop().status == 0)
    #expect(try await predictions() == before + 1)
    try await place.expectIntactLog()
    try expectNothingHalf()
  }

  /// How many questions the log says were let in.
  private func predictions() async throws -> Int {
    try await place.records().count { $0["action"] as? String == "serve.predict" }
  }

  /// Files as an append leaves them when it is cut off before its checkpoint.
  @Test func whatAnInterruptedAppendLeavesIsNoTampering() async throws {
    try await place.release(Example.network, as: "n")
    let log = place.home + "/log/"
    let files = try place.files(in: log)
    for name in files.keys where name.hasSuffix("/4") {
      try files[name]!.write(to: URL(fileURLWithPath: log + name.dropLast() + "9"))
    }
    try Data("half".utf8).write(to: URL(fileURLWithPath: log + ".martlet-1-abc"))
    // A copy is only looked at.
    let copy = try await place.martlet("log", "verify", "--log", place.home + "/log")
    #expect(copy.status == 1)
    #expect(copy.output.contains("left by an append that was interrupted"))
    try await place.expectIntactLog()
    #expect(try place.files(in: log) == files)
  }

  /// No temporary file is left, and what the database and the blobs say of each other is whole.
  private func expectNothingHalf() throws {
    let files = try place.files(in: place.home)
    for name in files.keys {
      #expect(!name.contains("/.martlet-") && !name.hasPrefix(".martlet-"), "\(name)")
    }
    let states = try place.database { try String.fetchAll($0, sql: "SELECT state FROM version") }
    for state in states { #expect(["admitted", "assessed", "released"].contains(state)) }
    #expect(try place.database { try String.fetchOne($0, sql: "PRAGMA integrity_check") } == "ok")
  }
}
