// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// The name of a workload: `spiffe://trust-domain/path` (SPIFFE-ID, section 2).
///
/// Read without mercy: one spelling for each name, so that comparing bytes compares names. No escapes, no dots as segments, no
/// empty segments, no port, query or fragment.
package struct SPIFFEID: Hashable, Sendable {
  package let text: String
  package let trustDomain: String

  /// - Returns: `nil` for anything that the specification does not allow.
  package init?(_ text: String) {
    let scheme = "spiffe://"
    guard text.utf8.count <= Limits.spiffeID, text.utf8.starts(with: scheme.utf8) else { return nil }
    let rest = text.utf8.dropFirst(scheme.utf8.count)
    let segments = rest.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    // `.` and `..` are made of allowed letters, and name nothing.
    guard segments.allSatisfy({ !$0.isEmpty && !$0.elementsEqual(".".utf8) && !$0.elementsEqual("..".utf8) }),
      let domain = segments.first, domain.count <= Limits.trustDomain,
      domain.allSatisfy({ Self.isLowerOrDigit($0) || Self.isMark($0) })
    else { return nil }
    let path = segments.dropFirst().joined()
    guard path.allSatisfy({ Self.isLowerOrDigit($0) || Self.isUpper($0) || Self.isMark($0) }) else {
      return nil
    }
    self.text = text
    trustDomain = String(Substring(domain))
  }

  private static func isLowerOrDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isUpper(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }

  private static func isMark(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
  }
}

extension SPIFFEID: CustomStringConvertible {
  package var description: String { text }
}
