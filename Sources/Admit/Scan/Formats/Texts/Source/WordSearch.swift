// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Looks for many words at once, byte by byte, in one pass over a text.
struct WordSearch: Sendable {
  private let words: [[UInt8]]
  /// The words that begin with each byte.
  private let starts: [[Int]]

  init(_ words: [String]) {
    self.words = words.map { Array($0.utf8) }
    var starts = [[Int]](repeating: [], count: 256)
    for (index, word) in self.words.enumerated() where !word.isEmpty { starts[Int(word[0])].append(index) }
    self.starts = starts
  }

  /// The number of the first word that stands in the text, and where it ends in its bytes.
  func first(in text: String, from start: Int = 0) -> (word: Int, end: Int)? {
    first(in: text.utf8.span, from: start)
  }

  func first(in span: Span<UInt8>, from start: Int = 0) -> (word: Int, end: Int)? {
    var at = start
    while at < span.count {
      for index in starts[Int(span[at])] {
        let word = words[index]
        guard span.count - at >= word.count else { continue }
        var same = 1
        while same < word.count, span[at + same] == word[same] { same += 1 }
        if same == word.count { return (index, at + same) }
      }
      at += 1
    }
    return nil
  }
}

extension StringProtocol {
  /// Whether a word stands in the text, byte for byte: a search that knows letters is many times slower.
  func holds(_ word: String) -> Bool {
    let units = Array(word.utf8)
    let text = utf8
    guard let first = units.first else { return true }
    var rest = text[...]
    while let found = rest.firstIndex(of: first) {
      let candidate = rest[found...]
      if candidate.starts(with: units) { return true }
      rest = candidate.dropFirst()
    }
    return false
  }
}
