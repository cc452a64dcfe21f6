// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import GRDB
import MartletFiles
import Testing

/// Several processes on one store.
@Suite struct TurnsTests {
  let place = try! Workplace()

  @Test func severalModelsAtOnceAllArrive() async throws {
    let policy = try place.lenientPolicy()
    let models = [Example.digits, Example.network, Example.forest, Example.digits]
    // Nobody has made the store yet: they make it together.
    let ended = try await withThrowingTaskGroup(of: Program.Ended.self) { group in
      for (index, model) in models.enumerated() {
        group.addTask { [place] in
          try await place.martlet("protect", model, "--name", "m\(index)", "--policy", policy)
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    for one in ended { #expect(one.status == 0, "\(one.errors)") }
    let versions = try place.database {
      try Row.fetchAll($0, sql: "SELECT model, number, state FROM version ORDER BY model").map {
        "\($0["model"] as String) \($0["number"] as Int) \($0["state"] as String)"
      }
    }
    #expect(versions == (0..<4).map { "m\($0) 1 released" })
    #expect(try await place.records().count == 16)
    try await place.expectIntactLog()
  }

  @Test func severalVersionsOfOneModelGetNumbersOfTheirOwn() async throws {
    let policy = try place.lenientPolicy()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for model in [Example.digits, Example.network, Example.forest] {
        group.addTask { [place] in
          let ended = try await place.martlet("protect", model, "--name", "m", "--policy", policy)
          #expect(ended.status == 0, "\(ended.errors)")
        }
      }
      try await group.waitForAll()
    }
    let numbers = try place.database {
      try Int.fetchAll($0, sql: "SELECT number FROM version WHERE model = 'm' ORDER BY number")
    }
    #expect(numbers == [1, 2, 3])
    try await place.expectIntactLog()
  }

  @Test func whoeverHoldsTheStoreIsNamedAndReadersDoNotWait() async throws {
    try await place.release(Example.network, as: "n")
    try await place.martlet("token", "create", "someone", "--role", "viewer")
    let before = try place.knowledge()
    let lock = try FileLock.acquire(
      place.home + "/store.lock", purpose: "the test", waitingAtMost: .seconds(60))
    let impatient = ["MARTLET_LOCK_WAIT": "0.05"]
    for arguments in [["protect", Example.forest], ["token", "create", "anna", "--role", "viewer"]] {
      let ended = try await place.martlet(arguments, environment: impatient)
      #expect(ended.status == 2)
      #expect(ended.complaints.count == 1)
      #expect(
        ended.errors.hasPrefix("martlet: the store is locked by process \(getpid()) ("), "\(ended.errors)")
      #expect(ended.output == "")
    }
    #expect(try place.knowledge() == before)
    let log = try FileLock.acquire(place.home + "/log.lock", purpose: "the test", waitingAtMost: .seconds(60))
    for arguments in [["token", "list"], ["log", "verify"], ["log", "show"]] {
      #expect(try await place.martlet(arguments, environment: impatient).status == 0)
    }
    extendLifetime(log)
    extendLifetime(lock)
  }
}
