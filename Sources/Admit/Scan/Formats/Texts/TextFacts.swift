// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// Signs in a text that something may run it. Code in fenced blocks of a Markdown text is only shown.
struct TextFacts: Sendable {
  struct Sign: Sendable {
    let what: String
    let offset: Int
  }

  private(set) var signs: [Sign] = []

  init(_ bytes: Bytes) {
    var cursor = ByteCursor(bytes.span)
    var fenced = false
    var seen = Set<String>()
    while !cursor.isAtEnd {
      let start = cursor.offset
      var line: [UInt8] = []
      while let byte = try? cursor.u8(), byte != 0x0A { if line.count < 512 { line.append(byte) } }
      let text = String(decoding: line, as: UTF8.self)
      let bare = text.drop { $0 == " " || $0 == "\t" }
      if bare.hasPrefix("```") || bare.hasPrefix("~~~") {
        fenced.toggle()
        continue
      }
      if fenced { continue }
      if let what = Self.sign(text, isFirst: start == 0), seen.insert(what).inserted {
        signs.append(Sign(what: what, offset: start))
      }
    }
  }

  private static func sign(_ line: String, isFirst: Bool) -> String? {
    if isFirst, line.hasPrefix("#!") { return "a script" }
    if line.contains("!!python/") { return "a YAML tag for Python objects" }
    if line.contains("{%") || line.contains("{{") { return "a template" }
    if line.contains("<?php") || line.contains("<script") { return "a script" }
    let words = line.split(separator: " ")
    if words.first == "import", words.count >= 2, !line.hasSuffix("."), words.count == 2 || words[2] == "as" {
      return "Python source"
    }
    if words.first == "from", words.count >= 4, words[2] == "import" { return "Python source" }
    if words.count >= 2, words[0] == "def" || words[0] == "class", line.hasSuffix(":") {
      return "Python source"
    }
    return nil
  }
}
