// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// What stands next in an XML text.
package enum XMLEvent: Sendable {
  /// An opening tag; an ``end(name:)`` follows also when it closes itself.
  case start(name: String, attributes: [XMLAttribute], at: Int)
  case end(name: String)
  /// Text or CDATA between tags, with the five plain entities and character references resolved.
  case text(String, at: Int)
  /// `<!DOCTYPE …>` as it is written, with its declarations.
  case doctype(String, at: Int)
  /// `<?target …?>`, the XML declaration included.
  case instruction(target: String, text: String, at: Int)
}

package struct XMLAttribute: Sendable, Equatable {
  package let name: String
  package let value: String
}

package struct XMLError: Error, Sendable, Equatable, CustomStringConvertible {
  package let reason: String
  package let offset: Int
  package var description: String { reason }
}

/// Reads XML 1.0 in UTF-8 from front to back, one event at a time: every tag closed by its own, one element at the top,
/// no attribute twice, no `<` in a value. Entities are never expanded: one that no XML text has by itself is an error.
/// Text of more than ``Limits/xmlPiece`` bytes comes in parts.
///
///     var reader = XMLReader(bytes)
///     while let event = try reader.next() { … }
package struct XMLReader {
  let bytes: Bytes
  var at = 0
  private var open: [String] = []
  private var pendingEnd: String?
  private var hasRoot = false

  package init(_ bytes: Bytes) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
  }

  /// How many elements are open.
  package var depth: Int { open.count }

  /// The next event; nil at the end.
  package mutating func next() throws(XMLError) -> XMLEvent? {
    if let name = pendingEnd {
      pendingEnd = nil
      open.removeLast()
      return .end(name: name)
    }
    while at < bytes.count {
      let start = at
      if bytes[at] != UInt8(ascii: "<") {
        let text = try characters()
        if open.isEmpty {
          guard text.allSatisfy(\.isWhitespace) else { throw error("text outside of the elements", start) }
          continue
        }
        if text.allSatisfy(\.isWhitespace) { continue }
        return .text(text, at: start)
      }
      if stands("<!--") {
        guard let end = find("-->", from: at + 4) else { throw error("a comment has no end", start) }
        at = end + 3
        continue
      }
      if stands("<![CDATA[") {
        guard !open.isEmpty else { throw error("text outside of the elements", start) }
        guard let end = find("]]>", from: at + 9) else { throw error("a CDATA section has no end", start) }
        let text = string(at + 9, min(end, at + 9 + Limits.xmlPiece))
        at = end + 3
        return .text(text, at: start)
      }
      if stands("<?") {
        guard let end = find("?>", from: at + 2) else { throw error("an instruction has no end", start) }
        let text = string(at + 2, min(end, at + 2 + Limits.xmlPiece))
        at = end + 2
        let target = text.prefix { !$0.isWhitespace }
        return .instruction(
          target: String(target), text: String(text.dropFirst(target.count).drop(while: \.isWhitespace)),
          at: start)
      }
      if stands("<!") { return try doctype() }
      if stands("</") {
        at += 2
        let name = try self.name()
        skipSpace()
        guard peek == UInt8(ascii: ">") else { throw error("expected '>' behind the name of a tag", at) }
        at += 1
        guard open.last == name else { throw error("'</\(name)>' closes what is not open", start) }
        open.removeLast()
        return .end(name: name)
      }
      return try element()
    }
    guard open.isEmpty else { throw error("'<\(open.last ?? "")>' is not closed", at) }
    guard hasRoot else { throw error("expected an element, found none", at) }
    return nil
  }

  private mutating func element() throws(XMLError) -> XMLEvent {
    let start = at
    at += 1
    let name = try self.name()
    if open.isEmpty {
      guard !hasRoot else { throw error("a second element at the top", start) }
      hasRoot = true
    }
    var attributes: [XMLAttribute] = []
    while true {
      let before = at
      skipSpace()
      guard let byte = peek else { throw error("a tag has no end", start) }
      if byte == UInt8(ascii: ">") {
        at += 1
        break
      }
      if byte == UInt8(ascii: "/") {
        guard at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: ">") else {
          throw error("expected '/>'", at)
        }
        at += 2
        pendingEnd = name
        break
      }
      guard at > before else { throw error("expected a blank in front of an attribute", at) }
      let attribute = try self.name()
      skipSpace()
      guard peek == UInt8(ascii: "=") else { throw error("expected '=' behind '\(attribute)'", at) }
      at += 1
      skipSpace()
      let value = try self.value()
      guard attributes.count < Limits.xmlAttributes, !attributes.contains(where: { $0.name == attribute })
      else { throw error("the attribute '\(attribute)' stands twice, or there are too many", at) }
      attributes.append(XMLAttribute(name: attribute, value: value))
    }
    guard open.count < Limits.xmlDepth else {
      throw error("the text nests deeper than \(Limits.xmlDepth) elements", start)
    }
    open.append(name)
    return .start(name: name, attributes: attributes, at: start)
  }

  private mutating func doctype() throws(XMLError) -> XMLEvent {
    let start = at
    guard open.isEmpty else { throw error("a declaration inside of an element", at) }
    var brackets = 0
    var quote: UInt8 = 0
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
        case UInt8(ascii: "["): brackets += 1
        case UInt8(ascii: "]"): brackets -= 1
        case UInt8(ascii: ">") where brackets <= 0:
          return .doctype(string(start, min(at, start + Limits.xmlPiece)), at: start)
        default: break
        }
      }
    }
    throw error("a declaration has no end", start)
  }

  private mutating func characters() throws(XMLError) -> String {
    var out: [UInt8] = []
    let limit = at + Limits.xmlPiece
    let source = bytes
    let span = source.span
    while at < span.count, span[at] != UInt8(ascii: "<"), at < limit {
      if span[at] == UInt8(ascii: "&") {
        try reference(into: &out)
      } else {
        out.append(span[at])
        at += 1
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  private mutating func value() throws(XMLError) -> String {
    let start = at
    guard let quote = peek, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      throw error("expected a value in quotes", at)
    }
    at += 1
    var out: [UInt8] = []
    let source = bytes
    let span = source.span
    while at < span.count {
      let byte = span[at]
      if byte == quote {
        at += 1
        return String(decoding: out, as: UTF8.self)
      }
      if byte == UInt8(ascii: "<") { throw error("'<' in a value", at) }
      if byte == UInt8(ascii: "&") {
        try reference(into: &out)
        continue
      }
      out.append(byte)
      at += 1
      guard out.count <= Limits.xmlPiece else { throw error("a value is too long", start) }
    }
    throw error("a value has no end", start)
  }

  private mutating func reference(into out: inout [UInt8]) throws(XMLError) {
    let start = at
    var end = at + 1
    while end < bytes.count, bytes[end] != UInt8(ascii: ";"), end - start < 32 { end += 1 }
    guard end < bytes.count, bytes[end] == UInt8(ascii: ";") else { throw error("'&' begins no entity", start) }
    let name = string(start + 1, end)
    at = end + 1
    switch name {
    case "lt": out.append(UInt8(ascii: "<"))
    case "gt": out.append(UInt8(ascii: ">"))
    case "amp": out.append(UInt8(ascii: "&"))
    case "quot": out.append(UInt8(ascii: "\""))
    case "apos": out.append(UInt8(ascii: "'"))
    default:
      let number =
        name.hasPrefix("#x")
        ? UInt32(name.dropFirst(2), radix: 16) : name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
      guard let number, let scalar = Unicode.Scalar(number) else {
        throw error("the entity '&\(name);' is not one of XML's own", start)
      }
      out.append(contentsOf: String(Character(scalar)).utf8)
    }
  }

  // MARK: Bytes

  private var peek: UInt8? { at < bytes.count ? bytes[at] : nil }

  private func error(_ reason: String, _ offset: Int) -> XMLError { XMLError(reason: reason, offset: offset) }

  private func string(_ start: Int, _ end: Int) -> String {
    String(decoding: bytes.slice(start..<end).array(), as: UTF8.self)
  }

  private func stands(_ text: StaticString) -> Bool { stands(text, at: at) }

  private func stands(_ text: StaticString, at start: Int) -> Bool {
    guard bytes.count - start >= text.utf8CodeUnitCount else { return false }
    var index = start
    for unit in text.description.utf8 {
      if bytes[index] != unit { return false }
      index += 1
    }
    return true
  }

  private func find(_ text: StaticString, from start: Int) -> Int? {
    let source = bytes
    let span = source.span
    let first = text.description.utf8.first!
    var index = start
    while index < span.count {
      if span[index] == first, stands(text, at: index) { return index }
      index += 1
    }
    return nil
  }

  private mutating func skipSpace() {
    while at < bytes.count, [0x20, 9, 10, 13].contains(bytes[at]) { at += 1 }
  }

  private mutating func name() throws(XMLError) -> String {
    let start = at
    while at < bytes.count {
      let byte = bytes[at]
      let letter = (0x41...0x5A).contains(byte & 0xDF) || byte >= 0x80 || byte == 0x5F || byte == 0x3A
      let further = (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x2E
      guard letter || (further && at > start) else { break }
      at += 1
    }
    guard at > start, at - start <= 1024 else { throw error("expected a name", start) }
    return string(start, at)
  }
}
