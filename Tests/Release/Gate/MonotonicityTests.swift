// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence
import MartletGate
import Testing

/// More evidence never turns a yes into a no, unless a rule says so. What "a rule says so" means, exactly: the new piece is
/// the newest of a kind that a rule looks at, by a signer whom that rule asks, and that rule is the one that says no.
@Suite struct MonotonicityTests {
  private struct Draw: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  private enum Who: CaseIterable { case store, lab, stranger }

  private struct Piece {
    let kind: String
    let days: Double
    let who: Who
    let envelope: Envelope
  }

  private let court = Courtroom()

  private func piece(_ draw: inout Draw, atMost oldest: Int = 40) -> Piece {
    let who = Who.allCases.randomElement(using: &draw)!
    let signer =
      switch who {
      case .store: court.store
      case .lab: court.lab
      case .stranger: court.stranger
      }
    let days = Double(Int.random(in: 0...oldest, using: &draw))
    if Bool.random(using: &draw) {
      let verdict = Int.random(in: 0..<3, using: &draw) == 0 ? "unsafe" : "safe"
      return Piece(kind: "scan", days: days, who: who, envelope: court.scan(verdict, days: days, by: signer))
    }
    let score = Double(Int.random(in: 0...10, using: &draw))
    return Piece(
      kind: "measure", days: days, who: who, envelope: court.measure(score, days: days, by: signer))
  }

  private struct Asked {
    let kind: String
    let signers: [Who]
  }

  private func policy(_ draw: inout Draw) throws -> (Policy, [Asked]) {
    var text = "name: x\n\(court.lab())release:\n"
    var asked: [Asked] = []
    for _ in 0..<Int.random(in: 1...3, using: &draw) {
      let isScan = Bool.random(using: &draw)
      let bound = Int.random(in: 0...8, using: &draw)
      text += "  - require: \(isScan ? "scan.verdict == safe" : "measure.score >= \(bound)")\n"
      if Bool.random(using: &draw) { text += "    maximumAge: \(Int.random(in: 5...40, using: &draw))d\n" }
      let signers: [Who] = [[.store], [.lab], [.store, .lab]].randomElement(using: &draw)!
      if signers != [.store] || Bool.random(using: &draw) {
        text += "    signer: [\(signers.map { "\($0)" }.joined(separator: ", "))]\n"
      }
      asked.append(Asked(kind: isScan ? "scan" : "measure", signers: signers))
    }
    return (try Policy(yaml: text), asked)
  }

  @Test(arguments: 0..<4)
  func onlyTheNewestOfAKindThatARuleNeedsCanTurnYesIntoNo(_ seed: UInt64) throws {
    var draw = Draw(state: seed)
    var turned = 0
    var kept = 0
    for _ in 0..<100 {
      let (policy, asked) = try policy(&draw)
      let pieces = (0..<Int.random(in: 2...6, using: &draw)).map { _ in piece(&draw) }
      let more = piece(&draw, atMost: 20)
      let before = court.decide(policy, pieces.map(\.envelope))
      let after = court.decide(policy, (pieces + [more]).map(\.envelope))
      for (index, rule) in asked.enumerated() {
        let looksAtIt =
          rule.kind == more.kind && rule.signers.contains(more.who)
          && pieces.allSatisfy {
            $0.kind != rule.kind || !rule.signers.contains($0.who) || $0.days >= more.days
          }
        let (was, becomes) = (before.reasons[index].satisfied, after.reasons[index].satisfied)
        if !looksAtIt { #expect(was == becomes, "rule \(index) of\n\(policy.text)") }
        if was, !becomes { turned += 1 } else if was { kept += 1 }
      }
      if before.released, !after.released {
        let no = zip(before.reasons, after.reasons).filter { $0.satisfied && !$1.satisfied }
        #expect(!no.isEmpty)
      }
    }
    // The cases are not all of one sort.
    #expect(turned > 0)
    #expect(kept > 10)
  }

  @Test(arguments: 0..<4)
  func whatPleasesEveryRuleNeverHarms(_ seed: UInt64) throws {
    var draw = Draw(state: 100 + seed)
    var yes = 0
    for _ in 0..<60 {
      let (policy, _) = try policy(&draw)
      var evidence = (0..<Int.random(in: 0...5, using: &draw)).map { _ in piece(&draw).envelope }
      var last = court.decide(policy, evidence)
      for signer in [court.store, court.lab, court.stranger] {
        for piece in [court.scan(by: signer), court.measure(10, by: signer)] {
          evidence.append(piece)
          let next = court.decide(policy, evidence)
          for (was, becomes) in zip(last.reasons, next.reasons) where was.satisfied {
            #expect(becomes.satisfied)
          }
          last = next
        }
      }
      #expect(last.released)
      yes += 1
    }
    #expect(yes == 60)
  }

  /// What a rule does not look at is not in what people approve either.
  @Test func theOrderOfPiecesMakesNoDifference() throws {
    var draw = Draw(state: 7)
    for _ in 0..<40 {
      let (policy, _) = try policy(&draw)
      var days: Set<Double> = []
      // Of pieces of one second the last counts: none here.
      let pieces = (0..<6).map { _ in piece(&draw) }.filter { days.insert($0.days).inserted }.map(\.envelope)
      let mixed = pieces.shuffled(using: &draw)
      #expect(court.decide(policy, pieces) == court.decide(policy, mixed))
    }
  }
}
