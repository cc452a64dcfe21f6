// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// The words of the tables that lists are written as. Tables are ASCII: looking for the boundaries of characters, as `split` of a
/// string does, took a third of the time of a small scan.
enum Words {
  static func of(_ text: some StringProtocol) -> [String] {
    text.utf8.split(whereSeparator: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  static func lines(of text: String) -> [Substring] {
    text.utf8.split(separator: UInt8(ascii: "\n")).map { Substring($0) }
  }
}
