// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import GRDB
import MartletEvidence
import MartletRegistry
import Testing

@Suite struct RegistryStatesTests {
  let scratch: ScratchRegistry
  var registry: any Registry { scratch.registry }

  init() throws { scratch = try ScratchRegistry() }

  private func admit(_ byte: UInt8, model: String = "digits") throws -> ModelVersion {
    let manifest = try Manifest([.init(name: ".", digest: .of([byte]), size: 1)])
    return try registry.admit(
      model: model, digest: manifest.root, format: "onnx", manifest: manifest, evidence: [], at: scratch.time)
  }

  @Test func fromARevocationNothingLeadsBack() {
    for state in VersionState.allCases {
      #expect(VersionState.revoked.objection(to: state) != nil, "\(state)")
    }
  }

  @Test func whatIsRetiredOrQuarantinedCanBeReleasedAgainAndRevoked() {
    for state in [VersionState.retired, .quarantined, .assessed, .released] {
      #expect(state.objection(to: .released) == nil)
      #expect(state.objection(to: .revoked) == nil)
    }
  }

  @Test func noStateIsEnteredWithoutWhatComesBefore() {
    #expect(VersionState.submitted.objection(to: .released)?.contains("not been admitted") == true)
    #expect(VersionState.quarantined.objection(to: .quarantined) == "it is quarantined already")
    for state in VersionState.allCases { #expect(state.objection(to: .submitted) != nil) }
  }

  @Test func aRefusedChangeChangesNothing() throws {
    let version = try admit(1)
    try registry.change("digits", 1, to: .revoked)
    #expect(throws: RegistryError.self) { try registry.change("digits", 1, to: .quarantined) }
    #expect(throws: RegistryError.self) {
      try registry.move(model: "digits", digest: version.digest, to: .released, evidence: [])
    }
    #expect(try registry.version("digits", 1).state == .revoked)
    #expect(throws: RegistryError.noSuchNumber(model: "digits", number: 2)) {
      try registry.change("digits", 2, to: .revoked)
    }
  }

  @Test func anAliasPointsToOneVersionOfItsModelAndMoves() throws {
    _ = try admit(1)
    _ = try admit(2)
    _ = try admit(1, model: "other")
    try registry.point("champion", to: 1, of: "digits", at: scratch.time)
    try registry.point("champion", to: 2, of: "digits", at: scratch.time + 1)
    #expect(
      try registry.aliases(of: "digits") == [
        Alias(model: "digits", name: "champion", number: 2, changedAt: scratch.time + 1)
      ])
    #expect(throws: RegistryError.noSuchNumber(model: "other", number: 2)) {
      try registry.point("champion", to: 2, of: "other", at: scratch.time)
    }
    try registry.removeAlias("champion", of: "digits")
    #expect(throws: RegistryError.noSuchAlias(model: "digits", name: "champion")) {
      try registry.removeAlias("champion", of: "digits")
    }
  }

  @Test func tagsAndLineageAreOfOneVersion() throws {
    _ = try admit(1)
    let parent = try admit(2)
    try registry.tag("digits", 1, "team", "vision")
    try registry.tag("digits", 1, "team", "speech")
    try registry.tag("digits", 1, "ticket", "12")
    try registry.tag("digits", 1, "ticket", nil)
    #expect(try registry.tags(of: "digits", 1) == ["team": "speech"])
    #expect(try registry.tags(of: "digits", 2).isEmpty)
    let lineage = Lineage(data: .of([7]), parent: parent.digest)
    try registry.set(lineage, of: "digits", 1)
    #expect(try registry.lineage(of: "digits", 1) == lineage)
    #expect(try registry.lineage(of: "digits", 2) == nil)
  }

  @Test func aCopyHasAllThatWasThere() throws {
    _ = try admit(1)
    try registry.point("champion", to: 1, of: "digits", at: scratch.time)
    let path = scratch.path + ".copy"
    defer {
      for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
    }
    try registry.backUp(to: path)
    _ = try admit(2)
    let copy = try SQLiteRegistry(path: path)
    #expect(try copy.versions().map(\.number) == [1])
    #expect(try copy.aliases().map(\.name) == ["champion"])
    #expect(try copy.disagreements().isEmpty)
  }

  @Test func aRowThatSpeaksOfNothingIsNamed() throws {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    try DatabaseQueue(path: scratch.path, configuration: configuration).write {
      try $0.execute(sql: "INSERT INTO alias VALUES ('digits', 'champion', 9, '2026-11-23 10:00:00.000')")
    }
    #expect(
      try registry.disagreements() == ["a row of alias speaks of a row of version that is not there"])
  }
}
