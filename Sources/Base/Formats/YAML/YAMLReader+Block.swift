// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

extension YAMLReader {
  /// An indicator that stands alone: `- `, `? `, `: `.
  func isIndicator(_ sign: Unicode.Scalar, at index: Int) -> Bool {
    byte(index) == UInt8(ascii: sign) && index < bytes.count && isSpace(byte(index + 1))
  }

  /// The next value, which is indented by more than `indent` columns; an empty one when there is none.
  /// - Parameter sameLine: it may stand behind `key:` on one line, where no further key may follow.
  /// - Parameter listAtIndent: a list may stand as far left as the key that it belongs to.
  mutating func node(
    above indent: Int, sameLine: Bool, listAtIndent: Bool = false
  ) throws(YAMLError) -> YAMLNode {
    try count()
    try descend()
    defer { depth -= 1 }
    let start = at
    var inline = sameLine && !isLineEnd()
    try skipToToken()
    func empty() -> YAMLNode {
      YAMLNode(kind: .scalar("", isPlain: true), tag: nil, anchor: nil, offset: start)
    }
    guard isInside(indent, listAtIndent) else { return empty() }
    let offset = at
    let left = column
    let (tag, anchor) = try properties()
    if tag != nil || anchor != nil {
      if isLineEnd() {
        try skipToToken()
        inline = false
        guard isInside(indent, listAtIndent) else {
          return YAMLNode(kind: .scalar("", isPlain: true), tag: tag, anchor: anchor, offset: offset)
        }
        let place = at
        let next = column
        let own = try properties()
        let inner = try content(left: next, above: indent, inline: false, own.tag, own.anchor)
        return YAMLNode(
          kind: inner.kind, tag: tag ?? inner.tag, anchor: anchor ?? inner.anchor, offset: place)
      }
    }
    return try content(left: left, above: indent, inline: inline, tag, anchor)
  }

  private func isInside(_ indent: Int, _ listAtIndent: Bool) -> Bool {
    guard at < bytes.count, !isMarker("---"), !isMarker("...") else { return false }
    let column = column
    return column > indent || (listAtIndent && column == indent && isIndicator("-", at: at))
  }

  private mutating func content(
    left: Int, above indent: Int, inline: Bool, _ tag: String?, _ anchor: String?
  ) throws(YAMLError) -> YAMLNode {
    let offset = at
    switch byte(at) {
    case UInt8(ascii: "-") where isIndicator("-", at: at):
      if inline { throw YAMLError("a list begins behind a key", at: at) }
      return YAMLNode(kind: try sequence(left: column), tag: tag, anchor: anchor, offset: offset)
    case UInt8(ascii: "?") where isIndicator("?", at: at):
      if inline { throw YAMLError("a mapping begins behind a key", at: at) }
      return YAMLNode(kind: try mapping(left: column, first: nil), tag: tag, anchor: anchor, offset: offset)
    case UInt8(ascii: "|"), UInt8(ascii: ">"):
      return YAMLNode(kind: try blockScalar(above: indent), tag: tag, anchor: anchor, offset: offset)
    case UInt8(ascii: "@"), UInt8(ascii: "`"), UInt8(ascii: "%"):
      throw YAMLError("a value begins with a reserved character", at: at)
    default: break
    }
    // A key stands on one line and has its colon there.
    let saved = (nodes, depth)
    let line = lineEnd(from: at)
    if let key = try keyOnLine(tag, anchor, end: line) {
      if inline { throw YAMLError("a second key on one line", at: offset) }
      // Properties in front of a key on its line are the key's.
      let kind = try mapping(left: left, first: key)
      return YAMLNode(kind: kind, tag: nil, anchor: nil, offset: offset)
    }
    at = offset
    (nodes, depth) = saved
    let kind: YAMLNode.Kind
    switch byte(at) {
    case UInt8(ascii: "["), UInt8(ascii: "{"): kind = try flow()
    case UInt8(ascii: "\""), UInt8(ascii: "'"): kind = .scalar(try quoted(), isPlain: false)
    case UInt8(ascii: "*"): kind = try alias()
    default: return YAMLNode(kind: try plain(above: indent), tag: tag, anchor: anchor, offset: offset)
    }
    guard isLineEnd() else { throw YAMLError("expected the end of the line behind a value", at: at) }
    return YAMLNode(kind: kind, tag: tag, anchor: anchor, offset: offset)
  }

  private func lineEnd(from start: Int) -> Int {
    var end = start
    while end < bytes.count, !isBreak(bytes[end]) { end += 1 }
    return end
  }

  /// The key that stands here with its colon, or nil; then the caller goes back.
  private mutating func keyOnLine(
    _ tag: String?, _ anchor: String?, end: Int
  ) throws(YAMLError) -> YAMLNode? {
    let offset = at
    let kind: YAMLNode.Kind
    switch byte(at) {
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      // A flow collection as a key is rare: only what fits on the line can be one.
      guard hasColonBehindFlow(end: end) else { return nil }
      kind = try flow()
    case UInt8(ascii: "\""), UInt8(ascii: "'"): kind = .scalar(try quoted(), isPlain: false)
    case UInt8(ascii: "*"): kind = try alias()
    default:
      guard let colon = plainEnd(end: end), colon.isKey else { return nil }
      kind = .scalar(text(offset..<colon.end), isPlain: true)
      at = colon.end
    }
    guard at <= end else { return nil }
    skipBlanks()
    guard byte(at) == UInt8(ascii: ":"), at < end, isSpace(byte(at + 1)) else { return nil }
    return YAMLNode(kind: kind, tag: tag, anchor: anchor, offset: offset)
  }

  private func hasColonBehindFlow(end: Int) -> Bool {
    var index = end
    while index > at, isBlank(bytes[index - 1]) { index -= 1 }
    while index > at {
      index -= 1
      if bytes[index] == UInt8(ascii: ":"), isSpace(byte(index + 1)),
        bytes[index - 1] == UInt8(ascii: "]") || bytes[index - 1] == UInt8(ascii: "}")
      {
        return true
      }
    }
    return false
  }

  /// Where a plain scalar ends on its line, and whether a colon ends it.
  func plainEnd(end: Int) -> (end: Int, isKey: Bool)? {
    var index = at
    while index < end {
      if bytes[index] == UInt8(ascii: ":"), isSpace(byte(index + 1)) {
        var last = index
        while last > at, isBlank(bytes[last - 1]) { last -= 1 }
        return (last, true)
      }
      if bytes[index] == UInt8(ascii: "#"), index > at, isBlank(bytes[index - 1]) { break }
      index += 1
    }
    while index > at, isBlank(bytes[index - 1]) { index -= 1 }
    return (index, false)
  }

  private mutating func sequence(left: Int) throws(YAMLError) -> YAMLNode.Kind {
    var items: [YAMLNode] = []
    while at < bytes.count, !isMarker("---"), !isMarker("..."), isIndicator("-", at: at), column == left {
      at += 1
      items.append(try node(above: left, sameLine: false))
      try skipToToken()
    }
    if at < bytes.count, column > left { throw YAMLError("a line is indented too far", at: at) }
    return .sequence(items)
  }

  private mutating func mapping(left: Int, first: YAMLNode?) throws(YAMLError) -> YAMLNode.Kind {
    var entries: [YAMLNode.Entry] = []
    var key = first
    while true {
      let isComplex = key == nil && isIndicator("?", at: at)
      if isComplex {
        at += 1
        key = try node(above: left, sameLine: false)
        try skipToToken()
        guard isIndicator(":", at: at), column == left else {
          entries.append(
            .init(
              key: key!, value: YAMLNode(kind: .scalar("", isPlain: true), tag: nil, anchor: nil, offset: at))
          )
          key = nil
          if try next(left) { continue }
          break
        }
      }
      skipBlanks()
      guard byte(at) == UInt8(ascii: ":"), let named = key else {
        throw YAMLError("expected ':' behind a key", at: at)
      }
      at += 1
      let value = try node(above: left, sameLine: !isComplex, listAtIndent: true)
      entries.append(.init(key: named, value: value))
      key = nil
      guard try next(left) else { break }
      if isIndicator("?", at: at) { continue }
      try count()
      let (tag, anchor) = try properties()
      guard let following = try keyOnLine(tag, anchor, end: lineEnd(from: at)) else {
        throw YAMLError("expected a key", at: at)
      }
      key = following
    }
    return .mapping(entries)
  }

  /// Whether another key follows in the mapping at this column.
  private mutating func next(_ left: Int) throws(YAMLError) -> Bool {
    try skipToToken()
    guard at < bytes.count, !isMarker("---"), !isMarker("...") else { return false }
    let column = column
    if column > left { throw YAMLError("a line is indented too far", at: at) }
    return column == left && !isIndicator("-", at: at)
  }
}
