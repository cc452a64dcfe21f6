// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccess
import Testing

@Suite struct ThrottleTests {
  let time = Date(timeIntervalSince1970: 1_700_000_000)
  let attacker = ClientSource(address: [203, 0, 113, 7])
  let owner = ClientSource(address: [198, 51, 100, 1])

  @Test func guessesFromOnePlaceAtOneNameSlowDown() {
    var throttle = Throttle()
    for _ in 0..<5 { #expect(throttle.begin(from: attacker, as: "anna", at: time) == nil) }
    let wait = throttle.begin(from: attacker, as: "anna", at: time)
    #expect(wait == 30)
    #expect(throttle.begin(from: attacker, as: "anna", at: time + 29) != nil)
    #expect(throttle.begin(from: attacker, as: "anna", at: time + 31) == nil)
    #expect(throttle.begin(from: attacker, as: "anna", at: time + 32) != nil)
  }

  @Test func guessesFromOnePlaceAtManyNamesSlowDown() {
    var throttle = Throttle()
    let tried = (0..<1_000).count { throttle.begin(from: attacker, as: "name \($0)", at: time) == nil }
    #expect(tried == 20)
  }

  @Test func nobodyElseIsLockedOutByGuesses() {
    var throttle = Throttle()
    for second in 0..<3_600 { _ = throttle.begin(from: attacker, as: "anna", at: time + Double(second)) }
    #expect(throttle.begin(from: owner, as: "anna", at: time + 3_600) == nil)
    #expect(throttle.begin(from: .local, as: "anna", at: time + 3_600) == nil)
  }

  @Test func whoSignsInWellDoesNotRunOutOfAttemptsAndGuessesNoFaster() {
    var throttle = Throttle()
    for _ in 0..<100 {
      #expect(throttle.begin(from: owner, as: "anna", at: time) == nil)
      throttle.succeeded(from: owner, as: "anna")
    }
    var guesses = 0
    for round in 0..<100 {
      if throttle.begin(from: attacker, as: "eve", at: time) == nil {
        throttle.succeeded(from: attacker, as: "eve")
      }
      if throttle.begin(from: attacker, as: "victim \(round)", at: time) == nil { guesses += 1 }
    }
    #expect(guesses == 20)
  }

  @Test func aClockThatGoesBackFillsNothing() {
    var throttle = Throttle()
    for _ in 0..<5 { _ = throttle.begin(from: attacker, as: "anna", at: time) }
    #expect(throttle.begin(from: attacker, as: "anna", at: time - 86_400) != nil)
  }

  @Test func aNetworkOfOneCustomerIsOnePlace() {
    let one = ClientSource(address: [0x20, 1, 0xD, 0xB8, 0, 0, 0, 1] + [UInt8](repeating: 0, count: 8))
    let two = ClientSource(address: [0x20, 1, 0xD, 0xB8, 0, 0, 0, 1] + [UInt8](repeating: 9, count: 8))
    let other = ClientSource(address: [0x20, 1, 0xD, 0xB8, 0, 0, 0, 2] + [UInt8](repeating: 0, count: 8))
    #expect(one == two)
    #expect(one != other)
    let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF, 203, 0, 113, 7]
    #expect(ClientSource(address: mapped) == attacker)
  }

  @Test func theSecondFactorCountsWhereverItComesFrom() {
    var throttle = Throttle()
    for _ in 0..<10 { #expect(throttle.beginSecondFactor(of: "p1", at: time) == nil) }
    #expect(throttle.beginSecondFactor(of: "p1", at: time) != nil)
    #expect(throttle.beginSecondFactor(of: "p2", at: time) == nil)
    #expect(throttle.beginSecondFactor(of: "p1", at: time + 601) == nil)
  }
}
