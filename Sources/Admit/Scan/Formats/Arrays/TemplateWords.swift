// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// A first look at templates in metadata: words that lead out of Jinja's data into Python.
enum TemplateWords {
  private static let dangerous = [
    "__", "attr(", "|attr", "| attr", "mro()", ".mro", "subclasses", "globals()", "builtins", "import ",
    "import(",
    "popen", "os.system", "subprocess", "eval(", "exec(", "getattr", "cycler.", "lipsum", "joiner.",
    "url_for",
    "get_flashed", "self._", "request.", "config.", "gi_frame", "cr_frame", "f_globals", "func_globals",
    "{% include",
    "{%- include", "{% extends", "{%- extends", "\\x5f", "\\u005f", "%c", "'_'*2", "\"_\"*2",
  ]

  /// What in a template can run code, or nil.
  static func danger(in text: String) -> String? {
    guard isTemplate(text) else { return nil }
    for code in blocks(of: text) {
      let folded = code.lowercased()
      if let word = dangerous.first(where: { folded.contains($0) }) { return word }
    }
    return nil
  }

  static func isTemplate(_ text: String) -> Bool { text.contains("{%") || text.contains("{{") }

  /// What stands between the braces.
  private static func blocks(of text: String) -> [Substring] {
    var blocks: [Substring] = []
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      rest = rest[rest.index(after: open)...]
      guard let mark = rest.first, mark == "%" || mark == "{" else { continue }
      var end = rest.endIndex
      var index = rest.startIndex
      while index < rest.endIndex {
        let next = rest.index(after: index)
        if next < rest.endIndex, rest[index] == (mark == "%" ? "%" : "}"), rest[next] == "}" {
          end = index
          break
        }
        index = next
      }
      blocks.append(rest[..<end])
      rest = rest[end...]
    }
    return blocks
  }
}

extension ArtifactScan {
  /// Judges a text that may be a template, wherever it stands in the metadata of a model.
  mutating func scanMetadataText(_ text: String, key: String, at offset: Int?, _ place: Place) {
    guard TemplateWords.isTemplate(text) else { return }
    if let word = TemplateWords.danger(in: text) {
      note(
        "template.code", "\(key) is a template that leaves its data with '\(word)'",
        construct: "jinja:\(word)",
        at: offset, place)
    } else {
      var inner = place.inside(key)
      // Only templates are rendered; of other texts that look like one, only harm counts.
      inner.isRawData = place.isRawData || !key.contains("template")
      JinjaScan.examine(Bytes(utf8: text), at: inner, in: &self)
    }
  }
}
