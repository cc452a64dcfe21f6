// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// Finds tags for objects in a text that is not read as YAML: because it is no YAML as it stands, or because it is larger
/// than what is read as a tree. Handles and escapes of tags are resolved as readers of YAML do.
struct TagSearch {
  struct Tag: Sendable {
    /// In full: `tag:yaml.org,2002:python/name:os.system`.
    let name: String
    let offset: Int
  }

  private(set) var tags: [Tag] = []
  private var handles: [(handle: String, prefix: String)] = []

  /// In the middle of a sentence a tag is only spoken of. A node, which a reader makes an object of, begins a line or
  /// follows a mark.
  init(_ text: Bytes) {
    let span = text.span
    var at = 0
    var lineStart = 0
    while at < span.count, tags.count < 256 {
      let byte = span[at]
      if byte == 0x0A || byte == 0x0D {
        lineStart = at + 1
      } else if byte == UInt8(ascii: "%"), at == lineStart {
        directive(Self.word(span, from: at, limit: 1024, toLineEnd: true))
      } else if byte == UInt8(ascii: "!") {
        // Most marks of this kind end a sentence.
        var end = at + 1
        while end < span.count, span[end] > 0x20, end - at < 6 { end += 1 }
        guard end - at >= 6 || !handles.isEmpty else {
          at = end
          continue
        }
        let written = Self.word(span, from: at, limit: 512, toLineEnd: false)
        if let name = resolved(written), Self.makesObjects(name), Self.beginsNode(span, lineStart, at) {
          tags.append(.init(name: name, offset: at))
        }
        at += max(1, written.utf8.count)
        continue
      }
      at += 1
    }
  }

  private static let kinds = WordSearch(["python/", "ruby/", "java.", "javax."])

  private static func makesObjects(_ name: String) -> Bool {
    kinds.first(in: name) != nil
  }

  /// A blank ends a tag, and a sign of a list or mapping.
  private static func word(_ span: Span<UInt8>, from start: Int, limit: Int, toLineEnd: Bool) -> String {
    var units: [UInt8] = []
    var at = start
    while at < span.count, at - start < limit {
      let byte = span[at]
      if byte == 0x0A || byte == 0x0D { break }
      if !toLineEnd,
        byte <= 0x20
          || ",[]{}".utf8.contains(byte) && span[min(start + 1, span.count - 1)] != UInt8(ascii: "<")
      {
        break
      }
      units.append(byte)
      at += 1
      if !toLineEnd, byte == UInt8(ascii: ">") { break }
    }
    return String(decoding: units, as: UTF8.self)
  }

  private mutating func directive(_ line: String) {
    let words = line.split(whereSeparator: \.isWhitespace)
    guard words.count >= 3, words[0] == "%TAG", handles.count < 64 else { return }
    handles.append((String(words[1]), YAMLReader.unescapedTag(String(words[2]))))
  }

  private func resolved(_ written: String) -> String? {
    if written.hasPrefix("!<") {
      return YAMLReader.unescapedTag(String(written.dropFirst(2).prefix { $0 != ">" }))
    }
    let plain = YAMLReader.unescapedTag(written)
    // A handle may mean another thing in each document: any of them counts.
    for (handle, prefix) in handles where plain.hasPrefix(handle) {
      let name = prefix + plain.dropFirst(handle.count)
      if Self.makesObjects(name) { return name }
    }
    if plain.hasPrefix("!!") { return "tag:yaml.org,2002:" + plain.dropFirst(2) }
    return plain.count > 1 ? plain : nil
  }

  /// Whether what stands in front of a tag on its line lets a node begin there.
  private static func beginsNode(_ span: Span<UInt8>, _ lineStart: Int, _ at: Int) -> Bool {
    var index = at
    while index > lineStart {
      index -= 1
      let byte = span[index]
      if byte == 0x20 || byte == 9 || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "<") { continue }
      if ":-?[{,|>&=".utf8.contains(byte) { return true }
      // Behind an anchor.
      while index >= lineStart, index >= max(0, at - 256) {
        if span[index] == UInt8(ascii: "&") { return true }
        index -= 1
      }
      return false
    }
    return true
  }
}
