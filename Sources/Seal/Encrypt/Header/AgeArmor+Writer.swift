// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension AgeArmor {
  /// Writes a sealed file in ASCII armour as it is made.
  ///
  ///     var armor = AgeArmor.Writer()
  ///     try SealedFile.seal(plaintext, to: recipients) { part in try file.write(armor.text(of: part).span) }
  ///     try file.write(armor.end().span)
  package struct Writer {
    /// What does not fill a line yet.
    private var pending: [UInt8] = []
    private var hasBegun = false

    package init() {}

    /// The lines that `part` completes.
    package mutating func text(of part: Span<UInt8>) -> [UInt8] {
      var text = beginning()
      text.reserveCapacity(text.count + part.count / AgeArmor.lineBytes * (AgeArmor.columns + 1) + 200)
      for index in part.indices {
        pending.append(part[index])
        if pending.count == AgeArmor.lineBytes { text += line() }
      }
      return text
    }

    /// What is left, and the last line.
    package mutating func end() -> [UInt8] {
      var text = beginning()
      if !pending.isEmpty { text += line() }
      return text + Array("\(AgeArmor.end)\n".utf8)
    }

    private mutating func beginning() -> [UInt8] {
      defer { hasBegun = true }
      return hasBegun ? [] : Array("\(AgeArmor.begin)\n".utf8)
    }

    private mutating func line() -> [UInt8] {
      defer { pending.removeAll(keepingCapacity: true) }
      return Base64.padded(pending) + [UInt8(ascii: "\n")]
    }
  }
}
