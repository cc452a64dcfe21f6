// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// An encrypted key that asks for as much work as one likes.
enum HostileKey {
  /// An `EncryptedPrivateKeyInfo` with scrypt, r = 8 and p = 1, over nothing.
  static func base64(cost: UInt32) -> String {
    let number = withUnsafeBytes(of: cost.bigEndian) { Array($0) }
    let salt = string(0x04, Array(repeating: 7, count: 16))
    let scrypt = sequence([salt, string(0x02, number), string(0x02, [8]), string(0x02, [1])])
    let derivation = sequence([string(0x06, [0x2B, 6, 1, 4, 1, 0xDA, 0x47, 4, 11]), scrypt])
    let aes: [UInt8] = [0x60, 0x86, 0x48, 1, 0x65, 3, 4, 1, 42]
    let cipher = sequence([string(0x06, aes), string(0x04, Array(repeating: 9, count: 16))])
    let pbes2: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 5, 13]
    let scheme = sequence([string(0x06, pbes2), sequence([derivation, cipher])])
    let whole = sequence([scheme, string(0x04, Array(repeating: 1, count: 32))])
    return Data(whole).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
  }

  private static func string(_ tag: UInt8, _ bytes: [UInt8]) -> [UInt8] {
    precondition(bytes.count < 128)
    return [tag, UInt8(bytes.count)] + bytes
  }

  private static func sequence(_ parts: [[UInt8]]) -> [UInt8] {
    let body = parts.flatMap { $0 }
    return body.count < 128 ? [0x30, UInt8(body.count)] + body : [0x30, 0x81, UInt8(body.count)] + body
  }
}
