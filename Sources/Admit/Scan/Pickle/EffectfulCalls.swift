// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Functions of Python and of common packages that, by their source, hand what they get to something that runs code,
/// starts processes, opens files or connections, or loads pickles. To name one is ordinary, since pickles refer to functions;
/// to call one while a file loads is not.
///
/// `Scripts/effectful-calls.py` finds them in the sources of Python 3.8 to 3.13 and of what it is given.
enum EffectfulCalls {
  static func contains(_ module: String, _ name: String) -> Bool {
    table[module]?.contains { Words.of($0).contains(name) } ?? false
  }

  private static let table: [String: [Substring]] = {
    var modules: [String: [Substring]] = [:]
    for line in Words.lines(of: text) {
      guard let space = line.utf8.firstIndex(of: UInt8(ascii: " ")) else { continue }
      modules[String(line[..<space]), default: []].append(line[line.index(after: space)...])
    }
    return modules
  }()
}
