// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import JWTKit
import MartletBytes

/// The public keys of an issuer (RFC 7517, section 5). Keys that cannot verify a token here are left out: those for encryption,
/// of unknown types, secret ones, RSA below 2,048 bits.
struct KeySet: Sendable {
  private let keys: [JWK]

  private struct Document: Decodable {
    let keys: [Entry]
  }

  /// A key, or whatever stands in its place.
  private struct Entry: Decodable {
    private enum Name: String, CodingKey { case use }
    let key: JWK?
    let use: String?

    init(from decoder: any Decoder) throws {
      key = try? JWK(from: decoder)
      use = try? decoder.container(keyedBy: Name.self).decodeIfPresent(String.self, forKey: .use)
    }
  }

  init(_ json: [UInt8]) throws(KeySetError) {
    guard json.count <= Limits.keySet else { throw .tooLarge }
    guard let document = try? JSONDecoder().decode(Document.self, from: Data(json)) else { throw .malformed }
    guard document.keys.count <= Limits.keysOfASet else { throw .tooLarge }
    keys = document.keys.compactMap { entry in
      guard let key = entry.key, entry.use ?? "sig" == "sig", key.privateExponent == nil else { return nil }
      return key.keyType == .rsa && Self.bits(key.modulus) < 2048 ? nil : key
    }
  }

  /// The one key that fits a token; `nil` where there is none, and where there are several and nothing says which.
  func key(for token: BearerToken) -> JWK? {
    let fitting = keys.filter { key in
      (token.keyID == nil || key.keyIdentifier?.string == token.keyID)
        && key.keyType == token.algorithm.keyType
        && key.curve?.rawValue == token.algorithm.curve
        && (key.algorithm == nil || key.algorithm?.rawValue == token.algorithm.rawValue)
    }
    return fitting.count == 1 ? fitting[0] : nil
  }

  private static func bits(_ modulus: String?) -> Int {
    guard let bytes = modulus.flatMap({ Base64.url.decode($0.utf8) }),
      let first = bytes.firstIndex(where: { $0 != 0 })
    else { return 0 }
    return (bytes.count - first) * 8 - bytes[first].leadingZeroBitCount
  }
}
