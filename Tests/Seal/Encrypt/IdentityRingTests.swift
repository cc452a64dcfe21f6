// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import Testing

@testable import MartletEncrypt

@Suite struct IdentityRingTests {
  struct Unasked: Error {}

  private func text(_ identity: borrowing SealingIdentity) -> [UInt8] {
    identity.withIdentityFile { file in (0..<file.count).map { file[$0] } }
  }

  @Test func anyOfSeveralKeysOpens() throws {
    let identities = [try SealingIdentity.generate().recipient]
    var file: [UInt8] = []
    var recipients: [SealingRecipient] = identities
    for postQuantum in [false, true, false] {
      let identity = try SealingIdentity.generate(postQuantum: postQuantum)
      file += text(identity)
      recipients.append(identity.recipient)
    }
    var ring = IdentityRing()
    try ring.add(identityFile: file.span) { throw Unasked() }
    let found = ring.recipients
    #expect(found == Array(recipients.dropFirst()))
    for recipient in recipients.dropFirst() {
      var sealed: [UInt8] = []
      _ = try SealedFile.seal(Bytes(utf8: "weights"), to: [recipient]) { part in
        for index in part.indices { sealed.append(part[index]) }
      }
      let opened = try SealedFile.open(Bytes(sealed), with: ring).withUnsafeBytes { Array($0) }
      #expect(opened == Array("weights".utf8))
    }
  }

  @Test(arguments: [false, true]) func aPassphraseKeepsAnIdentityFile(armored: Bool) throws {
    let identity = try SealingIdentity.generate()
    let passphrase = { try Passphrase(copying: Array("open sesame".utf8).span, workFactor: 10) }
    var file: [UInt8] = []
    _ = try FileSealer(passphrase: passphrase()).seal(Bytes(text(identity))) { part in
      for index in part.indices { file.append(part[index]) }
    }
    if armored { file = Sample.armored(file) }
    let isSealed = IdentityRing.isSealed(file.span)
    #expect(isSealed)
    var ring = IdentityRing()
    try ring.add(identityFile: file.span) { try passphrase() }
    let found = ring.recipients
    #expect(found == [identity.recipient])
    #expect(throws: SealError.wrongPassphrase) {
      var ring = IdentityRing()
      try ring.add(identityFile: file.span) { try Passphrase(copying: Array("sesame".utf8).span) }
    }
  }

  @Test func refusesWithAReason() {
    let many = (0..<65).map { _ in "AGE-SECRET-KEY-1\n" }.joined()
    let cases: [(String, SealError)] = [
      ("", .identityText(.noKey)), ("# only a comment\n", .identityText(.noKey)),
      ("AGE-PLUGIN-YUBIKEY-1QQQQQQQQ\n", .pluginKey("yubikey")),
      ("-----BEGIN RSA PRIVATE KEY-----\n", .sshKey(.unsupportedFile)),
      ("-----BEGIN PRIVATE KEY-----\n", .sshKey(.unsupportedFile)),
      (many, .identityText(.tooMany(limit: 64))),
      (
        "age-encryption.org/v1\n" + String(repeating: "a", count: 70_000),
        .identityText(.tooLong(limit: 65_536))
      ),
    ]
    for (text, error) in cases {
      #expect(throws: error, "\(text.prefix(40))") {
        var ring = IdentityRing()
        try ring.add(identityFile: Array(text.utf8).span) { throw Unasked() }
      }
    }
  }

  @Test func keysOfPluginsAreNamed() {
    #expect(throws: SealError.pluginKey("yubikey")) {
      _ = try SealingRecipient("age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t")
    }
    let message = SealError.pluginKey("yubikey").description
    #expect(message.contains("age-plugin-yubikey"))
  }

  @Test func postQuantumKeysRoundTrip() throws {
    let identity = try SealingIdentity.generate(postQuantum: true)
    #expect(identity.recipient.description.hasPrefix("age1pq1"))
    #expect(try SealingRecipient(identity.recipient.description) == identity.recipient)
    let again = try SealingIdentity(identityFile: text(identity).span)
    #expect(again.recipient == identity.recipient)
    let opened = try Sample.opened(Sample.sealed([7], for: identity), with: again)
    #expect(opened == [7])
  }
}
