// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccess
import Testing

@Suite struct PasswordTests {
  static let cheap = ScryptCost(logN: 4, r: 8, p: 1)!

  @Test(arguments: [
    "vermilion otter 7 quay", "Wq8#zL2!mv0T", "zwölf Boxkämpfer jagen", "ein Satz, den niemand errät",
    "tortoise-gravel-yonder", String(repeating: "ab9x", count: 2) + "Qm!7v2Lp",
  ])
  func aLongPasswordIsTakenWhateverIsInIt(_ password: String) throws {
    try PasswordRules.check(password, of: "anna.meier@example.org")
  }

  @Test(arguments: [
    ("", PasswordFault.tooShort(found: 0)), ("elevenchars", .tooShort(found: 11)),
    (String(repeating: "vermilion otter ", count: 17), .tooLong),
    (String(repeating: "\u{1F600}", count: 5_000), .tooLong),
    ("password1234", .common), ("P@ssw0rd!2026", .common), ("Passwort-admin", .holdsName),
    ("iloveyou-2024", .common),
    ("welcomewelcome1", .common), ("correcthorsebatterystaple", .common), ("admin123admin", .common),
    ("Summer2026!!", .common), ("letmein-please", .holdsName), ("xx-anna-meier-xx", .holdsName),
    ("aaaaaaaaaaaaaaaa", .repetitive), ("abcabcabcabc", .repetitive), ("xy7!xy7!xy7!", .repetitive),
    ("123456789012", .sequential), ("abcdefghijklmn", .sequential), ("qwertyuiopasdf", .sequential),
    ("9876543210987", .sequential),
  ])
  func whatIsTriedFirstIsRefused(_ password: String, _ fault: PasswordFault) {
    #expect(throws: fault) { try PasswordRules.check(password, of: "anna.meier@please.passwort") }
  }

  @Test func everyRefusalSaysWhatIsExpected() {
    #expect("\(PasswordFault.tooShort(found: 3))".contains("12 characters or more, found 3"))
    for fault in [PasswordFault.tooLong, .common, .holdsName, .repetitive, .sequential] {
      #expect("\(fault)".contains("password"))
    }
  }

  @Test func aHashMatchesItsPasswordOnlyAndSurvivesItsText() throws {
    let hash = try #require(PasswordHash("vermilion otter 7 quay", cost: Self.cheap))
    #expect(hash.description.hasPrefix("$scrypt$ln=4,r=8,p=1$"))
    #expect(!hash.description.contains("vermilion"))
    let kept = try #require(PasswordHash(hash.description))
    #expect(kept == hash)
    #expect(kept.matches("vermilion otter 7 quay"))
    #expect(!kept.matches("vermilion otter 7 quaY"))
    #expect(!kept.matches(""))
    #expect(PasswordHash("vermilion otter 7 quay", cost: Self.cheap) != hash, "each has its own salt")
  }

  @Test("Python's hashlib.scrypt finds the same hash")
  func isScryptAsOthersHaveIt() throws {
    let text = "$scrypt$ln=10,r=8,p=2$AAECAwQFBgcICQoLDA0ODw$Pgj2a/F4HpVw3bUN+fV5Q0FT+k1lhDtYTFjPI+zPcYA"
    let hash = try #require(PasswordHash(text))
    #expect(hash.matches("pâte à crêpes 42"))
    // Decomposed, as a Mac types it.
    #expect(hash.matches("pa\u{302}te a\u{300} cre\u{302}pes 42"))
    #expect(hash.description == text)
  }

  @Test(arguments: [
    "", "$scrypt$", "$scrypt$ln=4,r=8,p=1$AAECAwQFBgcICQoLDA0ODw", "plain password",
    "$scrypt$ln=40,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$0000000000000000000000000000000000000000000",
    "$scrypt$ln=04,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$0000000000000000000000000000000000000000000",
    "$scrypt$ln=4,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$000000000000000000000000000000000000000000",
    "$argon2id$ln=4,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$0000000000000000000000000000000000000000000",
    "$scrypt$r=8,ln=4,p=1$AAECAwQFBgcICQoLDA0ODw$0000000000000000000000000000000000000000000",
  ])
  func whatIsNoHashOfOursIsRefused(_ text: String) { #expect(PasswordHash(text) == nil) }

  @Test func aHashThatCostsLessThanTodayIsMadeAnew() throws {
    let hash = try #require(PasswordHash("vermilion otter 7 quay", cost: Self.cheap))
    let check = { PasswordHash.check($0, against: $1, standard: $2) }
    #expect(check("vermilion otter 7 quay", hash, Self.cheap) == .right(rehash: false))
    let dearer = ScryptCost(logN: 5, r: 8, p: 1)!
    #expect(check("vermilion otter 7 quay", hash, dearer) == .right(rehash: true))
    #expect(check("wrong", hash, dearer) == .wrong)
    #expect(check("vermilion otter 7 quay", nil, Self.cheap) == .wrong, "nobody has no password")
    #expect(ScryptCost.standard.memory == 128 << 20)
    #expect(ScryptCost(logN: 21, r: 8, p: 1) == nil)
  }
}
