// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

extension YAMLReader {
  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// A tag and an anchor, in any order, and the blanks behind them.
  mutating func properties() throws(YAMLError) -> (tag: String?, anchor: String?) {
    var tag: String?
    var anchor: String?
    while true {
      if byte(at) == UInt8(ascii: "!"), tag == nil {
        tag = try readTag()
      } else if byte(at) == UInt8(ascii: "&"), anchor == nil {
        at += 1
        anchor = try word()
      } else {
        return (tag, anchor)
      }
      guard isSpace(byte(at)) || isFlowSign(byte(at)) else {
        throw YAMLError("expected a blank behind a tag or an anchor", at: at)
      }
      skipBlanks()
    }
  }

  func isFlowSign(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"): true
    default: false
    }
  }

  private mutating func word() throws(YAMLError) -> String {
    let start = at
    while at < bytes.count, !isSpace(bytes[at]), !isFlowSign(bytes[at]) { at += 1 }
    guard at > start else { throw YAMLError("expected a name", at: at) }
    return text(start..<at)
  }

  mutating func alias() throws(YAMLError) -> YAMLNode.Kind {
    at += 1
    let start = at
    while at < bytes.count, !isSpace(bytes[at]), !isFlowSign(bytes[at]), bytes[at] != UInt8(ascii: ":") {
      at += 1
    }
    guard at > start else { throw YAMLError("expected the name of an anchor", at: at) }
    return .alias(text(start..<at))
  }

  private mutating func readTag() throws(YAMLError) -> String {
    let start = at
    at += 1
    if byte(at) == UInt8(ascii: "<") {
      let open = at + 1
      while at < bytes.count, bytes[at] != UInt8(ascii: ">"), !isBreak(bytes[at]) { at += 1 }
      guard byte(at) == UInt8(ascii: ">") else { throw YAMLError("a tag has no end", at: start) }
      at += 1
      return Self.unescapedTag(text(open..<at - 1))
    }
    while at < bytes.count, !isSpace(bytes[at]), !isFlowSign(bytes[at]) { at += 1 }
    let written = text(start..<at)
    // `!!x`, `!handle!x`, `!x`
    if let second = written.dropFirst().firstIndex(of: "!") {
      let handle = String(written[...second])
      let suffix = Self.unescapedTag(String(written[written.index(after: second)...]))
      if let prefix = handles[handle] { return Self.unescapedTag(prefix) + suffix }
      if handle == "!!" { return "tag:yaml.org,2002:" + suffix }
      throw YAMLError("the handle of a tag is not declared", at: start)
    }
    if let prefix = handles["!"] {
      return Self.unescapedTag(prefix) + Self.unescapedTag(String(written.dropFirst()))
    }
    return Self.unescapedTag(written)
  }

  /// A plain scalar that may go on over lines that are indented by more than `indent`.
  mutating func plain(above indent: Int) throws(YAMLError) -> YAMLNode.Kind {
    let start = at
    var parts: [String] = []
    while true {
      var end = at
      while end < bytes.count, !isBreak(bytes[end]) { end += 1 }
      guard let line = plainEnd(end: end) else { break }
      if line.isKey { throw YAMLError("a key stands in a text of several lines", at: at) }
      parts.append(text(at..<line.end))
      let comment = line.end < end
      at = end
      if comment, !text(line.end..<end).allSatisfy({ $0 == " " || $0 == "\t" }) { break }
      // The next line that is not empty.
      var next = at
      while next < bytes.count, isSpace(bytes[next]) { next += 1 }
      guard next < bytes.count else { break }
      var lineStart = next
      while lineStart > 0, !isBreak(bytes[lineStart - 1]) { lineStart -= 1 }
      if next - lineStart <= indent || bytes[next] == UInt8(ascii: "#") || isMarker("---", at: next)
        || isMarker("...", at: next)
      {
        break
      }
      at = next
    }
    if parts.isEmpty, at == start { throw YAMLError("expected a value", at: at) }
    return .scalar(parts.joined(separator: " "), isPlain: true)
  }

  mutating func quoted() throws(YAMLError) -> String {
    let quote = bytes[at]
    let start = at
    at += 1
    var out: [UInt8] = []
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      if byte == quote {
        if quote == UInt8(ascii: "'"), self.byte(at) == quote, at < bytes.count {
          at += 1
          out.append(quote)
          continue
        }
        return String(decoding: out, as: UTF8.self)
      }
      if isBreak(byte) {
        while let last = out.last, isBlank(last) { out.removeLast() }
        var breaks = 0
        while at < bytes.count, isSpace(bytes[at]) {
          if bytes[at] == 0x0A { breaks += 1 }
          at += 1
        }
        if isMarker("---") || isMarker("...") { throw YAMLError("a document ends in a string", at: start) }
        out.append(contentsOf: breaks == 0 ? [0x20] : [UInt8](repeating: 0x0A, count: breaks))
      } else if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        try escape(into: &out)
      } else {
        out.append(byte)
      }
    }
    throw YAMLError("a string has no end", at: start)
  }

  private mutating func escape(into out: inout [UInt8]) throws(YAMLError) {
    let letter = byte(at)
    at += 1
    var digits = 0
    switch letter {
    case UInt8(ascii: "n"): out.append(10)
    case UInt8(ascii: "t"), 9: out.append(9)
    case UInt8(ascii: "r"): out.append(13)
    case UInt8(ascii: "0"): out.append(0)
    case UInt8(ascii: "a"): out.append(7)
    case UInt8(ascii: "b"): out.append(8)
    case UInt8(ascii: "e"): out.append(27)
    case UInt8(ascii: "f"): out.append(12)
    case UInt8(ascii: "v"): out.append(11)
    case UInt8(ascii: " "), UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(letter)
    case UInt8(ascii: "N"), UInt8(ascii: "_"), UInt8(ascii: "L"), UInt8(ascii: "P"): out.append(0x20)
    case 0x0A, 0x0D: while at < bytes.count, isBlank(bytes[at]) { at += 1 }
    case UInt8(ascii: "x"): digits = 2
    case UInt8(ascii: "u"): digits = 4
    case UInt8(ascii: "U"): digits = 8
    default: throw YAMLError("a string has an unknown escape", at: at - 1)
    }
    guard digits > 0 else { return }
    var value: UInt32 = 0
    for _ in 0..<digits {
      guard let digit = Character(Unicode.Scalar(byte(at))).hexDigitValue else {
        throw YAMLError("a string has a malformed escape", at: at)
      }
      value = value &* 16 &+ UInt32(digit)
      at += 1
    }
    out.append(contentsOf: String(Character(Unicode.Scalar(value) ?? "\u{FFFD}")).utf8)
  }

  /// `|` and `>`; folding makes no difference to what is looked for, so that the lines stay lines.
  mutating func blockScalar(above indent: Int) throws(YAMLError) -> YAMLNode.Kind {
    at += 1
    var explicit: Int?
    while !isSpace(byte(at)) {
      switch byte(at) {
      case UInt8(ascii: "+"), UInt8(ascii: "-"): break
      case UInt8(ascii: "1")...UInt8(ascii: "9"): explicit = max(indent, 0) + Int(byte(at) - 0x30)
      default: throw YAMLError("the head of a block of text is malformed", at: at)
      }
      at += 1
    }
    guard isLineEnd() else { throw YAMLError("the head of a block of text is malformed", at: at) }
    while at < bytes.count, !isBreak(bytes[at]) { at += 1 }
    var left = explicit
    var out: [UInt8] = []
    while at < bytes.count {
      if bytes[at] == 0x0D { at += 1 }
      if at < bytes.count, bytes[at] == 0x0A { at += 1 }
      let start = at
      while at < bytes.count, bytes[at] == 0x20, left.map({ at - start < $0 }) ?? true { at += 1 }
      if isBreak(byte(at)) {
        guard at < bytes.count else { break }
        out.append(10)
        continue
      }
      let width = at - start
      if width < left ?? (indent + 1) || isMarker("---", at: start) || isMarker("...", at: start) {
        at = start
        break
      }
      if left == nil { left = width }
      let from = at
      while at < bytes.count, !isBreak(bytes[at]) { at += 1 }
      out.append(contentsOf: bytes[from..<at])
      out.append(10)
    }
    return .scalar(String(decoding: out, as: UTF8.self), isPlain: false)
  }

  // MARK: Flow

  /// `[…]` or `{…}`.
  mutating func flow() throws(YAMLError) -> YAMLNode.Kind {
    try descend()
    defer { depth -= 1 }
    let start = at
    let isList = bytes[at] == UInt8(ascii: "[")
    let close = isList ? UInt8(ascii: "]") : UInt8(ascii: "}")
    at += 1
    var items: [YAMLNode] = []
    var entries: [YAMLNode.Entry] = []
    while true {
      try skipFlowSpace()
      guard at < bytes.count else { throw YAMLError("a list or a mapping has no end", at: start) }
      if bytes[at] == close {
        at += 1
        return isList ? .sequence(items) : .mapping(entries)
      }
      if isIndicator("?", at: at) {
        at += 1
        try skipFlowSpace()
      }
      let key = try flowNode()
      try skipFlowSpace()
      if byte(at) == UInt8(ascii: ":"), at < bytes.count {
        at += 1
        try skipFlowSpace()
        let value = try flowNode()
        if isList {
          items.append(
            YAMLNode(
              kind: .mapping([.init(key: key, value: value)]), tag: nil, anchor: nil, offset: key.offset))
        } else {
          entries.append(.init(key: key, value: value))
        }
      } else if isList {
        items.append(key)
      } else {
        entries.append(
          .init(
            key: key, value: YAMLNode(kind: .scalar("", isPlain: true), tag: nil, anchor: nil, offset: at)))
      }
      try skipFlowSpace()
      if byte(at) == UInt8(ascii: ","), at < bytes.count {
        at += 1
      } else if byte(at) != close || at >= bytes.count {
        throw YAMLError("expected ',' or the end of a list or a mapping", at: at)
      }
    }
  }

  private mutating func skipFlowSpace() throws(YAMLError) {
    while at < bytes.count {
      if isSpace(bytes[at]) {
        at += 1
      } else if bytes[at] == UInt8(ascii: "#"), isSpace(bytes[at - 1]) {
        while at < bytes.count, !isBreak(bytes[at]) { at += 1 }
      } else {
        if isMarker("---") || isMarker("...") {
          throw YAMLError("a document ends in a list or a mapping", at: at)
        }
        return
      }
    }
  }

  private mutating func flowNode() throws(YAMLError) -> YAMLNode {
    try count()
    let offset = at
    let (tag, anchor) = try properties()
    try skipFlowSpace()
    let kind: YAMLNode.Kind
    switch byte(at) {
    case UInt8(ascii: "["), UInt8(ascii: "{"): kind = try flow()
    case UInt8(ascii: "\""), UInt8(ascii: "'"): kind = .scalar(try quoted(), isPlain: false)
    case UInt8(ascii: "*"): kind = try alias()
    default: kind = try flowPlain()
    }
    return YAMLNode(kind: kind, tag: tag, anchor: anchor, offset: offset)
  }

  private mutating func flowPlain() throws(YAMLError) -> YAMLNode.Kind {
    let start = at
    while at < bytes.count {
      let byte = bytes[at]
      if isFlowSign(byte) { break }
      if byte == UInt8(ascii: ":"), isSpace(self.byte(at + 1)) || isFlowSign(self.byte(at + 1)) { break }
      if byte == UInt8(ascii: "#"), at > start, isSpace(bytes[at - 1]) { break }
      at += 1
    }
    var end = at
    while end > start, isSpace(bytes[end - 1]) { end -= 1 }
    return .scalar(text(start..<end), isPlain: true)
  }
}
