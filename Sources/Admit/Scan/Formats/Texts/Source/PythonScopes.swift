// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats

/// Which functions a line is in, and which functions run when the file is imported.
struct PythonScopes {
  private struct Scope {
    let indent: Int
    /// Nil for what stands under `if __name__ == "__main__":`.
    let name: String?
  }

  private var open: [Scope] = []
  /// Everything that is indented belongs to something above it.
  private(set) var indent = 0
  /// What each function calls, by its plain name; the file itself is "".
  private var calls: [String: Set<String>] = [:]

  /// Whether the line runs when the file is imported.
  var isImported: Bool { open.isEmpty }
  /// Whether the line runs in any case, and not only under some condition.
  var isTop: Bool { open.isEmpty && indent == 0 }
  /// The outermost function that the line is in; nil at the top, and where nothing calls it by a name.
  var function: String? { open.first.flatMap(\.name) }

  mutating func enter(_ line: PythonLine) {
    while let last = open.last, line.indent <= last.indent { open.removeLast() }
    indent = line.indent
  }

  /// Opens what the line begins; its own defaults and decorators still run outside of it.
  mutating func begin(_ line: PythonLine) {
    let tokens = line.tokens
    guard tokens.count > 1, !line.isContinued else { return }
    if tokens[0].isName("def") {
      open.append(.init(indent: line.indent, name: tokens[1].text))
    } else if tokens[0].isName("async"), tokens.count > 2, tokens[1].isName("def") {
      open.append(.init(indent: line.indent, name: tokens[2].text))
    } else if tokens[0].isName("if"), tokens[1].isName("__name__") {
      open.append(.init(indent: line.indent, name: nil))
    }
  }

  mutating func call(_ name: String) {
    guard open.isEmpty || function != nil, calls.count < 4096 else { return }
    calls[function ?? "", default: []].insert(name)
  }

  /// The functions that run when the file is imported.
  var reached: Set<String> {
    var reached: Set<String> = []
    var waiting = Array(calls["", default: []])
    while let name = waiting.popLast() {
      if reached.insert(name).inserted { waiting += calls[name, default: []] }
    }
    return reached
  }
}
