// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// The comment in the first two lines of Python source that names its encoding (PEP 263).
enum PythonCookie {
  /// The codec, when it makes line ends and letters of what is a comment in ASCII.
  static func disguise(in bytes: Bytes) -> String? {
    let head = String(decoding: bytes.slice(0..<min(bytes.count, 2048)).array(), as: UTF8.self)
    for line in head.split(maxSplits: 2, omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .prefix(2)
    {
      let text = line.drop { $0 == " " || $0 == "\t" || $0 == "\u{0C}" }
      guard text.first == "#" else {
        if text.isEmpty { continue }
        return nil
      }
      guard
        let range = text.ranges(of: "coding").first(where: {
          ":=".contains(text[$0.upperBound...].first ?? " ")
        })
      else { continue }
      let name = text[range.upperBound...].dropFirst().drop { $0 == " " || $0 == "\t" }.prefix {
        $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0))
      }
      let plain = name.lowercased().replacing("-", with: "_")
      return codecs.contains(plain) ? String(name) : nil
    }
    return nil
  }

  private static let codecs: Set<String> = [
    "utf_7", "utf7", "u7", "unicode_1_1_utf_7", "unicode_escape", "unicodeescape", "raw_unicode_escape",
    "rawunicodeescape", "string_escape", "rot_13", "rot13",
  ]
}
