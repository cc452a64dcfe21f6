// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import MartletBytes

/// The secret key that opens what was sealed for its ``recipient``: an X25519 identity of age,
/// `AGE-SECRET-KEY-1…`.
///
/// The secret lives in ``SecretBytes``, is zeroed with this value, and has no description. Its text leaves
/// only through ``withIdentityFile(_:)``.
package struct SealingIdentity: ~Copyable, Sendable {
  static let prefix = "AGE-SECRET-KEY-"

  private let secret: SecretBytes
  package let recipient: SealingRecipient

  private init(secret: consuming SecretBytes) throws(SealError) {
    recipient = SealingRecipient(publicKey: Array(try Self.privateKey(secret).publicKey.rawRepresentation))
    self.secret = secret
  }

  /// A new identity, from the system's random numbers.
  /// - Throws: ``SealError/noMemory(bytes:reason:)``.
  package static func generate() throws(SealError) -> SealingIdentity {
    let secret = try SecretBytes(zeros: SealingRecipient.byteCount)
    unsafe secret.withUnsafeMutableBytes { unsafe SystemRandom.fill($0) }
    return try SealingIdentity(secret: secret)
  }

  /// Reads an identity file as `age-keygen` writes it: one identity, on a line of its own, among comment lines
  /// that begin with `#` and empty lines. The bare key is such a file too.
  ///
  /// The file's own bytes are the caller's, who should not keep them.
  /// - Throws: ``SealError/identityText(_:)`` and ``SealError/noMemory(bytes:reason:)``.
  package init(identityFile file: Span<UInt8>) throws(SealError) {
    var key: [UInt8]
    do throws(KeyTextFault) {
      let line = try Self.onlyKeyLine(of: file)
      key = try Bech32.decode(prefix: Self.prefix, file.extracting(line))
    } catch {
      throw .identityText(error)
    }
    defer { key.erase() }
    guard key.count == SealingRecipient.byteCount else {
      throw .identityText(.wrongLength(expected: SealingRecipient.byteCount, found: key.count))
    }
    try self.init(secret: SecretBytes(copying: key.span))
  }

  /// Reads an identity from text, as ``init(identityFile:)`` does. Swift cannot erase a `String`, so this
  /// is for text that was a string already.
  package init(_ text: String) throws(SealError) {
    var bytes = Array(text.utf8)
    defer { bytes.erase() }
    try self.init(identityFile: bytes.span)
  }

  /// Hands `body` the identity file that other age tools read, to be written where only its owner can read it.
  /// The text is erased afterwards.
  package borrowing func withIdentityFile<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var key = Bech32.encode(prefix: Self.prefix.lowercased(), secret.span)
    defer { key.erase() }
    for index in key.indices where (0x61...0x7a).contains(key[index]) { key[index] &= ~0x20 }
    var file = Array("# public key: \(recipient)\n".utf8)
    // Growing would leave the secret behind in the memory it grew out of.
    file.reserveCapacity(file.count + key.count + 1)
    defer { file.erase() }
    file.append(contentsOf: key)
    file.append(UInt8(ascii: "\n"))
    return try body(file.span)
  }

  /// The secret X25519 shares with the owner of `publicKey`; `nil` when it is all zero, as it is for every
  /// key of low order (RFC 7748 section 6.1).
  borrowing func agree(with publicKey: [UInt8]) throws(SealError) -> SharedSecret? {
    X25519.agree(try Self.privateKey(secret), with: publicKey)
  }

  private static func privateKey(
    _ secret: borrowing SecretBytes
  ) throws(SealError) -> Curve25519.KeyAgreement.PrivateKey {
    do {
      return try unsafe secret.withUnsafeBytes {
        try unsafe Curve25519.KeyAgreement.PrivateKey(rawRepresentation: $0)
      }
    } catch {
      throw .identityText(.wrongLength(expected: SealingRecipient.byteCount, found: secret.count))
    }
  }

  private static func onlyKeyLine(of file: Span<UInt8>) throws(KeyTextFault) -> Range<Int> {
    guard file.count <= Limits.identityFile else { throw .tooLong(limit: Limits.identityFile) }
    var found: Range<Int>?
    var start = 0
    while start < file.count {
      var end = start
      while end < file.count, file[end] != UInt8(ascii: "\n") { end += 1 }
      let line = start..<end
      start = end + 1
      if line.isEmpty || file[line.lowerBound] == UInt8(ascii: "#") { continue }
      guard found == nil else { throw .severalKeys }
      found = line
    }
    guard let found else { throw .noKey }
    return found
  }
}
