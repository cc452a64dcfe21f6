// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Foundation
import MartletBytes

/// One stanza of an age header: the file key, wrapped in the way its first argument names.
package struct AgeStanza: Equatable, Sendable {
  /// At least one, each of at least one printable ASCII character.
  package let arguments: [String]
  package let body: [UInt8]

  package init(arguments: [String], body: [UInt8]) {
    precondition(!arguments.isEmpty, "a stanza names its kind")
    self.arguments = arguments
    self.body = body
  }

  /// Columns of a full body line. A body ends with a shorter line, which may be empty.
  static let columns = 64

  /// How the stanza stands in the header.
  var text: [UInt8] {
    let encoded = Base64.standard.encode(body)
    var text = Array("-> \(arguments.joined(separator: " "))\n".utf8)
    var start = 0
    repeat {
      let end = min(start + Self.columns, encoded.count)
      text.append(contentsOf: encoded[start..<end])
      text.append(UInt8(ascii: "\n"))
      if end - start < Self.columns { return text }
      start = end
    } while true
  }
}

/// The textual header of an age v1 file (C2SP age specification, "Header").
///
/// Parsing it proves nothing: whoever has the file key checks ``isAuthentic(for:)`` before reading on.
struct AgeHeader: Equatable, Sendable {
  /// What the first line of every version begins with.
  static let family = "age-encryption.org/"
  static let version = family + "v1"
  static let macCount = 32
  /// `--- `, 43 characters of base64, newline.
  static let endCount = 4 + 43 + 1

  /// In the order of the file.
  let stanzas: [AgeStanza]
  let mac: [UInt8]
  /// What the MAC covers: everything through `---`.
  let authenticated: [UInt8]

  /// The bytes of the header, through the last newline.
  var count: Int { authenticated.count - 3 + Self.endCount }

  init(stanzas: [AgeStanza], mac: [UInt8], authenticated: [UInt8]) {
    self.stanzas = stanzas
    self.mac = mac
    self.authenticated = authenticated
  }

  /// A header for `stanzas`, authenticated with the file key they wrap.
  init(_ stanzas: [AgeStanza], fileKey: SymmetricKey) {
    let text = Array("\(Self.version)\n".utf8) + stanzas.flatMap(\.text) + Array("---".utf8)
    self.init(
      stanzas: stanzas,
      mac: Array(HMAC<SHA256>.authenticationCode(for: text, using: Self.macKey(fileKey))),
      authenticated: text)
  }

  /// The whole header, as it stands in the file.
  var text: [UInt8] {
    authenticated + [UInt8(ascii: " ")] + Base64.standard.encode(mac) + [UInt8(ascii: "\n")]
  }

  /// Whether nobody without the file key changed, added, removed or reordered anything in the header. Takes the
  /// same time wherever the difference is.
  func isAuthentic(for fileKey: SymmetricKey) -> Bool {
    HMAC<SHA256>.isValidAuthenticationCode(mac, authenticating: authenticated, using: Self.macKey(fileKey))
  }

  private static func macKey(_ fileKey: SymmetricKey) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(inputKeyMaterial: fileKey, info: Data("header".utf8), outputByteCount: 32)
  }
}
