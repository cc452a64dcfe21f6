// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension String {
  /// The text with control and formatting characters written as escapes. Names come from models, which are hostile, and
  /// messages end on terminals.
  package var visible: String {
    var text = ""
    for scalar in unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        text += "\\u{" + String(scalar.value, radix: 16) + "}"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
