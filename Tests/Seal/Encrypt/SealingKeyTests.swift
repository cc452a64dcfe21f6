// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import Testing

@testable import MartletEncrypt

@Suite struct SealingKeyTests {
  // The pair in the age specification.
  let identity = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
  let recipient = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"

  @Test func theSpecificationsPairFits() throws {
    let key = try SealingIdentity(identity)
    #expect(key.recipient.description == recipient)
    #expect(try SealingRecipient(recipient) == key.recipient)
  }

  @Test func generatedIdentitiesDifferAndRoundTrip() throws {
    let first = try SealingIdentity.generate()
    let second = try SealingIdentity.generate()
    #expect(first.recipient != second.recipient)
    let copied = try first.withIdentityFile { text in try SealingIdentity(identityFile: text).recipient }
    #expect(copied == first.recipient)
  }

  @Test func anIdentityFileIsTheKeyAndItsRecipientAsAComment() throws {
    let text = try SealingIdentity(identity).withIdentityFile { text in
      String(decoding: (0..<text.count).map { text[$0] }, as: UTF8.self)
    }
    #expect(text == "# public key: \(recipient)\n\(identity)\n")
  }

  @Test func anIdentityStandsAmongCommentsAndEmptyLines() throws {
    let key = try SealingIdentity("# created: today\n\n# public key: \(recipient)\n\(identity)\n\n")
    #expect(key.recipient.description == recipient)
  }

  @Test func refusesIdentitiesWithAReason() {
    let cases: [(String, KeyTextFault)] = [
      ("", .noKey), ("# nothing\n", .noKey),
      ("\(identity)\n\(identity)\n", .severalKeys),
      ("\(identity) ", .invalidCharacter(offset: 74)),
      ("\(identity)\r\n", .invalidCharacter(offset: 74)),
      (" \(identity)", .invalidCharacter(offset: 0)),
      ("\(identity)Q", .badChecksum),
      (String(identity.dropLast()), .badChecksum),
      (identity.replacing("GFPQ4", with: "GFPQ5"), .badChecksum),
      (identity.replacing("GFPQ4", with: "GFPB4"), .invalidCharacter(offset: 67)),
      (identity.replacing("AGE-", with: "age-"), .mixedCase),
      (identity.lowercased(), .wrongPrefix(expected: "AGE-SECRET-KEY-1")),
      (recipient, .wrongPrefix(expected: "AGE-SECRET-KEY-1")),
      ("AGE-SECRET-KEY-PQ-1QQQQQQQQ", .badChecksum),
      ("AGE-SECRET-KEY-1QQQQQ", .badChecksum),
      (String(repeating: "#\n", count: 40_000), .tooLong(limit: Limits.identityFile)),
    ]
    for (text, fault) in cases {
      #expect(throws: SealError.identityText(fault), "\(fault)") { _ = try SealingIdentity(text) }
    }
  }

  @Test func refusesRecipientsWithAReason() {
    let cases: [(String, KeyTextFault)] = [
      ("", .wrongPrefix(expected: "age1")),
      ("age1", .badChecksum),
      ("\(recipient)\n", .invalidCharacter(offset: 62)),
      ("\(recipient)q", .badChecksum),
      (recipient.uppercased(), .wrongPrefix(expected: "age1")),
      (recipient.replacing("age1z", with: "age1Z"), .mixedCase),
      (recipient.replacing("age1z", with: "age1y"), .badChecksum),
      (identity, .wrongPrefix(expected: "age1")),
      (text("age", [1, 2, 3]), .wrongLength(expected: 32, found: 3)),
      (text("age", [UInt8](repeating: 1, count: 33)), .wrongLength(expected: 32, found: 33)),
    ]
    for (text, fault) in cases {
      #expect(throws: SealError.recipientText(fault), "\(fault)") { _ = try SealingRecipient(text) }
    }
  }

  @Test func noMessageRepeatsASecret() {
    for text in [identity + "Q", String(identity.dropLast()), "\(identity)\n\(identity)"] {
      let error = #expect(throws: SealError.self) { _ = try SealingIdentity(text) }
      let secret = identity.dropFirst(16).prefix(8)
      #expect(error.map { "\($0)".contains(secret) || String(reflecting: $0).contains(secret) } == false)
    }
  }

  @Test func bech32RoundTripsAtEveryLength() throws {
    for count in 0...70 {
      let bytes = Sample.plaintext(count)
      let encoded = Bech32.encode(prefix: "age", bytes.span)
      #expect(try Bech32.decode(prefix: "age", encoded.span) == bytes)
    }
  }

  private func text(_ prefix: String, _ bytes: [UInt8]) -> String {
    String(decoding: Bech32.encode(prefix: prefix, bytes.span), as: UTF8.self)
  }
}
