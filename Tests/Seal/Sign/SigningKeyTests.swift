// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletFiles
import MartletSign
import Testing

@Suite struct SigningKeyTests {
  let folder = try! KeyFolder()
  let secret = Array("correct horse".utf8)

  @Test(arguments: SigningKey.Curve.allCases)
  func openSSLReadsOurKeys(_ curve: SigningKey.Curve) throws {
    let key = SigningKey(curve)
    try SigningKeyFile.create(folder("plain"), key)
    try SigningKeyFile.create(folder("sealed"), key, passphrase: secret)
    #expect(try OpenSSL.run("pkey", "-in", folder("plain"), "-pubout") == key.publicPEM + "\n")
    #expect(
      try OpenSSL.run("pkey", "-in", folder("sealed"), "-passin", "pass:correct horse", "-pubout")
        == key.publicPEM + "\n")
    #expect(try folder.text("sealed.pub") == key.publicPEM + "\n")
    #expect(try folder.mode("plain") == 0o600)
    #expect(try folder.mode("sealed") == 0o600)
    let back = try SigningKey(pem: folder.text("sealed"), passphrase: secret)
    #expect(back.secretPEM == key.secretPEM)
  }

  @Test(arguments: [
    ["-scrypt"], ["-v2", "aes-256-cbc"], ["-v2", "aes-128-cbc", "-v2prf", "hmacWithSHA1"],
    ["-v2", "aes-192-cbc", "-v2prf", "hmacWithSHA512", "-iter", "3000"],
  ])
  func weReadOpenSSLsKeys(_ options: [String]) throws {
    try OpenSSL.run("ecparam", "-name", "secp384r1", "-genkey", "-out", folder("sec1"))
    let key = try SigningKey(pem: folder.text("sec1"))
    #expect(key.curve == .p384)
    var arguments = ["pkcs8", "-topk8", "-in", folder("sec1"), "-out", folder("key")]
    arguments += ["-passout", "pass:correct horse"] + options
    try OpenSSL.run(arguments)
    #expect(try SigningKey(pem: folder.text("key"), passphrase: secret).secretPEM == key.secretPEM)
  }

  @Test func signaturesAreThoseOfOpenSSL() throws {
    let key = SigningKey(.p521)
    try folder.write("key.pub", key.publicPEM)
    try folder.write("text", "what was signed")
    let signature = key.signature(of: Array("what was signed".utf8))
    try signature.write(to: URL(fileURLWithPath: folder("signature")))
    let said = try OpenSSL.run(
      "dgst", "-sha512", "-verify", folder("key.pub"), "-signature", folder("signature"), folder("text"))
    #expect(said == "Verified OK\n")
  }

  @Test func aKeyIsNeverOverwrittenAndOnlyItsOwnerReadsIt() throws {
    try SigningKeyFile.create(folder("key"), SigningKey(.p256))
    let before = try folder.text("key")
    #expect(throws: SignError.taken(path: folder("key.pub"))) {
      try SigningKeyFile.create(folder("key"), SigningKey(.p256))
    }
    try FileManager.default.removeItem(atPath: folder("key.pub"))
    #expect(throws: SignError.taken(path: folder("key"))) {
      try SigningKeyFile.create(folder("key"), SigningKey(.p256))
    }
    #expect(try folder.text("key") == before)
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: folder("key"))
    #expect(readingRefusal("key")?.contains("640") == true)
    #expect(readingRefusal("none")?.contains("there is no key") == true)
  }

  private func readingRefusal(_ name: String) -> String? {
    do throws(SignError) {
      _ = try SigningKeyFile.read(folder(name)) { nil }
      return nil
    } catch {
      return "\(error)"
    }
  }

  private func refusal(_ pem: String, _ passphrase: [UInt8]? = nil) -> SignError? {
    do {
      _ = try SigningKey(pem: pem, passphrase: passphrase)
      return nil
    } catch {
      return error
    }
  }

  @Test func passphrases() throws {
    let pem = try SigningKey(.p256).encryptedPEM(secret)
    #expect(refusal(pem) == .wantsPassphrase)
    #expect(refusal(pem, Array("wrong".utf8)) == .wrongPassphrase)
    #expect(throws: SignError.emptyPassphrase) { try SigningKey(.p256).encryptedPEM([]) }
    // Asked for only when it is needed.
    try SigningKeyFile.create(folder("plain"), SigningKey(.p256))
    let key = try SigningKeyFile.read(folder("plain")) { () throws(SignError) in throw .wrongPassphrase }
    #expect(key.curve == .p256)
  }

  @Test func whatIsNoKey() throws {
    try OpenSSL.run("genpkey", "-algorithm", "ed25519", "-out", folder("ed25519"))
    try OpenSSL.run("ecparam", "-name", "secp256k1", "-genkey", "-noout", "-out", folder("k1"))
    let key = SigningKey(.p256)
    for pem in try [
      "", "text", key.publicPEM, folder.text("ed25519"), folder.text("k1"),
      key.secretPEM + "\n" + key.secretPEM,
      "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----",
    ] {
      guard case .notAKey = refusal(pem) else {
        Issue.record("\(pem) was read")
        continue
      }
    }
  }

  /// Neither a cut nor a flipped bit in an encrypted key crashes, hangs or gives a key.
  @Test func damagedKeys() throws {
    let pem = try SigningKey(.p256).encryptedPEM(secret)
    for count in stride(from: 0, to: pem.utf8.count - 1, by: 7) {
      #expect(refusal(String(pem.prefix(count)), secret) != nil)
    }
    let bytes = Array(pem.utf8)
    for index in stride(from: 30, to: bytes.count - 30, by: 53) {
      var damaged = bytes
      damaged[index] ^= 0x01
      _ = refusal(String(decoding: damaged, as: UTF8.self), secret)
    }
  }

  @Test func aHugeWorkFactorIsRefusedAtOnce() throws {
    // scrypt with N = 2^30, r = 8, p = 1: a terabyte of memory.
    let pem = """
      -----BEGIN ENCRYPTED PRIVATE KEY-----
      \(HostileKey.base64(cost: 1 << 30))
      -----END ENCRYPTED PRIVATE KEY-----
      """
    guard case .tooCostly = refusal(pem, secret) else {
      Issue.record("\(String(describing: refusal(pem, secret)))")
      return
    }
  }
}
