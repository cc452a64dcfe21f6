// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccess
import MartletBytes
import Testing

@testable import MartletGuard

@Suite struct HostileFilesTests {
  /// A ledger with five parties.
  private func ledger() throws -> [UInt8] {
    let path = FileManager.default.temporaryDirectory.appending(path: "ledger \(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let sentry = try Guard(Traffic.calibration(), book: GuardBook(path))
    var traffic = Traffic(seed: 1)
    for turn in 0..<20 {
      sentry.ask(Asker(key: "k\(turn % 3)", tenant: "t", network: "n"), traffic.noise())
    }
    return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  @Test func aLedgerWithoutAHeadIsRefused() throws {
    let ledger = try ledger()
    #expect(try GuardRecollection(ledger).parties.count == 5)
    #expect(try GuardRecollection([]).parties.isEmpty)
    for start in [0, 4_096] {
      // One of the two heads was written; without it nothing is believed.
      var changed = ledger
      for place in stride(from: start, to: start + 4_096, by: 97) { changed[place] ^= 0x40 }
      let other = ledger[start == 0 ? 4_096 : 0] == UInt8(ascii: "M")
      if other { continue }
      #expect(throws: GuardError.self) { try GuardRecollection(changed) }
    }
    #expect(throws: GuardError.self) { try GuardRecollection(Array(ledger.prefix(5_000))) }
    #expect(throws: GuardError.self) { try GuardRecollection([UInt8](repeating: 7, count: 9_000)) }
  }

  /// A place that was torn when the power went costs what was in it, and nothing else.
  @Test func aTornPlaceIsForgottenAlone() throws {
    let ledger = try ledger()
    for slot in 0..<5 {
      for byte in [0, 1, 3, 8, 60, 190, 244, 255] {
        var changed = ledger
        changed[8_192 + 256 * slot + byte] ^= 0x21
        let read = try GuardRecollection(changed)
        #expect(read.damaged == 1 && read.parties.count == 4)
      }
    }
    let cut = try GuardRecollection(Array(ledger.dropLast(100)))
    #expect(cut.damaged == 1 && cut.parties.count == 4)
  }

  /// A sum that fits says nothing about who wrote it.
  @Test func everyFieldIsLookedAt() throws {
    let ledger = try ledger()
    func refuses(_ place: Int, _ value: [UInt8], _ line: SourceLocation = #_sourceLocation) throws {
      var bytes = ledger
      bytes.replaceSubrange(8_192 + place..<8_192 + place + value.count, with: value)
      var sum: UInt64 = 0xCBF2_9CE4_8422_2325
      for word in 0..<31 {
        let value = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[8_192 + 8 * word + $1]) << UInt64(8 * $1) }
        sum = (sum ^ value) &* 0x0000_0100_0000_01B3
        sum ^= sum >> 29
      }
      for byte in 0..<8 { bytes[8_192 + 248 + byte] = UInt8(truncatingIfNeeded: sum >> UInt64(8 * byte)) }
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
