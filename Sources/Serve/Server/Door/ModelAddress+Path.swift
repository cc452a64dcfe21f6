// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension ModelAddress {
  /// Reads the path of a question, `/v2/models/{model}[/versions/{version}]/infer`.
  /// - Returns: `nil` for any other path, which is for the router to say something about. Only one spelling is taken: no empty
  ///   segment, no escape that is malformed, and no control character: no model has one in its name, and SQLite would end a text
  ///   at a zero byte.
  init?(inferencePath target: String) {
    let path = target.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    guard path.starts(with: "/v2/models/".utf8), path.elementsEqual(suffixOf: "/infer") else { return nil }
    let parts = path.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard parts.count == 4 || parts.count == 6, let name = Self.decoded(parts[2]), !name.isEmpty,
      !name.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F })
    else { return nil }
    model = name
    if parts.count == 4 {
      version = nil
      return
    }
    guard parts[3].elementsEqual("versions".utf8), !parts[4].isEmpty, parts[4].count <= 18 else { return nil }
    var number = 0
    for byte in parts[4] {
      let digit = byte &- UInt8(ascii: "0")
      guard digit <= 9 else { return nil }
      number = number * 10 + Int(digit)
    }
    guard number > 0 else { return nil }
    version = number
  }

  /// A segment with its escapes resolved, which must come to UTF-8.
  private static func decoded(_ segment: Substring.UTF8View) -> String? {
    guard segment.contains(UInt8(ascii: "%")) else { return String(Substring(segment)) }
    var bytes: [UInt8] = []
    var rest = segment
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let high = rest.popFirst().flatMap(hex), let low = rest.popFirst().flatMap(hex) else {
        return nil
      }
      bytes.append(high << 4 | low)
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func hex(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

extension Substring.UTF8View {
  fileprivate func elementsEqual(suffixOf text: StaticString) -> Bool {
    text.withUTF8Buffer { unsafe suffix($0.count).elementsEqual($0) }
  }
}
