// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import MartletBytes
import Testing

@testable import MartletEncrypt

@Suite struct AgeHeaderTests {
  let fileKey = SymmetricKey(size: .bits128)

  @Test func isAlignedForEveryNumberOfRecipients() throws {
    var recipients: [SealingRecipient] = []
    for count in 1...90 {
      recipients.append(try SealingIdentity.generate().recipient)
      let text = try AgeHeader.aligned(fileKey, for: recipients).text
      let pages = count <= 37 ? 1 : count <= 75 ? 2 : 3
      #expect(text.count == 4096 * pages - 16, "\(count) recipients")
      let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      let widest = lines.map(\.count).max()!
      #expect(widest <= 18 + 65)
      let read = try AgeHeader(parsing: text.span)
      #expect(read.count == text.count)
      #expect(read.stanzas.count == count + 1)
      #expect(read.text == text)
      #expect(read.isAuthentic(for: fileKey))
    }
  }

  @Test func refusesNobodyAndTooMany() throws {
    #expect(throws: SealError.noRecipient) { try AgeHeader.aligned(fileKey, for: []) }
    var recipients: [SealingRecipient] = []
    for _ in 0..<1024 { recipients.append(try SealingIdentity.generate().recipient) }
    #expect(throws: SealError.tooManyRecipients(limit: 1023)) {
      try AgeHeader.aligned(fileKey, for: recipients)
    }
  }

  @Test func theFillerTellsWhoseStanzaIsWhoseToThoseWithTheKey() throws {
    var recipients: [SealingRecipient] = []
    for _ in 0..<12 { recipients.append(try SealingIdentity.generate().recipient) }
    let header = try AgeHeader(parsing: AgeHeader.aligned(fileKey, for: recipients).text.span)
    let tagged = try #require(header.tagged)
    #expect(tagged.map(\.tag) == recipients.map { AgeHeader.tag(of: $0, fileKey) })
    let other = SymmetricKey(size: .bits128)
    #expect(Set(tagged.map(\.tag)).isDisjoint(with: recipients.map { AgeHeader.tag(of: $0, other) }))
  }

  @Test func aPostQuantumRecipientHasNoOthersBesideIt() throws {
    let safe = try SealingIdentity.generate(postQuantum: true).recipient
    let unsafe = try SealingIdentity.generate().recipient
    #expect(throws: SealError.mixedRecipients) { try AgeHeader.aligned(fileKey, for: [safe, unsafe]) }
    #expect(try AgeHeader.aligned(fileKey, for: [safe]).isAligned)
  }

  @Test func namesARecipientOnce() throws {
    let recipient = try SealingIdentity.generate().recipient
    let header = try AgeHeader.aligned(fileKey, for: [recipient, recipient])
    #expect(header.stanzas.map { $0.arguments[0] } == ["X25519", "martlet-filler"])
  }

  @Test func refusesARecipientOfLowOrder() {
    let zero = SealingRecipient(publicKey: [UInt8](repeating: 0, count: 32))
    #expect(throws: SealError.weakRecipient("\(zero)")) { try AgeHeader.aligned(fileKey, for: [zero]) }
  }

  @Test func bodiesRoundTripAtEveryLength() throws {
    for count in 0...200 {
      let stanza = AgeStanza(arguments: ["kind", "a"], body: Sample.plaintext(count))
      let header = AgeHeader([stanza], fileKey: fileKey)
      #expect(try AgeHeader(parsing: header.text.span) == header)
    }
  }

  @Test func aHeaderWithoutEndIsReadOnlySoFar() {
    let start = Array("age-encryption.org/v1\n-> ".utf8)
    let line = start + [UInt8](repeating: UInt8(ascii: "a"), count: Limits.sealedHeader)
    #expect(throws: SealError.headerTooLong(limit: Limits.sealedHeader)) { try AgeHeader(parsing: line.span) }
    let stanzas =
      Array("age-encryption.org/v1\n".utf8)
      + [[UInt8]](repeating: Array("-> a\n\n".utf8), count: 1025).joined()
    #expect(throws: SealError.tooManyStanzas(limit: 1024)) { try AgeHeader(parsing: stanzas.span) }
  }

  @Test(arguments: [
    ("", SealError.notSealed),
    ("GGUF", .notSealed),
    ("age-encryption.org/v2\n", .unknownVersion),
    ("age-encryption.org/v1\r\n", .unknownVersion),
    ("age-encryption.org/v1\n--- AAAA\n", .header(offset: 22, .noStanza)),
    ("age-encryption.org/v1\n-> a  b\n\n", .header(offset: 22, .emptyArgument)),
    ("age-encryption.org/v1\n-> \n\n", .header(offset: 22, .emptyArgument)),
    ("age-encryption.org/v1\n-> ä\n\n", .header(offset: 22, .badCharacter)),
    ("age-encryption.org/v1\n-> a\nAA==\n", .header(offset: 27, .badBody)),
    ("age-encryption.org/v1\n-> a\nAB\n", .header(offset: 27, .badBody)),
    ("age-encryption.org/v1\n-> a\nA\n", .header(offset: 27, .badBody)),
    ("age-encryption.org/v1\n-> a\n\nAA\n", .header(offset: 28, .unexpectedLine)),
    ("age-encryption.org/v1\n-> a\n\n--- AAAA\n", .header(offset: 28, .badMAC)),
    ("age-encryption.org/v1\n-> a\n", .headerTruncated(offset: 27)),
  ])
  func refusesWithAReason(text: String, reason: SealError) {
    let bytes = Array(text.utf8)
    #expect(throws: reason) { try AgeHeader(parsing: bytes.span) }
  }

  @Test func aLongBodyLineIsNamed() {
    let text = Array("age-encryption.org/v1\n-> a\n\(String(repeating: "A", count: 65))\n".utf8)
    #expect(throws: SealError.header(offset: 27, .longLine)) { try AgeHeader(parsing: text.span) }
  }
}
