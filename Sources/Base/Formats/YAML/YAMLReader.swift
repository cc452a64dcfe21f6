// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// Reads the YAML that configurations are written in: block and flow collections, all kinds of scalars, anchors, aliases,
/// tags, directives, several documents. Where YAML 1.1 and 1.2 differ only in what a plain scalar means, it stays text.
/// What PyYAML refuses is mostly refused; at most ``Limits/yamlNodes`` values and ``Limits/yamlDepth`` levels are read.
///
///     for document in try YAMLReader.read(bytes) { print(document["_target_"]?.scalar ?? "") }
package struct YAMLReader {
  let bytes: [UInt8]
  var at = 0
  var nodes = 0
  var depth = 0
  /// `%TAG` handles of the current document.
  var handles: [String: String] = [:]

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The documents of a text.
  package static func read(_ bytes: Bytes) throws(YAMLError) -> [YAMLNode] {
    guard bytes.count <= Limits.yamlText else {
      throw YAMLError("the text is larger than \(Limits.yamlText) bytes", at: Limits.yamlText, isLimit: true)
    }
    var reader = YAMLReader(bytes.array())
    if reader.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { reader.at = 3 }
    return try reader.documents()
  }

  private mutating func documents() throws(YAMLError) -> [YAMLNode] {
    var documents: [YAMLNode] = []
    while true {
      handles = [:]
      try skipToToken()
      var hasDirectives = false
      while byte(at) == UInt8(ascii: "%"), column == 0 {
        try directive()
        hasDirectives = true
        try skipToToken()
      }
      if isMarker("---") {
        at += 3
      } else if at >= bytes.count {
        if hasDirectives { throw YAMLError("expected a document behind the directives", at: at) }
        return documents
      } else if hasDirectives {
        throw YAMLError("expected '---' behind the directives", at: at)
      }
      documents.append(try node(above: -1, sameLine: false))
      try skipToToken()
      while isMarker("...") {
        at += 3
        try skipToToken()
      }
      guard at >= bytes.count || isMarker("---") || byte(at) == UInt8(ascii: "%") else {
        throw YAMLError("expected the end of the document", at: at)
      }
    }
  }

  private mutating func directive() throws(YAMLError) {
    let start = at
    while !isBreak(byte(at)), at < bytes.count { at += 1 }
    let words = String(decoding: bytes[start..<at], as: UTF8.self).split(whereSeparator: \.isWhitespace)
    if words.first == "%TAG" {
      guard words.count >= 3 else { throw YAMLError("a %TAG directive is malformed", at: start) }
      handles[String(words[1])] = String(words[2])
    }
  }

  /// A tag with its `%xx` resolved, as loaders compare it.
  package static func unescapedTag(_ tag: String) -> String {
    guard tag.contains("%") else { return tag }
    var out: [UInt8] = []
    let units = Array(tag.utf8)
    var index = 0
    while index < units.count {
      if units[index] == UInt8(ascii: "%"), index + 2 < units.count,
        let value = UInt8(String(decoding: units[index + 1...index + 2], as: UTF8.self), radix: 16)
      {
        out.append(value)
        index += 3
      } else {
        out.append(units[index])
        index += 1
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  // MARK: Bytes

  func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0x0A }
  func isBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
  func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
  func isSpace(_ byte: UInt8) -> Bool { isBreak(byte) || isBlank(byte) }

  /// How far `at` is into its line.
  var column: Int {
    var start = at
    while start > 0, !isBreak(bytes[start - 1]) { start -= 1 }
    if start == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = min(3, at) }
    return at - start
  }

  /// `---` or `...` at the start of a line.
  func isMarker(_ text: StaticString) -> Bool { isMarker(text, at: at) }

  func isMarker(_ text: StaticString, at start: Int) -> Bool {
    guard start + 3 <= bytes.count else { return false }
    var index = start
    for unit in text.description.utf8 {
      if bytes[index] != unit { return false }
      index += 1
    }
    return isSpace(byte(index))
      && (start == 0 || isBreak(bytes[start - 1]) || (start == 3 && bytes[0] == 0xEF))
  }

  /// Moves over blanks, comments and line ends. A tab is no indentation.
  mutating func skipToToken() throws(YAMLError) {
    var lineStart = at == 0 || isBreak(bytes[at - 1])
    var tab = false
    while at < bytes.count {
      switch bytes[at] {
      case 0x20: at += 1
      case 0x09:
        tab = tab || lineStart
        at += 1
      case 0x0A, 0x0D:
        at += 1
        lineStart = true
        tab = false
      case UInt8(ascii: "#") where at == 0 || isSpace(bytes[at - 1]):
        while at < bytes.count, !isBreak(bytes[at]) { at += 1 }
      default:
        if tab { throw YAMLError("a tab indents a line", at: at) }
        return
      }
    }
  }

  mutating func skipBlanks() { while at < bytes.count, isBlank(bytes[at]) { at += 1 } }

  /// Whether nothing but a comment follows on this line.
  mutating func isLineEnd() -> Bool {
    let before = at
    skipBlanks()
    return isBreak(byte(at))
      || (byte(at) == UInt8(ascii: "#") && (at > before || at == 0 || isSpace(bytes[at - 1])))
  }

  mutating func count() throws(YAMLError) {
    nodes += 1
    guard nodes <= Limits.yamlNodes else {
      throw YAMLError("the text has more than \(Limits.yamlNodes) values", at: at, isLimit: true)
    }
  }

  mutating func descend() throws(YAMLError) {
    depth += 1
    guard depth <= Limits.yamlDepth else {
      throw YAMLError(
        "the text nests deeper than \(Limits.yamlDepth) levels", at: at, isLimit: true, isDeep: true)
    }
  }
}
