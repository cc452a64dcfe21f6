// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats

/// The tokens of a line, and what is asked about them at every name: found out once, because a line may have thousands of names.
final class PythonTokens {
  let all: [PythonLine.Token]

  init(_ all: [PythonLine.Token]) { self.all = all }

  var count: Int { all.count }
  var indices: Range<Int> { all.indices }
  subscript(index: Int) -> PythonLine.Token { all[index] }

  /// Where it goes on behind the bracket that closes what is open at a token.
  func closing(from start: Int) -> Int { start < count ? behind[start] : count }

  /// For each token the place behind the bracket that closes what is open there, from the last to the first.
  private lazy var behind: [Int] = {
    var behind = all.map { _ in count }
    var closers: [Int] = []
    for index in all.indices.reversed() {
      if all[index].kind == .sign {
        switch all[index].text {
        case "(", "[", "{": _ = closers.popLast()
        case ")", "]", "}": closers.append(index + 1)
        default: break
        }
      }
      behind[index] = closers.last ?? count
    }
    return behind
  }()

  /// Whether a word of a shell stands at a token or behind it.
  func hasShell(from index: Int) -> Bool { lastShell >= index }
  private lazy var lastShell = all.lastIndex(where: SourceHarm.isShell) ?? -1

  /// Whether something that looks like the mode of a file that is written to stands at a token or behind it.
  func opensToWrite(from index: Int) -> Bool { lastMode >= index }
  private lazy var lastMode =
    all.lastIndex {
      $0.kind == .text && (1...3).contains($0.text.count) && "wax".contains($0.text.first!)
    } ?? -1

  /// Whether there is a path from the root or from the user's folder.
  private(set) lazy var namesOutside = all.contains {
    $0.kind == .text
      && ($0.text.hasPrefix("/") || $0.text.hasPrefix("~") || $0.text.contains("../")
        || $0.text.dropFirst().hasPrefix(":\\"))
  }
}
