// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Whose signature is believed.
package enum Trust: Sendable {
  case key(VerificationKey)
  /// Whoever has a certificate that leads to one of the roots.
  /// - Parameter identity: who that must be; nil is anybody.
  case roots(TrustRoots, identity: IdentityPattern? = nil)

  /// The key that a signature must fit.
  func key(for material: UnverifiedBundle.Material) throws(SignatureError) -> (VerificationKey, Signer) {
    switch (self, material) {
    case (.key(let key), .key(let hint)):
      guard hint.isEmpty || hint == key.hint else { throw .otherKey(hint: hint, expected: key.hint) }
      return (key, .key(hint: key.hint))
    case (.roots(let roots, let identity), .certificates(let certificates)):
      let signer = try roots.validate(certificates)
      if let identity, !signer.names.contains(where: identity.matches) {
        throw .otherIdentity(pattern: identity.text, found: signer.names)
      }
      return (signer.key, .certificate(subject: signer.subject, names: signer.names, root: signer.root))
    case (.key, .certificates):
      throw .otherKind(
        found: "certificates", expected: "a key was given to check it with: name a root with --trust-root")
    case (.roots, .key):
      throw .otherKind(
        found: "a key alone",
        expected: "roots were given to check it with: name the signer's public key with --key")
    }
  }
}

/// Who signed, once that was checked.
package enum Signer: Sendable, Equatable {
  /// - Parameter hint: SHA-256 hex of the key's PEM text.
  case key(hint: String)
  /// - Parameters:
  ///   - subject: the distinguished name in the certificate.
  ///   - names: its mail addresses, URIs and host names; its common name where it has none of them.
  ///   - root: the distinguished name of the root that vouches for it.
  case certificate(subject: String, names: [String], root: String)
}

/// Who a signer must be: a mail address, URI or host name, in which `*` stands for any characters.
package struct IdentityPattern: Sendable, Equatable {
  package let text: String

  package init(_ text: String) { self.text = text }

  package func matches(_ name: String) -> Bool {
    let pieces = text.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(
      Array.init)
    var rest = Array(name.utf8)[...]
    guard rest.starts(with: pieces[0]) else { return false }
    if pieces.count == 1 { return rest.count == pieces[0].count }
    rest = rest.dropFirst(pieces[0].count)
    for piece in pieces.dropFirst().dropLast() {
      guard let found = rest.firstRange(of: piece) else { return false }
      rest = rest[found.upperBound...]
    }
    let last = pieces[pieces.count - 1]
    return rest.count >= last.count && rest.suffix(last.count).elementsEqual(last)
  }
}
