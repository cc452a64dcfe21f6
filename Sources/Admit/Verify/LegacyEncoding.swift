// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// What signatures were made over before OMS 1.0: the payload as Python shows bytes, behind a header of its own. Different
/// payloads still give different bytes, so that it is no weaker than DSSE, only odd.
enum LegacyEncoding {
  static func preAuthentication(_ payload: [UInt8]) -> [UInt8] {
    let type = Envelope.inTotoType
    return Array("DSSEV1 \(type.utf8.count) \(type) \(payload.count) ".utf8) + shown(payload)
  }

  /// `repr` of bytes.
  private static func shown(_ bytes: [UInt8]) -> [UInt8] {
    let single = UInt8(ascii: "'")
    let double = UInt8(ascii: "\"")
    let quote = bytes.contains(single) && !bytes.contains(double) ? double : single
    var text: [UInt8] = [UInt8(ascii: "b"), quote]
    for byte in bytes {
      switch byte {
      case quote, UInt8(ascii: "\\"): text += [UInt8(ascii: "\\"), byte]
      case 0x09: text += Array("\\t".utf8)
      case 0x0A: text += Array("\\n".utf8)
      case 0x0D: text += Array("\\r".utf8)
      case 0x20...0x7E: text.append(byte)
      default:
        let hex = String(byte, radix: 16)
        text += Array(("\\x" + (hex.count == 1 ? "0" : "") + hex).utf8)
      }
    }
    return text + [quote]
  }
}
