// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto

/// A public key that files can be sealed for: `age1…`, the post-quantum `age1pq1…`, or `ssh-ed25519 AAAA…`.
package struct SealingRecipient: Hashable, Sendable {
  package enum Kind: Sendable, CaseIterable {
    case x25519
    /// ML-KEM-768 and X25519 together: safe from quantum computers as long as one of them is.
    case postQuantum
    case ssh
  }

  package let kind: Kind
  /// 32 bytes; 1,216 for the post-quantum kind. Of an SSH key it is the Ed25519 point.
  let publicKey: [UInt8]

  init(_ kind: Kind = .x25519, publicKey: [UInt8]) {
    precondition(publicKey.count == kind.byteCount, "a public key of the wrong length")
    self.kind = kind
    self.publicKey = publicKey
  }

  /// Reads a recipient with nothing before it, and nothing after it but the comment of an SSH key.
  /// - Throws: ``SealError/recipientText(_:)``; ``SealError/pluginKey(_:)`` for `age1name1…`, whose plugin would have to
  ///   be asked; ``SealError/sshKey(_:)``.
  package init(_ text: String) throws(SealError) {
    if text.hasPrefix("ssh-") || text.hasPrefix("ecdsa-") || text.hasPrefix("sk-") {
      self.init(.ssh, publicKey: try OpenSSHKey.publicKey(ofLine: text))
      return
    }
    let kind = text.hasPrefix(Kind.postQuantum.prefix + "1") ? Kind.postQuantum : .x25519
    if kind == .x25519, let plugin = Self.plugin(of: text) { throw .pluginKey(plugin) }
    let bytes: [UInt8]
    do throws(KeyTextFault) {
      bytes = try Bech32.decode(prefix: kind.prefix, Array(text.utf8).span)
      guard bytes.count == kind.byteCount else {
        throw KeyTextFault.wrongLength(expected: kind.byteCount, found: bytes.count)
      }
    } catch {
      throw .recipientText(error)
    }
    self.init(kind, publicKey: bytes)
  }

  /// The stanza that wraps `fileKey` for this recipient.
  /// - Throws: ``SealError/weakRecipient(_:)``.
  func wrap(_ fileKey: SymmetricKey) throws(SealError) -> AgeStanza {
    switch kind {
    case .x25519: try X25519.wrap(fileKey, for: self)
    case .postQuantum: try PostQuantum.wrap(fileKey, for: self)
    case .ssh: try SSHEd25519.wrap(fileKey, for: self)
    }
  }

  /// The name in `age1name1…`. The data part of an age key never has a `1` in it.
  private static func plugin(of text: String) -> String? {
    guard text.hasPrefix("age1"), let last = text.lastIndex(of: "1") else { return nil }
    let name = text[..<last].dropFirst("age1".count)
    return name.isEmpty || !name.allSatisfy(\.isASCII) ? nil : String(name.prefix(40))
  }
}

extension SealingRecipient.Kind {
  /// What the text form begins with, before the `1`; empty for SSH keys, which are no Bech32.
  var prefix: String {
    switch self {
    case .x25519: "age"
    case .postQuantum: "age1pq"
    case .ssh: ""
    }
  }

  var byteCount: Int { self == .postQuantum ? 1216 : 32 }

  /// The first argument of the stanzas for it.
  var stanza: String {
    switch self {
    case .x25519: X25519.kind
    case .postQuantum: PostQuantum.kind
    case .ssh: SSHEd25519.kind
    }
  }

  /// Whether whoever records the file today and has a quantum computer later could open it.
  var isQuantumSafe: Bool { self == .postQuantum }
}

extension SealingRecipient: CustomStringConvertible {
  package var description: String {
    switch kind {
    case .ssh: OpenSSHKey.line(of: publicKey)
    case .x25519, .postQuantum:
      String(decoding: Bech32.encode(prefix: kind.prefix, publicKey.span), as: UTF8.self)
    }
  }

  /// For messages: a post-quantum recipient has 2,000 characters.
  package var short: String {
    let text = description
    return text.count > 90 ? text.prefix(24) + "…" + text.suffix(6) : text
  }
}
