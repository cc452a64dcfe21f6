// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import Testing

/// A licence is told by its whole text, and by nothing less.
@Suite struct LicenceTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

  private static func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent("Licences/\(name).txt"), encoding: .utf8)
      .replacing("[year]", with: "2026").replacing("[fullname]", with: "A Company of Some Length, Inc.")
  }

  /// Of one file that has this text.
  private static func licences(_ text: String, in name: String = "LICENSE") throws -> [String] {
    try ModelFolder.bill(name, text).licences
  }

  @Test(arguments: [
    ("mit", "MIT"), ("bsd-2-clause", "BSD-2-Clause"), ("bsd-3-clause", "BSD-3-Clause"), ("isc", "ISC"),
  ])
  func textsAreRecognised(_ file: String, _ identifier: String) throws {
    let text = try Self.text(file)
    #expect(try Self.licences(text) == ["concluded \(identifier)"])
    // However it is set.
    let wrapped = text.split(whereSeparator: \.isWhitespace).joined(separator: "\r\n  * ").uppercased()
    #expect(try Self.licences(wrapped, in: "COPYING.txt") == ["concluded \(identifier)"])
  }

  @Test func ourOwnLicenceIsRecognised() throws {
    let own = Self.folder.appendingPathComponent("../../../LICENSE").standardizedFileURL
    #expect(
      try Self.licences(String(contentsOf: own, encoding: .utf8), in: "LICENSE.md") == [
        "concluded Apache-2.0"
      ])
  }

  /// One condition more or less makes another licence.
  @Test(arguments: ["mit", "bsd-2-clause", "bsd-3-clause", "isc"])
  func changedTextsAreNot(_ file: String) throws {
    let text = try Self.text(file)
    let middle = text.index(text.startIndex, offsetBy: text.count / 2)
    let gap = text[middle...].firstIndex(of: " ")!
    var added = text
    added.insert(contentsOf: " The Software shall be used for Good, not Evil. ", at: gap)
    let taken = text.replacing(" without", with: "", maxReplacements: 1)
    try #require(taken != text)
    let appended = text + "\nNot for commercial use."
    for changed in [added, taken, appended] {
      let found = try Self.licences(changed)
      #expect(found.count == 1 && found[0].hasPrefix("concluded named "), "\(found)")
    }
  }

  @Test func unknownTextsGoByTheirFirstLine() throws {
    #expect(
      try Self.licences("\n\n  LLAMA 9 COMMUNITY LICENSE\n\nBe nice.") == [
        "concluded named LLAMA 9 COMMUNITY LICENSE"
      ])
    #expect(try Self.licences("\n \n") == [])
    #expect(try Self.licences(try Self.text("mit"), in: "licenses.py") == [])
  }

  @Test func whatTheAuthorsDeclareStandsAboveWhatTheTextSays() throws {
    let bill = try ModelFolder.bill([
      "LICENSE": Bytes(utf8: try Self.text("mit")),
      "README.md": Bytes(utf8: "---\nlicense: mit\n---\nHello\n"),
    ])
    #expect(bill.licences == ["declared MIT"])
    let both = try ModelFolder.bill([
      "LICENSE": Bytes(utf8: try Self.text("mit")),
      "README.md": Bytes(utf8: "---\r\nlicense: cc-by-nc-4.0\r\n---\r\nHello\r\n"),
    ])
    #expect(both.licences == ["declared CC-BY-NC-4.0", "concluded MIT"])
    let named = try ModelFolder.bill("README.md", "---\nlicense: other\nlicense_name: gemma\n---\nHello\n")
    #expect(named.licences == ["declared named gemma"])
  }
}
