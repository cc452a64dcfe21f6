// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Mustache

/// How text becomes part of a page.
///
/// The template engine's own escaping goes by grapheme clusters: a `<` after U+0600, or a `"` before U+0301, is another
/// character to it and stays as it is. This one goes by scalars. Characters that reorder or hide text are shown by their
/// number, because a name in a hostile file must look like what it is.
struct HTMLText: MustacheContentType {
  func escapeText(_ text: String) -> String {
    var escaped = ""
    escaped.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      case "\n", "\t": escaped.unicodeScalars.append(scalar)
      default:
        if Self.isHidden(scalar) {
          escaped += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
        } else {
          escaped.unicodeScalars.append(scalar)
        }
      }
    }
    return escaped
  }

  /// Controls, and what has no look of its own: direction marks, zero-width characters, tags.
  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
    default: false
    }
  }
}
