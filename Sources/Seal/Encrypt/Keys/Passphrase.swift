// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Crypto
import CryptoExtras
import Foundation
import MartletBytes

/// A passphrase that files are sealed with: the scrypt stanza of age
/// (C2SP age specification, "The scrypt recipient type").
///
/// A file sealed with a passphrase has no other recipient: whoever opens it knows that it was sealed by someone who knew the
/// passphrase.
package struct Passphrase: ~Copyable, Sendable {
  static let kind = "scrypt"
  /// What we seal with, as age does: 256 MB of memory and a second.
  package static let workFactor = 18
  private static let saltCount = 16
  private static let blockSize = 8
  private static let label = Array("age-encryption.org/v1/scrypt".utf8)

  private let secret: SecretBytes
  /// The base-two logarithm of the work for each guess.
  private let workFactor: Int

  /// A copy of the UTF-8 text. The caller erases the original.
  /// - Throws: ``SealError/emptyPassphrase`` and ``SealError/noMemory(bytes:reason:)``.
  package init(copying text: Span<UInt8>, workFactor: Int = Self.workFactor) throws(SealError) {
    precondition((1...Limits.scryptWorkFactor).contains(workFactor), "a work factor nobody would read")
    guard !text.isEmpty else { throw .emptyPassphrase }
    secret = try SecretBytes(copying: text)
    self.workFactor = workFactor
  }

  /// The stanza that wraps `fileKey`. It must stand alone.
  /// - Throws: ``SealError/noMemory(bytes:reason:)``.
  borrowing func wrap(_ fileKey: SymmetricKey) throws(SealError) -> AgeStanza {
    let salt = SystemRandom.bytes(Self.saltCount)
    let key = try derive(salt, workFactor)
    let encoded = Base64.standard.text(salt)
    return AgeStanza(
      arguments: [Self.kind, encoded, String(workFactor)], body: KeyWrap.wrap(fileKey, with: key))
  }

  private borrowing func derive(_ salt: [UInt8], _ workFactor: Int) throws(SealError) -> SymmetricKey {
    let key = unsafe secret.withUnsafeBytes { text in
      try? unsafe KDF.Scrypt.deriveKey(
        from: Memory.view(text), salt: Self.label + salt, outputByteCount: 32, rounds: 1 << workFactor,
        blockSize: Self.blockSize, parallelism: 1)
    }
    // With parameters in their bounds, memory is all that can be missing.
    guard let key else {
      throw .noMemory(bytes: 128 * Self.blockSize << workFactor, reason: "scrypt needs it")
    }
    return key
  }

  /// Digits without a leading zero.
  private static func workFactor(of text: String, at index: Int) throws(SealError) -> Int {
    let digits = text.utf8
    guard let first = digits.first, (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(first),
      digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { throw .stanza(index: index, .badWorkFactor) }
    guard digits.count <= 2, let factor = Int(text), factor <= Limits.scryptWorkFactor else {
      throw .stanza(
        index: index, .workFactor(found: String(text.prefix(20)), limit: Limits.scryptWorkFactor))
    }
    return factor
  }
}

extension Passphrase: KeyStore {
  package var name: String { "the passphrase" }

  /// - Throws: ``SealError/wrongPassphrase``, as there is nobody else whom the file could be for.
  package borrowing func unwrap(_ stanzas: [AgeStanza]) throws(SealError) -> SymmetricKey? {
    for (index, stanza) in stanzas.enumerated() where stanza.arguments[0] == Self.kind {
      guard stanza.arguments.count == 3 else {
        throw .stanza(index: index, .argumentCount(expected: 3, found: stanza.arguments.count))
      }
      guard let salt = Base64.standard.decode(stanza.arguments[1].utf8), salt.count == Self.saltCount else {
        throw .stanza(index: index, .badSalt)
      }
      let factor = try Self.workFactor(of: stanza.arguments[2], at: index)
      try KeyWrap.check(stanza, at: index)
      guard let fileKey = KeyWrap.unwrap(stanza.body, with: try derive(salt, factor)) else {
        throw .wrongPassphrase
      }
      return fileKey
    }
    return nil
  }
}
