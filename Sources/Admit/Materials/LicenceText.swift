// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A licence that is recognised by its whole text: everything that binds must be there word for word, and between it only
/// what differs from owner to owner, such as names. A text with a condition added or taken out is not the licence that it
/// looks like, and goes by the name on its first line.
///
/// Words are letters and digits of ASCII without regard to case: line breaks, quotation marks and dashes differ everywhere.
struct LicenceText: Sendable {
  /// Words that must stand there as they are.
  struct Part: Sendable {
    /// At most so many words may stand in front of it.
    let within: Int
    /// Its first words.
    let begins: [String]
    let words: Int
    /// SHA-256 in hex of all its words with a space between them.
    let digest: String

    init(within: Int, begins: String, words: Int, digest: String) {
      self.within = within
      self.begins = begins.split(separator: " ").map(String.init)
      self.words = words
      self.digest = digest
    }
  }

  let identifier: String
  let parts: [Part]
  /// At most so many words may follow.
  let tail: Int

  /// Whether a file is called as licences are: `LICENSE`, `LICENCE.txt`, `COPYING.md`, `LICENSE-MIT`.
  static func isName(_ name: String) -> Bool {
    let name = name.lowercased()
    let stem = String(name.prefix { $0.isLetter })
    guard ["license", "licence", "copying", "unlicense"].contains(stem) else { return false }
    guard let dot = name.lastIndex(of: ".") else { return true }
    return ["txt", "md", "rst"].contains(name[name.index(after: dot)...]) || name.hasPrefix(stem + "-")
  }

  /// - Returns: nil for a text without a letter.
  static func recognise(_ text: String) -> Licence? {
    let words = words(of: text)
    if let known = all.first(where: { $0.fits(words) }) {
      return Licence(named: known.identifier, isDeclared: false)
    }
    let title = text.split(whereSeparator: \.isNewline).lazy.map { String($0).trimmed }
      .first { $0.contains(where: \.isLetter) }
    return title.map { Licence(unrecognised: String($0.prefix(100))) }
  }

  private func fits(_ words: [String]) -> Bool {
    var at = 0
    for part in parts {
      let last = min(at + part.within, words.count - part.words)
      guard at <= last,
        let start = (at...last).first(where: { words[$0...].starts(with: part.begins) }),
        case let end = start + part.words,
        Digest.of(Array(words[start..<end].joined(separator: " ").utf8)).hex == part.digest
      else { return false }
      at = end
    }
    return words.count - at <= tail
  }

  private static func words(of text: String) -> [String] {
    var words: [String] = []
    var word: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0x61...0x7A, 0x30...0x39: word.append(byte)
      case 0x41...0x5A: word.append(byte | 0x20)
      default:
        if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
        word.removeAll(keepingCapacity: true)
      }
    }
    if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
    return words
  }
}
