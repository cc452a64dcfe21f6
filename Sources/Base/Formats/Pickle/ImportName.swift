// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Whether what stands on the two lines of a GLOBAL can be the path of a module and of something in it. An import
/// of `hannels:` fails before anything is run, and the first lines of ordinary text are nothing else.
package enum ImportName {
  /// Identifiers of any script between dots, and nothing empty. Characters that cannot be seen do not count: they
  /// are how a name is disguised.
  package static func isPath(_ text: String) -> Bool {
    var isStart = true
    for scalar in text.unicodeScalars {
      if scalar == "." {
        if isStart { return false }
        isStart = true
        continue
      }
      switch scalar.properties.generalCategory {
      case .format, .privateUse, .unassigned, .nonspacingMark: continue
      // A file whose line ends were changed.
      case .control where scalar == "\r" || scalar == "\0": continue
      default: break
      }
      // What look like dots and digits in other scripts are disguises too.
      if scalar.value >= 0x80, !scalar.properties.isWhitespace {
        isStart = false
        continue
      }
      let isLetter = scalar == "_" || scalar.properties.isAlphabetic
      guard isLetter || (!isStart && ("0"..."9").contains(scalar)) else { return false }
      isStart = false
    }
    return !isStart
  }

  package static func isImportable(_ module: String, _ name: String) -> Bool {
    isPath(module) && isPath(name)
  }
}
