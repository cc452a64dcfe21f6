// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Foundation
import MartletAccess
import MartletBytes
import Testing

@testable import MartletGuard

@Suite struct HostileFilesTests {
  /// Where the places of parties begin: behind two heads and the copies.
  private static let start = GuardLedger.offset(1) + GuardBook.shardCount * LedgerCopy.size

  /// A ledger with five parties.
  /// - Parameter hasCopies: false for one whose copies did not come to the disk before the power went.
  private func ledger(hasCopies: Bool = false) throws -> [UInt8] {
    let path = FileManager.default.temporaryDirectory.appending(path: "ledger \(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let sentry = try Guard(Traffic.calibration(), book: GuardBook(path))
    var traffic = Traffic(seed: 1)
    for turn in 0..<20 {
      sentry.ask(Asker(key: "k\(turn % 3)", tenant: "t", network: "n"), traffic.noise())
    }
    var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    if !hasCopies { for place in GuardLedger.offset(1)..<Self.start { bytes[place] = 0 } }
    return bytes
  }

  private func parties(_ bytes: [UInt8]) throws -> [GuardedParty: GuardStanding] {
    let known = try GuardRecollection(bytes).standings(at: Traffic.start)
    return Dictionary(uniqueKeysWithValues: known.map { ($0.party, $0) })
  }

  @Test func aLedgerWithoutAHeadIsRefused() throws {
    let ledger = try ledger()
    #expect(try GuardRecollection(ledger).parties.count == 5)
    #expect(try GuardRecollection([]).parties.isEmpty)
    var headless = ledger
    for start in [0, 4_096] {
      // Of two heads the other one is believed.
      var changed = ledger
      for place in stride(from: start, to: start + 4_096, by: 97) {
        changed[place] ^= 0x40
        headless[place] ^= 0x40
      }
      #expect(try GuardRecollection(changed).parties.count == 5)
    }
    #expect(throws: GuardError.self) { try GuardRecollection(headless) }
    #expect(throws: GuardError.self) { try GuardRecollection(Array(headless.prefix(5_000))) }
    #expect(throws: GuardError.self) { try GuardRecollection([UInt8](repeating: 7, count: 9_000)) }
  }

  /// A place that was torn when the power went costs what was in it, and nothing else.
  @Test func aTornPlaceIsForgottenAlone() throws {
    let ledger = try ledger()
    for slot in 0..<5 {
      for byte in [0, 1, 3, 8, 60, 190, 244, 255] {
        var changed = ledger
        changed[Self.start + 256 * slot + byte] ^= 0x21
        let read = try GuardRecollection(changed)
        #expect(read.damaged == 1 && read.parties.count == 4)
      }
    }
    let cut = try GuardRecollection(Array(ledger.prefix(Self.start + 5 * 256 - 100)))
    #expect(cut.damaged == 1 && cut.parties.count == 4)
  }

  /// A kill can stop a write anywhere, in the copy or in the place: the party is as it was before or as it is after.
  @Test func whereverAKillStopsAWriteThePartyIsWhole() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "ledger \(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    func file() throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }
    let sentry = try Guard(Traffic.calibration(), book: GuardBook(path))
    var traffic = Traffic(seed: 1)
    for turn in 0..<30 { sentry.ask(Asker(key: "k\(turn % 9)", tenant: "t"), traffic.noise()) }
    let before = try file()
    // One party, so that there is one write of each.
    sentry.book.shard(GuardedParty(.key, "k4")).with(GuardedParty(.key, "k4"), at: 5, isKept: true) {
      $0.allowance.take(7, at: 5, nil, nil)
    }
    let after = try file()
    let (old, new) = (try parties(before), try parties(after))
    let party = GuardedParty(.key, "k4")
    #expect(old.count == 10 && old[party] != new[party])
    let changed = after.indices.filter { after[$0] != before[$0] }
    let (copy, place) = (changed.filter { $0 < Self.start }, changed.filter { $0 >= Self.start })
    #expect(!copy.isEmpty && !place.isEmpty)
    let order = copy + place
    for count in 0...order.count {
      var torn = before
      for byte in order.prefix(count) { torn[byte] = after[byte] }
      #expect(try GuardRecollection(torn).damaged == 0, "after \(count) bytes")
      var found = try parties(torn)
      #expect(found[party] == old[party] || found[party] == new[party], "after \(count) bytes")
      found[party] = old[party]
      #expect(found == old, "after \(count) bytes")
    }
    // And the other way around within each: memory keeps no order inside of one.
    for count in 0...copy.count {
      var torn = before
      for byte in copy.suffix(count) { torn[byte] = after[byte] }
      #expect(try parties(torn) == old)
    }
    for count in 0..<place.count {
      var torn = before
      for byte in copy + place.suffix(count) { torn[byte] = after[byte] }
      let found = try parties(torn)
      #expect(found[party] == (count == 0 ? old[party] : new[party]))
    }
  }

  /// What version 2 has written is read, and gets copies by the next server.
  @Test func aLedgerOfTheVersionBeforeGoesOn() throws {
    let now = try ledger()
    var old = Array(now[..<GuardLedger.offset(1)] + now[Self.start...])
    for start in [0, 4_096] {
      // The version; and where the copies are, which stands behind the policy, is none of it.
      old[start + 4] = 2
      let marks = Int(old[start + 18])
      let length = (0..<4).reduce(0) { $0 | Int(old[start + 20 + 32 * marks + $1]) << (8 * $1) }
      for byte in 0..<4 { old[start + 24 + 32 * marks + length + byte] = 0 }
      let sum = SHA256.hash(data: old[start..<start + 4_064])
      old.replaceSubrange(start + 4_064..<start + 4_096, with: Array(sum))
    }
    #expect(try parties(old) == parties(now))
    let path = FileManager.default.temporaryDirectory.appending(path: "ledger \(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(old).write(to: URL(fileURLWithPath: path))
    let sentry = try Guard(Traffic.calibration(), book: GuardBook(path))
    #expect(sentry.book.damaged == 0)
    var traffic = Traffic(seed: 2)
    for turn in 0..<40 { sentry.ask(Asker(key: "more \(turn)", tenant: "t"), traffic.noise()) }
    let known = sentry.book.standings(at: Traffic.start)
    sentry.book.close()
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    let read = try GuardRecollection(bytes)
    #expect(read.damaged == 0 && read.copies > 0)
    #expect(read.standings(at: Traffic.start) == known && known.count == 45)
  }

  /// A sum that fits says nothing about who wrote it.
  @Test func everyFieldIsLookedAt() throws {
    let ledger = try ledger()
    func refuses(_ place: Int, _ value: [UInt8], _ line: SourceLocation = #_sourceLocation) throws {
      var bytes = ledger
      bytes.replaceSubrange(Self.start + place..<Self.start + place + value.count, with: value)
      var sum: UInt64 = 0xCBF2_9CE4_8422_2325
      for word in 0..<31 {
        let value = (0..<8).reduce(UInt64(0)) {
          $0 | UInt64(bytes[Self.start + 8 * word + $1]) << UInt64(8 * $1)
        }
        sum = (sum ^ value) &* 0x0000_0100_0000_01B3
        sum ^= sum >> 29
      }
      for byte in 0..<8 {
        bytes[Self.start + 248 + byte] = UInt8(truncatingIfNeeded: sum >> UInt64(8 * byte))
      }
      let read = try GuardRecollection(bytes)
      #expect(read.damaged == 1 && read.parties.count == 4, sourceLocation: line)
    }
    let nan: [UInt8] = [0, 0, 0xC0, 0x7F]
    try refuses(0, [2])
    try refuses(1, [7])
    try refuses(2, [0xFF])
    try refuses(180, [0xFF])
    try refuses(3, [9])
    try refuses(8, [0xFF, 0xFF, 0xFF, 0xFF])
    try refuses(12, nan)
    try refuses(20, [0, 0, 0, 0, 0, 0, 0xF0, 0x7F])
    try refuses(36, nan)
    try refuses(144, [0xFF, 0xFF, 0xFF, 0xFF])
    try refuses(244, nan)
  }

  @Test func aCalibrationReadsBackTheSame() throws {
    let calibration = try Traffic.calibration()
    let again = try GuardCalibration(json: Bytes(calibration.json()))
    #expect(again.json() == calibration.json())
    #expect(again.mark == calibration.mark)
  }

  @Test(arguments: [
    ("\"version\" : 1", "\"version\" : 2", "version"),
    ("\"rows\" : 400", "\"rows\" : 3", "rows"),
    ("\"slack\" : 0.05", "\"slack\" : 1.5", "slack"),
    ("\"doubt\" : 0.001", "\"doubt\" : 0", "doubt"),
    ("\"model\" : \"abab", "\"model\" : \"AB../", "model"),
    ("\"oneIn\" : 40", "\"oneIn\" : 41", "thresholds"),
    ("\"margin\" : [", "\"marge\" : [", "is no channel"),
    ("\"width\" : 16", "\"width\" : 99999999999", "width"),
    ("\"width\" : 16", "\"width\" : -1", "width"),
    ("\"points\" : \"", "\"points\" : \"AAAA", "points"),
    ("\"shape\" : [\n      4,", "\"shape\" : [\n      0,", "shape"),
    ("\"input\" : \"x\"", "\"input\" : 5", "input"),
    ("\"layerSpace\"", "\"layerspace\"", "layerSpace"),
    ("{\n", "{", ""),
  ])
  func aWrongCalibrationIsRefusedByName(old: String, new: String, place: String) throws {
    let text = String(decoding: try Traffic.calibration().json(), as: UTF8.self)
    guard !place.isEmpty else {
      #expect(throws: GuardError.self) { try GuardCalibration(json: Bytes(Array(text.dropLast(4).utf8))) }
      return
    }
    #expect(text.contains(old))
    let range = try #require(text.range(of: old))
    let error = #expect(throws: GuardError.self) {
      try GuardCalibration(json: Bytes(Array(text.replacingCharacters(in: range, with: new).utf8)))
    }
    #expect(error.map { "\($0)".contains(place) } == true)
  }

  @Test(arguments: [
    (#"{"version": 1, "alpha": 0}"#, "alpha"),
    (#"{"version": 1, "alpha": 1e-3, "coarsenAt": 0.5}"#, "coarsenAt"),
    (#"{"version": 1, "holdAt": -1}"#, "holdAt"), (#"{"alpha": 0.1}"#, "version"),
    (#"{"version": 1, "rate": {"key": {"burst": 0, "perSecond": 1}}}"#, "rate.key"),
    (#"{"version": 1, "budget": {"tenant": {"queries": 0}}}"#, "budget.tenant"),
    (#"{"version": 1, "budget": {"network": {"queries": 5, "seconds": 0}}}"#, "budget.network"),
    (#"{"version": 1, "response": {"decimals": 9}}"#, "response.decimals"),
    (#"{"version": 1, "coarse": {"top": 0}}"#, "coarse.top"),
    (#"{"version": 1, "response": {"temperature": 0}}"#, "response.temperature"),
    (#"{"version": 1, "validation": "sometimes"}"#, "validation"), (#"{"version": 1,"#, "the text"),
    (#"{"version": 1, "alpha": 0.1, "alpha": 0.2}"#, "twice"),
  ])
  func aWrongPolicyIsRefusedByName(text: String, place: String) {
    let error = #expect(throws: GuardError.self) { try GuardPolicy(json: Bytes(Array(text.utf8))) }
    #expect(error.map { "\($0)".contains(place) } == true)
  }

  @Test func whatAPolicyLeavesOutIsTheDefault() throws {
    let text = #"{"version": 1, "holdAt": null, "budget": {"key": {"queries": 5}}, "response": {"top": 3}}"#
    let policy = try GuardPolicy(json: Bytes(Array(text.utf8)))
    #expect(policy.alpha == 0.001 && policy.coarsenAt == 10 && policy.holdAt == nil)
    #expect(
      policy.budget.key == QueryBudget(queries: 5) && policy.response.top == 3 && policy.coarse.labelOnly)
  }

  @Test func tooFewRowsAreNoCalibration() throws {
    #expect(throws: GuardError.tooFewRows(needed: 80, found: 79)) { try Traffic.calibration(rows: 79) }
    var traffic = Traffic(seed: 1)
    var rows = (0..<100).map { _ in traffic.benign() }
    rows[40][3] = .infinity
    let broken = rows
    let error = #expect(throws: GuardError.self) {
      try GuardCalibration(
        .init(
          model: String(repeating: "0", count: 64), input: "x", layer: nil, output: "y",
          profile: .init(of: [0, 1], shape: [1])), heldOut: Traffic.rows(broken))
    }
    #expect(error.map { "\($0)".contains("row 40") } == true)
  }
}
