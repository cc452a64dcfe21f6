// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import Testing

@testable import MartletEncrypt

@Suite struct AgeArmorTests {
  @Test func everyLengthRoundTrips() throws {
    for count in 1...200 {
      let bytes = Sample.plaintext(count)
      let text = Sample.armored(bytes)
      #expect(text.split(separator: UInt8(ascii: "\n")).allSatisfy { $0.count <= 64 })
      #expect(AgeArmor.isArmored(Bytes(text)))
      #expect(try AgeArmor.decode(Bytes(text)).array() == bytes)
    }
  }

  /// However the parts fall that the writer is given.
  @Test func thePartsDoNotShow() {
    let bytes = Sample.plaintext(1000)
    for step in [1, 7, 48, 49, 999] {
      var writer = AgeArmor.Writer()
      var text: [UInt8] = []
      for start in stride(from: 0, to: bytes.count, by: step) {
        text += writer.text(of: bytes[start..<min(start + step, bytes.count)].span)
      }
      text += writer.end()
      #expect(text == Sample.armored(bytes))
    }
  }

  @Test func spaceAroundAndCarriageReturnsAreRead() throws {
    let text = String(decoding: Sample.armored(Sample.plaintext(100)), as: UTF8.self)
    for spelling in [
      " \n\t\n" + text, text + "\n \n", text.replacing("\n", with: "\r\n"), String(text.dropLast()),
    ] {
      #expect(try AgeArmor.decode(Bytes(utf8: spelling)).array() == Sample.plaintext(100))
    }
  }

  @Test func everyOtherSpellingIsRefused() throws {
    let text = String(decoding: Sample.armored(Sample.plaintext(100)), as: UTF8.self)
    let lines = text.split(separator: "\n").map(String.init)
    let cases: [(String, Int, ArmorFault)] = [
      (text.replacing("AGE ENCRYPTED", with: "age encrypted"), 1, .noBegin),
      (lines[0] + " \n" + lines[1...].joined(separator: "\n"), 1, .noBegin),
      (lines[0] + "\n\n" + lines[1...].joined(separator: "\n"), 2, .shortLine),
      (lines[0] + "\n" + lines[1] + lines[2] + "\n" + lines[3...].joined(separator: "\n"), 2, .longLine),
      (lines[0] + "\n" + lines[1].dropLast(4) + "\n" + lines[2...].joined(separator: "\n"), 3, .shortLine),
      (text.replacing("\n" + lines[1], with: "\n=" + lines[1].dropFirst()), 2, .badBase64),
      (text.replacing(lines[3], with: lines[3].replacing("=", with: "")), 4, .badBase64),
      (lines[...2].joined(separator: "\n"), 3, .noEnd),
      (text + "more", 5, .trailing),
      (text.replacing("-----END", with: "\n-----END"), 5, .shortLine),
    ]
    for (spelling, line, fault) in cases {
      #expect(throws: SealError.armor(line: line, fault), "\(fault)") {
        try AgeArmor.decode(Bytes(utf8: spelling))
      }
    }
  }

  @Test func everyTruncationIsRefused() throws {
    let text = Sample.armored(Sample.plaintext(300))
    // The last line feed may be missing.
    for count in 1..<text.count - 1 {
      #expect(throws: SealError.self) { try AgeArmor.decode(Bytes(text[..<count])) }
    }
  }
}
