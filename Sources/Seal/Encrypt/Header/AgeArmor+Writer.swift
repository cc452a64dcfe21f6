// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

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
      var start = 0
      while start < part.count {
        let taken = min(AgeArmor.lineBytes - pending.count, part.count - start)
        for index in start..<start + taken { pending.append(part[index]) }
        start += taken
        if pending.count == AgeArmor.lineBytes { addLine(to: &text) }
      }
      return text
    }

    /// What is left, and the last line.
    package mutating func end() -> [UInt8] {
      var text = beginning()
      if !pending.isEmpty { addLine(to: &text) }
      return text + Array("\(AgeArmor.end)\n".utf8)
    }

    private mutating func beginning() -> [UInt8] {
      defer { hasBegun = true }
      return hasBegun ? [] : Array("\(AgeArmor.begin)\n".utf8)
    }

    private mutating func addLine(to text: inout [UInt8]) {
      text += Base64.standard.padded(pending)
      text.append(UInt8(ascii: "\n"))
      pending.removeAll(keepingCapacity: true)
    }
  }
}
