// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats
import Testing

@Suite struct PickleLexerTests {
  /// All opcodes of a pickle, or the error that ended it.
  private func read(_ bytes: [UInt8]) -> (read: [PickleInstruction], error: PickleError?) {
    let bytes = Bytes(bytes)
    var lexer = PickleLexer(bytes.span)
    var all: [PickleInstruction] = []
    do throws(PickleError) {
      while let next = try lexer.next() { all.append(next) }
      return (all, nil)
    } catch {
      return (all, error)
    }
  }

  private func first(_ text: String) -> PickleInstruction? { read(Array(text.utf8)).read.first }

  @Test func everyOpcodeIsKnownAndNamedOnce() {
    #expect(PickleOpcode.allCases.count == 68)
    #expect(Set(PickleOpcode.allCases.map(\.name)).count == 68)
    #expect(PickleOpcode.stackGlobal.name == "STACK_GLOBAL")
    #expect(PickleOpcode.binInt1.name == "BININT1")
  }

  @Test func binaryArgumentsAreRead() {
    let (all, error) = read([
      0x80, 4, 0x4B, 255, 0x4D, 1, 2, 0x4A, 255, 255, 255, 255, 0x8A, 2, 0, 0xFF, 0x8C, 2, 65, 66, 0x2E,
    ])
    #expect(error == nil)
    #expect(all.map(\.value) == [4, 255, 513, -1, -256, 0, 0])
    #expect(all.map(\.offset) == [0, 2, 4, 7, 12, 16, 20])
    #expect(all[5].text == 18..<20)
  }

  /// As `strtol` with base 0 and then `PyLong_FromString` read them; nil where both refuse.
  @Test(arguments: [
    ("I16\n", 16, true), ("I-7\n", -7, true), ("I01\n", 1, true), ("I0x10\n", 16, false),
    ("I010\n", 8, false),
    ("I0o17\n", 15, false), ("I0b11\n", 3, false), ("I1_000\n", 1000, false), ("I 5\n", 5, false),
    ("I1\u{0}junk\n", 1, false), ("L12L\n", 12, true), ("L0x10L\n", 16, false), ("L5\n", 5, true),
    ("g7\n", 7, true), ("g007\n", 7, false), ("g1\u{0}2\n", 1, false), ("p3\n", 3, true),
  ]) func textNumbersAreReadAsTheCUnpicklerDoes(_ text: String, _ value: Int64, _ plain: Bool) {
    #expect(first(text)?.value == value)
    #expect(first(text)?.isPlain == plain)
  }

  @Test(arguments: [
    "I\n", "Ix\n", "I08\n", "I1__0\n", "I_1\n", "I1_\n", "L010\n", "g0x1\n", "g-1_\n", "p-1\n",
    "g99999999999999999999\n",
    "F\n", "F1x\n", "F0x1p3\n", "F 1 2\n", "F1__0\n", "Snot quoted\n", "S'\n", "c\nname\n",
  ])
  func aBadArgumentIsRefused(_ text: String) {
    let error = read(Array(text.utf8)).error
    guard case .badArgument(offset: 0, _, _)? = error else {
      Issue.record("\(text): \(String(describing: error))")
      return
    }
  }

  @Test(arguments: ["F1.5\n", "F-1e10\n", "Finf\n", "F-nan\n", "F.5\n", "F5.\n"])
  func textFloatsAreRead(_ text: String) { #expect(first(text)?.opcode == .float) }

  @Test func bigNumbersAreMarked() {
    #expect(first("L123456789012345678901234567890L\n")?.isBig == true)
    #expect(first("L123456789012345678901234567890L\n")?.isPlain == true)
    #expect(read([0x8A, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9]).read.first?.isBig == true)
    #expect(first("I-9223372036854775808\n") != nil)
  }

  @Test(
    arguments: [
      [0x8C, 5, 65], [0x58, 255, 255, 255, 255], [0x8D, 255, 255, 255, 255, 255, 255, 255, 127],
      [0x47, 0],
      [0x95, 9, 0, 0, 0], [0x4B],
    ] as [[UInt8]]) func whatIsCutShortIsTruncated(_ bytes: [UInt8])
  {
    let error = read(bytes).error
    guard case .truncated(offset: 0, _)? = error else {
      Issue.record("\(bytes): \(String(describing: error))")
      return
    }
  }

  @Test func lengthsThatOverflowAreRefused() {
    #expect(read([0x8E] + [UInt8](repeating: 255, count: 8)).error != nil)
    #expect(read([0x54, 0, 0, 0, 0x80]).error != nil)
    #expect(read([0x8B, 255, 255, 255, 255]).error != nil)
    #expect(read([0xFF]).error == .unknownOpcode(offset: 0, byte: 0xFF))
  }

  @Test func escapesAreDecoded() throws {
    func text(_ pickle: String) throws -> String {
      let bytes = Bytes(utf8: pickle)
      var lexer = PickleLexer(bytes.span)
      let read = try #require(try lexer.next())
      return PickleText.text(of: read, in: bytes.span)
    }
    #expect(try text("S'a\\x62\\143\\n\\\\'\n") == "abc\n\\")
    #expect(try text("V\\u006fs\\U00000041\\n\n") == "osA\\n")
    #expect(try text("S\"it's\"\n") == "it's")
  }
}
