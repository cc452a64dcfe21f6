// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Crypto
import MartletBytes

/// The identities of one or more identity files, any of which may be the one that opens a file.
///
/// An identity file is what `age-keygen` or Martlet writes, with as many keys as it has; the same sealed with a
/// passphrase, binary or in ASCII armour; or a private Ed25519 key of OpenSSH without a passphrase.
package struct IdentityRing: ~Copyable, Sendable {
  /// Holds what cannot be copied, so that an array can hold it.
  private final class Held: Sendable {
    let identity: SealingIdentity

    init(_ identity: consuming SealingIdentity) { self.identity = identity }
  }

  private var held: [Held] = []

  package init() {}

  package var recipients: [SealingRecipient] { held.map { $0.identity.recipient } }

  package mutating func add(_ identity: consuming SealingIdentity) { held.append(Held(identity)) }

  /// Adds every identity of a file. The file's own bytes are the caller's, who should not keep them.
  ///
  /// - Parameter passphrase: asked once, and only for a file that is sealed with one.
  /// - Throws: ``SealError/identityText(_:)``, ``SealError/sshKey(_:)``, ``SealError/pluginKey(_:)``,
  ///   ``SealError/noMemory(bytes:reason:)``; for a sealed one what ``SealedFile/open(_:with:)`` throws, and what `passphrase` throws.
  package mutating func add(
    identityFile file: Span<UInt8>, passphrase: () throws -> Passphrase
  ) throws {
    guard Self.isSealed(file) else { return try add(plain: file) }
    guard file.count <= Limits.identityFile else {
      throw SealError.identityText(.tooLong(limit: Limits.identityFile))
    }
    let sealed = try AgeArmor.decodeIfArmored(Bytes((0..<file.count).map { file[$0] }))
    let opened = try SealedFile.open(sealed, with: passphrase())
    try add(plain: opened.span)
  }

  /// Whether an identity file is itself a sealed file, for which a passphrase is needed.
  package static func isSealed(_ file: Span<UInt8>) -> Bool {
    file.starts(AgeHeader.family) || file.starts(AgeArmor.begin)
  }

  private mutating func add(plain file: Span<UInt8>) throws(SealError) {
    if file.starts(OpenSSHKey.begin) {
      held.append(Held(try OpenSSHKey.identity(file: file)))
      return
    }
    if file.starts("-----BEGIN ") { throw .sshKey(.unsupportedFile) }
    let lines: [Range<Int>]
    do throws(KeyTextFault) {
      lines = try SealingIdentity.keyLines(of: file)
      guard !lines.isEmpty else { throw KeyTextFault.noKey }
      guard lines.count <= Limits.identities else { throw KeyTextFault.tooMany(limit: Limits.identities) }
    } catch {
      throw .identityText(error)
    }
    for line in lines { held.append(Held(try SealingIdentity(line: file.extracting(line)))) }
  }
}

extension IdentityRing: KeyStore {
  package var name: String {
    switch held.count {
    case 0: "no identity"
    case 1: held[0].identity.name
    default: "one of \(held.count) identities, of which the first is \(held[0].identity.name)"
    }
  }

  package borrowing func unwrap(_ stanzas: [AgeStanza]) throws(SealError) -> SymmetricKey? {
    for key in held {
      if let fileKey = try key.identity.unwrap(stanzas) { return fileKey }
    }
    return nil
  }
}
