// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

extension ProtoTextLexer {
  /// The fields that stand at the top of a text; nil when it has one that is not `allowed`, or is no text of a protocol
  /// buffer. It stops there, so that other texts cost nothing.
  package static func fields(of bytes: Bytes, allowed: Set<String>) -> Set<String>? {
    var lexer = ProtoTextLexer(bytes)
    var found: Set<String> = []
    var depth = 0
    // A word behind a colon, or in a list, is a value.
    var isValue = false
    var lists = 0
    while true {
      guard let token = try? lexer.next() else { return nil }
      switch token {
      case .end: return depth == 0 && !found.isEmpty ? found : nil
      case .word(let word):
        if depth == 0, lists == 0, !isValue {
          guard allowed.contains(word) else { return nil }
          found.insert(word)
        }
        isValue = false
      case .string:
        if found.isEmpty { return nil }
        isValue = false
      case .symbol(let symbol):
        if found.isEmpty { return nil }
        switch symbol {
        case UInt8(ascii: ":"): isValue = true
        case UInt8(ascii: "{"), UInt8(ascii: "<"):
          depth += 1
          isValue = false
        case UInt8(ascii: "}"), UInt8(ascii: ">"):
          depth -= 1
          if depth < 0 { return nil }
        case UInt8(ascii: "["):
          lists += 1
          isValue = false
        case UInt8(ascii: "]"): lists -= 1
        case UInt8(ascii: ","), UInt8(ascii: ";"): break
        default: return nil
        }
      }
    }
  }
}
