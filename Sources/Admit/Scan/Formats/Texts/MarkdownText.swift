// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// A text as documentation: what it only shows, in fences and between backticks, and what it says.
struct MarkdownText {
  /// It has headings, fences or links: nothing runs it.
  private(set) var isMarkdown = false
  /// It has fences or front matter, which no source code has at the start of a line.
  private(set) var isDocument = false
  /// The text with what it only shows left out.
  private(set) var outside: Bytes
  /// YAML between `---` at its start.
  private(set) var frontMatter: Bytes?
  /// What follows the front matter.
  private(set) var body: Bytes?
  /// Anywhere: `{%` and `{{`.
  private(set) var hasTags = false
  private(set) var hasOutputs = false
  private(set) var hasOutsideTags = false
  private(set) var hasOutsideMarks = false
  /// A name of Python's insides in a template that the text only shows.
  private(set) var fencedEscape: String?

  init(_ text: Bytes) {
    let span = text.span
    var kept: [UInt8] = []
    var shown: [UInt8] = []
    var at = 0
    var headings = 0
    var fences = 0
    var links = 0
    var isFenced = false
    var lines = 0
    var front: Int?
    var body = 0
    let isPlain =
      !Self.contains(span, UInt8(ascii: "`"), UInt8(ascii: "`"))
      && !Self.contains(span, UInt8(ascii: "]"), UInt8(ascii: "("))
      && !Self.contains(span, UInt8(ascii: "#"), UInt8(ascii: " ")) && !Self.begins(span, 0, "---")
      && !Self.contains(span, UInt8(ascii: "~"), UInt8(ascii: "~"))
    hasTags = Self.contains(span, UInt8(ascii: "{"), UInt8(ascii: "%"))
    hasOutputs = Self.contains(span, UInt8(ascii: "{"), UInt8(ascii: "{"))
    if isPlain {
      outside = text
      hasOutsideTags = hasTags
      hasOutsideMarks = hasTags || hasOutputs
      return
    }
    while at < span.count {
      let start = at
      while at < span.count, span[at] != 10 { at += 1 }
      let end = at
      at += 1
      lines += 1
      var first = start
      while first < end, span[first] == 0x20 || span[first] == 9 || span[first] == UInt8(ascii: ">") {
        first += 1
      }
      if lines == 1, Self.begins(span, start, "---"), end - start <= 4 {
        front = at
        continue
      }
      if let open = front, frontMatter == nil, Self.begins(span, start, "---"), end - start <= 4 {
        frontMatter = text.slice(open..<start)
        body = min(at, span.count)
        kept.removeAll(keepingCapacity: true)
        continue
      }
      if Self.begins(span, first, "```") || Self.begins(span, first, "~~~") {
        isFenced.toggle()
        fences += 1
        continue
      }
      if isFenced {
        for index in start..<min(at, span.count) { shown.append(span[index]) }
        continue
      }
      if first < end, span[first] == UInt8(ascii: "#") {
        var hash = first
        while hash < end, span[hash] == UInt8(ascii: "#") { hash += 1 }
        if hash - first <= 6, hash < end, span[hash] == 0x20 { headings += 1 }
      }
      // Between backticks, on one line.
      var index = start
      while index < min(at, span.count) {
        if span[index] == UInt8(ascii: "`") {
          var close = index + 1
          while close < end, span[close] != UInt8(ascii: "`") { close += 1 }
          if close < end {
            if index + 1 < close { for inner in index + 1..<close { shown.append(span[inner]) } }
            index = close + 1
            continue
          }
        }
        if span[index] == UInt8(ascii: "]"), index + 1 < end, span[index + 1] == UInt8(ascii: "(") {
          links += 1
        }
        kept.append(span[index])
        index += 1
      }
    }
    let hasFront = frontMatter != nil && body < span.count && !Self.isBlank(span, from: body)
    // `#` begins a comment in many languages: one heading is not enough where the rest is code.
    isMarkdown =
      hasFront || fences >= 2 || links >= 1 && headings >= 1 || headings >= 2 && Self.hasSentence(kept)
    isDocument = hasFront || fences >= 2
    if hasFront { self.body = text.slice(body..<text.count) } else { frontMatter = nil }
    if isMarkdown {
      outside = Bytes(kept)
      let shownBytes = Bytes(shown)
      let inner = shownBytes.span
      if Self.contains(inner, UInt8(ascii: "{"), UInt8(ascii: "{"))
        || Self.contains(inner, UInt8(ascii: "{"), UInt8(ascii: "%"))
      {
        fencedEscape = JinjaNames.escape(in: shownBytes)
      }
    } else {
      outside = text
    }
    let left = outside
    let rest = left.span
    hasOutsideTags = Self.contains(rest, UInt8(ascii: "{"), UInt8(ascii: "%"))
    hasOutsideMarks = hasOutsideTags || Self.contains(rest, UInt8(ascii: "{"), UInt8(ascii: "{"))
  }

  private static func contains(_ span: Span<UInt8>, _ first: UInt8, _ second: UInt8) -> Bool {
    guard span.count > 1 else { return false }
    for index in 0..<span.count - 1 where span[index] == first && span[index + 1] == second { return true }
    return false
  }

  private static func begins(_ span: Span<UInt8>, _ start: Int, _ text: StaticString) -> Bool {
    guard span.count - start >= text.utf8CodeUnitCount else { return false }
    var index = start
    for unit in text.description.utf8 {
      if span[index] != unit { return false }
      index += 1
    }
    return true
  }

  private static func isBlank(_ span: Span<UInt8>, from start: Int) -> Bool {
    for index in start..<span.count where span[index] > 0x20 { return false }
    return true
  }

  /// A line with six words that does not begin like a comment.
  private static func hasSentence(_ text: [UInt8]) -> Bool {
    for line in text.split(separator: 10).prefix(512) where line.first != UInt8(ascii: "#") {
      let words = line.split(separator: 0x20)
      if words.count >= 6,
        words.allSatisfy({
          $0.allSatisfy {
            $0 >= 0x80 || ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A)
              || ".,'-:;()!?\"0123456789".utf8.contains($0)
          }
        })
      {
        return true
      }
    }
    return false
  }
}
