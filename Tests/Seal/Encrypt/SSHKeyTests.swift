// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Foundation
import MartletBytes
import Testing

@testable import MartletEncrypt

/// Ed25519 keys of OpenSSH. The private keys are made here, in the format of `ssh-keygen`, and stock age reads them too.
@Suite struct SSHKeyTests {
  let key = Curve25519.Signing.PrivateKey()

  private var publicLine: String { OpenSSHKey.line(of: Array(key.publicKey.rawRepresentation)) }

  private func file(
    cipher: String = "none", type: String = "ssh-ed25519", check: (UInt8, UInt8) = (7, 7),
    padding: [UInt8]? = nil
  ) -> String {
    func string(_ bytes: [UInt8]) -> [UInt8] {
      [0, 0, UInt8(bytes.count >> 8), UInt8(bytes.count & 255)] + bytes
    }
    func string(_ text: String) -> [UInt8] { string(Array(text.utf8)) }
    let point = Array(key.publicKey.rawRepresentation)
    var secret =
      [0, 0, 0, check.0, 0, 0, 0, check.1] + string(type) + string(point)
      + string(Array(key.rawRepresentation) + point) + string("anna@example")
    secret += padding ?? (0..<(8 - secret.count % 8) % 8).map { UInt8($0 + 1) }
    let blob =
      Array("openssh-key-v1\0".utf8) + string(cipher) + string(cipher == "none" ? "none" : "bcrypt")
      + string([]) + [0, 0, 0, 1] + string(string(type) + string(point)) + string(secret)
    var lines = Data(blob).base64EncodedString()[...]
    var text = "-----BEGIN OPENSSH PRIVATE KEY-----\n"
    while !lines.isEmpty {
      text += lines.prefix(70) + "\n"
      lines = lines.dropFirst(70)
    }
    return text + "-----END OPENSSH PRIVATE KEY-----\n"
  }

  @Test func theTwoHalvesFit() throws {
    let recipient = try SealingRecipient(publicLine + " anna@example")
    let identity = try OpenSSHKey.identity(file: Array(file().utf8).span)
    #expect(identity.recipient == recipient)
    #expect(recipient.description == publicLine)
    let opened = try Sample.opened(Sample.sealed([1, 2, 3], for: identity), with: identity)
    #expect(opened == [1, 2, 3])
  }

  @Test func ageAndWeReadEachOther() throws {
    try Sample.withDirectory { directory in
      try Data(file().utf8).write(to: URL(fileURLWithPath: directory + "/id_ed25519"))
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o600], ofItemAtPath: directory + "/id_ed25519")
      let identity = try OpenSSHKey.identity(file: Array(file().utf8).span)
      let plaintext = Sample.plaintext(100_000)

      try Data(Sample.sealed(plaintext, for: identity)).write(to: URL(fileURLWithPath: directory + "/f.age"))
      let opened = try AgeTool.run("age", ["-d", "-i", directory + "/id_ed25519", directory + "/f.age"])
      #expect(opened == Data(plaintext))

      try Data(plaintext).write(to: URL(fileURLWithPath: directory + "/f"))
      let sealed = try AgeTool.run("age", ["-r", publicLine, directory + "/f"])
      #expect(try Sample.opened(Array(sealed), with: identity) == plaintext)
    }
  }

  @Test func aKeyOpensOnlyWhatIsForIt() throws {
    let identity = try OpenSSHKey.identity(file: Array(file().utf8).span)
    let other = try SealingIdentity.generate()
    let refusal = Sample.refusal(of: try Sample.sealed([1], for: other), with: identity)
    #expect(refusal == .notForThisIdentity(publicLine, found: ["X25519", "martlet-filler"]))
  }

  @Test func refusesPrivateKeysWithAReason() {
    let cases: [(String, SSHKeyFault)] = [
      (file(cipher: "aes256-ctr"), .passphrase),
      (file(type: "ssh-rsa"), .unsupportedType("ssh-rsa")),
      (file(check: (7, 8)), .malformed),
      (file(padding: [2, 1]), .malformed),
      (file().replacing("END OPENSSH", with: "END"), .malformed),
      ("-----BEGIN OPENSSH PRIVATE KEY-----\n", .malformed),
    ]
    for (text, fault) in cases {
      #expect(throws: SealError.sshKey(fault), "\(fault)") {
        _ = try OpenSSHKey.identity(file: Array(text.utf8).span)
      }
    }
  }

  @Test func everyTruncationOfAPrivateKeyIsRefused() {
    let text = Array(file().utf8)
    for count in 0..<text.count - 1 {
      #expect(throws: SealError.self) { _ = try OpenSSHKey.identity(file: text.span.extracting(0..<count)) }
    }
  }

  @Test func refusesPublicKeysWithAReason() {
    let cases: [(String, SealError)] = [
      ("ssh-rsa AAAAB3NzaC1yc2E=", .sshKey(.unsupportedType("ssh-rsa"))),
      ("ecdsa-sha2-nistp256 AAAA", .sshKey(.unsupportedType("ecdsa-sha2-nistp256"))),
      ("sk-ssh-ed25519@openssh.com AAAA", .sshKey(.unsupportedType("sk-ssh-ed25519@openssh.com"))),
      ("ssh-ed25519", .sshKey(.malformed)), ("ssh-ed25519 AAAA", .sshKey(.malformed)),
      (publicLine.dropLast(8) + "====", .sshKey(.malformed)),
      (publicLine + "\nssh-ed25519", .sshKey(.malformed)),
    ]
    for (text, error) in cases {
      #expect(throws: error, "\(text)") { _ = try SealingRecipient(text) }
    }
  }

  /// The table of RFC 7748 section 6.1 has no Edwards form; the library's own scalar multiplication is the reference.
  @Test func pointsHaveTheirOtherForm() throws {
    for _ in 0..<50 {
      let key = Curve25519.Signing.PrivateKey()
      let hash = Array(SHA512.hash(data: key.rawRepresentation))
      let other = try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: hash[..<32])
      #expect(
        Field25519.montgomery(ofEdwards: Array(key.publicKey.rawRepresentation))
          == Array(other.publicKey.rawRepresentation))
    }
  }

  @Test func whatIsNoPointIsRefused() throws {
    let neutral: [UInt8] = [1] + [UInt8](repeating: 0, count: 31)
    // y = 2 is on no point; the modulus itself is not a canonical zero.
    let none: [UInt8] = [2] + [UInt8](repeating: 0, count: 31)
    let large: [UInt8] = [0xed] + [UInt8](repeating: 0xff, count: 30) + [0x7f]
    for bytes in [neutral, none, large] {
      #expect(Field25519.montgomery(ofEdwards: bytes) == nil)
      let recipient = SealingRecipient(.ssh, publicKey: bytes)
      #expect(throws: SealError.weakRecipient(recipient.short)) {
        try AgeHeader.aligned(SymmetricKey(size: .bits128), for: [recipient])
      }
    }
  }
}
