// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import GRDB
import MartletAccess
import MartletEvidence
import Testing

@testable import MartletRegistry

@Suite struct RegistryTablesTests {
  @Test func aStoreOfTheFirstReleaseKeepsAllThatItHas() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("registry \(UUID()).db").path
    defer {
      for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
    }
    let key = APIKey.generate()
    let old = try DatabaseQueue(path: path)
    try SQLiteRegistry.migrator.migrate(old, upTo: "1: models, evidence, access")
    let manifest = String(
      decoding: try JSONEncoder().encode(Manifest([.init(name: ".", digest: .of([1]), size: 1)])),
      as: UTF8.self)
    try old.write { database in
      try database.execute(
        sql: """
          INSERT INTO principal VALUES ('p1', 'line 4', 'service', '2026-11-23 10:00:00.000');
          INSERT INTO "grant" VALUES ('p1', 'predictor', 'digits', 'allow');
          """)
      try database.execute(
        sql: "INSERT INTO apiKey VALUES (?, 'p1', ?, '2026-11-23 10:00:00.000', NULL, NULL)",
        arguments: [key.id, key.secretDigest.hex])
      try database.execute(
        sql: "INSERT INTO version VALUES ('digits', 1, ?, 'onnx', ?, 'released', '2026-11-23 10:00:00.000')",
        arguments: [Digest.of([1]).hex, manifest])
    }
    try old.close()

    let registry = try SQLiteRegistry(path: path)
    let found = try #require(try registry.key(key.id))
    #expect(key.matches(found.key.secretDigest))
    #expect(found.key.scope == .unlimited)
    #expect(found.key.lastUsedAt == nil)
    #expect(found.account.grants == [Grant(principal: "p1", role: .predictor, models: "digits")])
    #expect(!found.account.isDisabled)
    let version = try #require(try registry.released("digits"))
    #expect(version.submitter == nil)
  }

  @Test func aStoreOfTheSecondTablesGetsAliasesTagsAndLineage() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("registry \(UUID()).db").path
    defer {
      for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
    }
    let old = try DatabaseQueue(path: path)
    try SQLiteRegistry.migrator.migrate(old, upTo: "2: access")
    let manifest = try Manifest([.init(name: ".", digest: .of([1]), size: 1)])
    let text = String(decoding: try JSONEncoder().encode(manifest), as: UTF8.self)
    try old.write { database in
      try database.execute(
        sql:
          "INSERT INTO version VALUES ('digits', 1, ?, 'onnx', ?, 'released', '2026-11-23 10:00:00.000', 'p1')",
        arguments: [manifest.root.hex, text])
    }
    try old.close()

    let registry = try SQLiteRegistry(path: path)
    #expect(try registry.version("digits", 1).submitter == "p1")
    #expect(try registry.aliases().isEmpty)
    try registry.point("champion", to: 1, of: "digits", at: Date(timeIntervalSince1970: 1))
    try registry.tag("digits", 1, "team", "vision")
    #expect(try registry.disagreements().isEmpty)
  }
}
