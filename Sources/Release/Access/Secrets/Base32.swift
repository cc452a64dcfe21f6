// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Base32 (RFC 4648 section 6) without padding, as authenticator apps take a secret.
enum Base32 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

  static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    var bits: UInt32 = 0
    var held: UInt32 = 0
    for byte in bytes {
      bits = (bits << 8 | UInt32(byte)) & 0xFFFF
      held += 8
      while held >= 5 {
        held -= 5
        text.append(alphabet[Int(bits >> held & 31)])
      }
    }
    if held > 0 { text.append(alphabet[Int(bits << (5 - held) & 31)]) }
    return String(decoding: text, as: UTF8.self)
  }
}
