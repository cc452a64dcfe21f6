// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import Testing

@testable import MartletGuard

@Suite struct DetectionTests {
  /// The bound that the guard is sold with: at most one benign client in a thousand is ever flagged.
  @Test func ofTwoHundredBenignClientsNoneIsFlagged() throws {
    let calibration = try Traffic.calibration()
    let sentry = try Guard(calibration)
    var traffic = Traffic(seed: 99)
    let pool = (0..<4_000).map { _ in traffic.benign() }
    let marks = pool.map {
      calibration.marks(
        input: $0.span, layer: Traffic.layer($0).span, scores: Traffic.scores($0).span)
    }
    var flagged = 0
    for client in 0..<200 {
      var watched = WatchedParty(at: 0)
      var draws = Draws(seed: UInt64(client))
      for _ in 0..<2_000 {
        let mark = marks[Int(draws.next() % UInt64(marks.count))]
        _ = watched.see([mark], calibration.bets, sentry.policy, .key, isDrifting: false)
      }
      flagged += watched.flaggedAt > 0 ? 1 : 0
    }
    #expect(flagged == 0)
  }

  @Test func whoDrawsNumbersIsFlaggedAtOnce() throws {
    let sentry = try Guard(Traffic.calibration())
    var traffic = Traffic(seed: 5)
    let asker = Asker(key: "k", tenant: "t")
    var news: [GuardFlag] = []
    for _ in 0..<30 where news.isEmpty { news = sentry.ask(asker, traffic.noise()).news }
    #expect(news.first?.party == GuardedParty(.key, "k"))
    #expect(news.first?.kind == .attack)
    #expect((news.first?.flaggedAt ?? .max) <= 10)
    #expect(news.first.map { "\($0)" }?.contains("looks like an attack") == true)
  }

  @Test func halfOfCoverDoesNotHideIt() throws {
    let sentry = try Guard(Traffic.calibration())
    var traffic = Traffic(seed: 6)
    let asker = Asker(key: "k", tenant: "t")
    var asked = 0
    while sentry.flags().isEmpty, asked < 1_000 {
      sentry.ask(asker, asked % 2 == 0 ? traffic.benign() : traffic.between())
      asked += 1
    }
    #expect(asked < 300)
  }

  /// Ten keys that each ask too little to be noticed are one tenant that does not.
  @Test func manyKeysOfOneTenantAreNoticedTogether() throws {
    let sentry = try Guard(Traffic.calibration())
    var traffic = Traffic(seed: 8)
    for turn in 0..<40 {
      let asker = Asker(key: "k\(turn % 20)", tenant: "t", network: "n")
      sentry.ask(asker, turn % 2 == 0 ? traffic.benign() : traffic.between())
    }
    let kinds = Set(sentry.flags().map(\.party.kind))
    #expect(kinds == [.tenant, .network])
  }

  @Test func manyTenantsAtOnceAreDriftAndNobodyIsHeld() throws {
    let sentry = try Guard(Traffic.calibration())
    var traffic = Traffic(seed: 9)
    for turn in 0..<1_000 {
      let asker = Asker(key: "k\(turn % 10)", tenant: "t\(turn % 10)")
      sentry.ask(asker, traffic.benign().map { $0 * 0.7 })
    }
    let flags = sentry.flags()
    #expect(flags.count == 20)
    #expect(flags.allSatisfy { $0.kind == .drift && $0.rung == .log })
  }

  @Test func evidenceForOneChannelIsNotNeededInTheOthers() throws {
    var traffic = Traffic(seed: 1)
    let rows = (0..<300).map { _ in traffic.benign() }
    let calibration = try GuardCalibration(
      .init(
        model: String(repeating: "0", count: 64), input: "x", layer: nil, output: "y",
        profile: .init(of: rows.flatMap { $0 }, shape: [16])),
      heldOut: .init(inputs: rows.flatMap { $0 }, layer: [], scores: [], count: rows.count),
      options: .init(seed: 3))
    #expect(Set(calibration.thresholds.keys) == [.input])
    let sentry = try Guard(calibration)
    for _ in 0..<20 {
      let input = traffic.noise()
      _ = sentry.judge(
        Asker(key: "k", tenant: "t"), inputs: input.span, layer: [Float]().span, scores: [Float]().span,
        rows: 1,
        at: Traffic.start)
    }
    #expect(!sentry.flags().isEmpty)
  }

  @Test func whatIsNoNumberStandsOut() throws {
    let calibration = try Traffic.calibration()
    let input = [Float](repeating: .nan, count: Traffic.width)
    let marks = calibration.marks(
      input: input.span, layer: [Float](repeating: .nan, count: 8).span,
      scores: [Float](repeating: .nan, count: 4).span)
    #expect(marks.bits == 0b111_111_111)
  }

  @Test func aPartyTakesLessThan256Bytes() throws {
    #expect(MemoryLayout<WatchedParty>.size + MemoryLayout<GuardedParty>.size <= 256)
    #expect(LedgerSlot.size <= 256)
  }

  @Test func distancesAreAboutWhatTheyWere() {
    var traffic = Traffic(seed: 4)
    let width = 300
    let points = (0..<40).map { _ in (0..<width).map { _ in traffic.normal() } }
    let space = ReferenceSpace(references: points, width: width, seed: 1, isRelative: false)
    let query = (0..<width).map { _ in traffic.normal() }
    var exact = Float.infinity
    for point in points {
      var square: Float = 0
      for place in 0..<width { square += (point[place] - query[place]) * (point[place] - query[place]) }
      exact = min(exact, square.squareRoot())
    }
    let known = points[17]
    let found = space.distance(query.span)
    let own = space.distance(known.span)
    #expect(abs(found / exact - 1) < 0.4)
    #expect(own < 1e-3)
  }

  /// What is spared changes no decision.
  @Test(arguments: [false, true]) func whatIsNearEnoughIsDecidedAlike(isRelative: Bool) {
    var traffic = Traffic(seed: 5)
    let width = 20
    let points = (0..<200).map { _ in (0..<width).map { _ in traffic.normal() } }
    let space = ReferenceSpace(references: points, width: width, seed: 1, isRelative: isRelative)
    var below = 0
    for turn in 0..<200 {
      let point = points[turn]
      let query = point.map { $0 + Float(turn) / 100 * traffic.normal() }
      let exact = space.distance(query.span)
      for enough in [exact, exact.nextUp, exact.nextDown, exact * 0.9999, exact * 1.0001, 0.5, 1, 2, 0, -1] {
        let found = space.distance(query.span, enough: enough)
        #expect((found <= enough) == (exact <= enough), "\(exact) \(enough)")
        if exact > enough { #expect(found == exact) }
        below += exact <= enough ? 1 : 0
      }
    }
    #expect(below > 400)
    var strange = points[0]
    strange[3] = .nan
    #expect(!(space.distance(strange.span, enough: 100) <= 100))
    #expect(!(space.distance([Float](repeating: .infinity, count: width).span, enough: 100) <= 100))
  }
}
