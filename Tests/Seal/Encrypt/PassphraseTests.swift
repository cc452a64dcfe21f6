// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import Testing

@testable import MartletEncrypt

@Suite struct PassphraseTests {
  private func passphrase(_ text: String, workFactor: Int = 10) throws -> Passphrase {
    try Passphrase(copying: Array(text.utf8).span, workFactor: workFactor)
  }

  private func sealed(_ plaintext: [UInt8], _ text: String) throws -> [UInt8] {
    var file: [UInt8] = []
    _ = try FileSealer(passphrase: passphrase(text)).seal(Bytes(plaintext)) { part in
      for index in part.indices { file.append(part[index]) }
    }
    return file
  }

  @Test func opensWhatItSealed() throws {
    let file = try sealed(Sample.plaintext(70_000), "open sesame")
    let opened = try SealedFile.open(Bytes(file), with: passphrase("open sesame")).withUnsafeBytes {
      Array($0)
    }
    #expect(opened == Sample.plaintext(70_000))
  }

  @Test func anotherPassphraseIsToldSo() throws {
    let file = try sealed([1], "open sesame")
    for wrong in ["open sesam", "Open sesame", "open sesame "] {
      #expect(throws: SealError.wrongPassphrase) {
        _ = try SealedFile.open(Bytes(file), with: passphrase(wrong))
      }
    }
  }

  @Test func anIdentityIsToldThatAPassphraseIsNeeded() throws {
    let identity = try SealingIdentity.generate()
    let refusal = Sample.refusal(of: try sealed([1], "open sesame"), with: identity)
    #expect(refusal == .notForThisIdentity("\(identity.recipient)", found: ["scrypt"]))
    #expect(refusal?.description.hasSuffix("it opens with its passphrase only") == true)
  }

  @Test func nothingIsNoPassphrase() {
    #expect(throws: SealError.emptyPassphrase) { _ = try passphrase("") }
  }

  /// Whoever makes a file chooses what a guess costs whoever opens it.
  @Test(arguments: ["21", "22", "63", "64", "99", "100", "18446744073709551616"])
  func workWithoutBoundIsRefusedUndone(factor: String) throws {
    let salt = Base64.standard.text([UInt8](repeating: 1, count: 16))
    let stanza = AgeStanza(arguments: ["scrypt", salt, factor], body: [UInt8](repeating: 0, count: 32))
    #expect(throws: SealError.stanza(index: 0, .workFactor(found: factor, limit: 20))) {
      _ = try passphrase("x").unwrap([stanza])
    }
  }

  @Test func pyrageOpensWhatWeSeal() throws {
    try Sample.withDirectory { directory in
      let plaintext = Sample.plaintext(200_000)
      let opened = try Pyrage.evaluate(
        "pyrage.passphrase.decrypt(data, argv[0])", sealed(plaintext, "pässphrase"), ["pässphrase"],
        in: directory)
      #expect(opened == plaintext)
    }
  }

  @Test func weOpenWhatPyrageSeals() throws {
    try Sample.withDirectory { directory in
      let plaintext = Sample.plaintext(200_000)
      let file = try Pyrage.evaluate(
        "pyrage.passphrase.encrypt(data, argv[0])", plaintext, ["pässphrase"], in: directory)
      let opened = try SealedFile.open(Bytes(file), with: passphrase("pässphrase")).withUnsafeBytes {
        Array($0)
      }
      #expect(opened == plaintext)
    }
  }
}
