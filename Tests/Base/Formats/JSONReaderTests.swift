// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats
import Testing

@Suite struct JSONReaderTests {
  func read(_ text: String) throws -> JSONValue {
    let bytes = Bytes(utf8: text)
    return try JSONReader.read(bytes.span)
  }

  @Test func readsEveryKindOfValue() throws {
    let value = try read(#" {"a":[1,-0.5,1e3,true,false,null,""],"b":{"c":"x\n\"\\\/A😀é"}} "#)
    #expect(
      value["a"]
        == .array([.integer(1), .number(-0.5), .number(1000), .bool(true), .bool(false), .null, .string("")]))
    #expect(value["b"]?["c"]?.string == "x\n\"\\/A😀é")
    #expect(try read("9223372036854775807") == .integer(.max))
    #expect(try read("-9223372036854775808") == .integer(.min))
    #expect(try read("9223372036854775808") == .number(9223372036854775808))
  }

  @Test(arguments: [
    "", " ", "{", "[1,]", "[1 2]", "{\"a\":1,}", "{\"a\" 1}", "{a:1}", "01", "-", "1.", ".5", "1e", "+1",
    "NaN",
    "Infinity", "1e999", "tru", "truee", "nul", "'a'", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"",
    "\"\\ud800\\u0041\"",
    "\"\\udc00\"", "\"a\nb\"", "\"abc", "1 1", "[]]", "\u{FEFF}1", "0x10", "-01",
  ])
  func refusesWhatTheStandardRefuses(_ text: String) {
    #expect(throws: JSONError.self) { try read(text) }
  }

  @Test func refusesANameThatStandsTwice() {
    #expect(throws: JSONError.duplicateName("a", offset: 7)) { try read(#"{"a":1,"a":2}"#) }
    #expect(throws: JSONError.duplicateName("a", offset: 7)) { try read(#"{"a":1,"\u0061":2}"#) }
  }

  @Test func refusesDeepNestingWithoutRunningOutOfStack() {
    #expect(throws: JSONError.tooDeep(limit: Limits.jsonDepth, offset: Limits.jsonDepth)) {
      try read(String(repeating: "[", count: 1_000_000))
    }
    let deepest = String(repeating: "[", count: 127) + "1" + String(repeating: "]", count: 127)
    #expect(throws: Never.self) { try read(deepest) }
  }

  @Test func refusesBadUTF8() {
    let bytes = Bytes([0x22, 0xC3, 0x28, 0x22])
    #expect(throws: JSONError.badString(offset: 0, reason: "is not valid UTF-8")) {
      try JSONReader.read(bytes.span)
    }
  }

  @Test func everyPrefixOfADocumentIsRefused() throws {
    let text = #"{"a":[1,-0.5e3,"x\u0041"],"b":{"c":null}}"#
    for length in 0..<text.utf8.count {
      #expect(throws: JSONError.self) { try read(String(text.prefix(length))) }
    }
  }
}
