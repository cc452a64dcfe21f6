// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Foundation
import MartletBytes
import Testing

@testable import MartletGuard

@Suite struct HostileFilesTests {
  private func state() throws -> [UInt8] {
    let sentry = try Guard(Traffic.calibration())
    var traffic = Traffic(seed: 1)
    for turn in 0..<20 {
      sentry.ask(Asker(key: "k\(turn % 3)", tenant: "t", network: "n"), traffic.noise())
    }
    return sentry.encoded()
  }

  @Test func aStateThatWasCutOrChangedIsRefused() throws {
    let state = try state()
    for length in [0, 1, 41, 73, 74, state.count / 2, state.count - 1] {
      #expect(throws: GuardError.self) { try GuardState(decoding: Bytes(Array(state.prefix(length)))) }
    }
    for place in stride(from: 0, to: state.count, by: 37) {
      var changed = state
      changed[place] ^= 0x40
      #expect(throws: GuardError.self) { try GuardState(decoding: Bytes(changed)) }
    }
    #expect(throws: GuardError.self) { try GuardState(decoding: Bytes(state + [0])) }
  }

  /// A digest that fits says nothing about who wrote it.
  @Test func everyFieldIsLookedAt() throws {
    let state = try state()
    let body = Array(state.dropLast(32))
    // Of the first party: where its parts begin.
    let start = 42
    let name = Int(body[start + 1])
    let fields = start + 2 + name
    func refuses(_ place: Int, _ value: [UInt8], _ words: String, _ line: SourceLocation = #_sourceLocation) {
      var bytes = body
      bytes.replaceSubrange(place..<place + value.count, with: value)
      let error = #expect(throws: GuardError.self, sourceLocation: line) {
        try GuardState(decoding: Bytes(bytes.withDigest))
      }
      #expect(error.map { "\($0)".contains(words) } == true, sourceLocation: line)
    }
    let nan: [UInt8] = [0, 0, 0xC0, 0x7F]
    refuses(0, [0], "expected 'MGRD'")
    refuses(4, [9], "version 1")
    refuses(38, [0xFF, 0xFF, 0xFF, 0xFF], "parties")
    refuses(38, [0, 0, 0, 0], "found more")
    refuses(38, [200, 0, 0, 0], "too early")
    refuses(start, [7], "another kind")
    refuses(start + 1, [0xFF], "name")
    refuses(start + 2, [0xFF], "UTF-8")
    refuses(fields + 4, [0xFF, 0xFF, 0xFF, 0xFF], "a query that was asked")
    refuses(fields + 8, [9], "another kind of flag")
    refuses(fields + 9, nan, "not negative")
    refuses(fields + 17, [0, 0, 0, 0, 0, 0, 0xF0, 0x7F], "a time")
    refuses(fields + 33, nan, "not negative")
    refuses(fields + 33 + 108, [0xFF, 0xFF, 0xFF, 0xFF], "no more hits")
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

extension [UInt8] {
  fileprivate var withDigest: [UInt8] { self + Array(SHA256.hash(data: self)) }
}
