// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletEvidence
import MartletScan
import Testing

/// Arrays of Arrow in pickles: `safe` says that everything they name lies in their bytes.
@Suite struct ArrowTests {
  typealias P = PickleExpression

  struct Array: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var type = "string"
    var length = 3
    var nulls = 0
    var offset = 0
    var buffers: [P] = [
      .none, Self.buffer([0, 0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0]),
      Self.buffer([97, 0xC3, 0xBF, 98]),
    ]
    var children: P = .list([])
    var dictionary: P = .none

    static func buffer(_ bytes: [UInt8]) -> P {
      .call(.global("pyarrow.lib", "py_buffer"), [.call(.global("builtins", "bytearray"), [.bytes(bytes)])])
    }

    static func type(_ name: String) -> P { .call(.global("pyarrow.lib", "type_for_alias"), [.text(name)]) }

    var pickle: Bytes {
      P.call(
        .global("pyarrow.lib", "_restore_array"),
        [
          .tuple([
            Self.type(type), .int(length), .int(nulls), .int(offset),
            buffers.isEmpty ? .none : .list(buffers),
            children, dictionary,
          ])
        ]
      ).pickle
    }
  }

  private static let texts = Array(testDescription: "texts").buffers

  @Test(arguments: [
    Array(testDescription: "texts"),
    Array(testDescription: "a slice of them", length: 2, offset: 1),
    Array(testDescription: "none of them", length: 0, offset: 3),
    Array(testDescription: "nothing at all", length: 0, buffers: [.none, .none, .none]),
    Array(testDescription: "one is missing", nulls: 1, buffers: [Array.buffer([0b101])] + texts.dropFirst()),
    Array(testDescription: "nobody counted", nulls: -1, buffers: [Array.buffer([0b101])] + texts.dropFirst()),
    Array(
      testDescription: "bytes", type: "binary", buffers: [.none, texts[1], Array.buffer([255, 1, 0xBF, 2])]),
    Array(testDescription: "truths", type: "bool", length: 9, buffers: [.none, Array.buffer([1, 1])]),
    Array(
      testDescription: "times", type: "timestamp[ns]", length: 1,
      buffers: [.none, Array.buffer([UInt8](repeating: 9, count: 8))]),
  ]) func anArrayWithinItsBytesIsSafe(_ array: Array) {
    let report = array.pickle.scanned
    #expect(report.verdict == .safe, "\(report.artifacts[0].findings)")
  }

  @Test(arguments: [
    Array(testDescription: "more texts than offsets", length: 4),
    Array(testDescription: "a slice beyond the end", length: 3, offset: 1),
    Array(testDescription: "a slice before the beginning", length: 3, offset: -1),
    Array(testDescription: "a length below zero", length: -1),
    Array(testDescription: "a length beyond everything", length: 1 << 62, offset: 1 << 62),
    Array(
      testDescription: "an offset beyond the text",
      buffers: [.none, texts[1], Array.buffer([97, 98, 99])]),
    Array(
      testDescription: "offsets that fall",
      buffers: [.none, Array.buffer([0, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0]), texts[2]]),
    Array(
      testDescription: "an offset below zero",
      buffers: [.none, Array.buffer([255, 255, 255, 255, 1, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0]), texts[2]]),
    Array(testDescription: "no UTF-8", buffers: [.none, texts[1], Array.buffer([97, 0xFF, 0xBF, 98])]),
    Array(
      testDescription: "a letter cut in two", buffers: [.none, texts[1], Array.buffer([0xC3, 0xBF, 98, 97])]),
    Array(testDescription: "no text", buffers: [.none, texts[1], .none]),
    Array(testDescription: "no offsets", buffers: [.none, .none, texts[2]]),
    Array(testDescription: "a buffer too few", buffers: [.none, texts[1]]),
    Array(testDescription: "a buffer too many", buffers: texts + [.none]),
    Array(testDescription: "no buffers", buffers: []),
    Array(testDescription: "more missing than there are", nulls: 4),
    Array(testDescription: "none missing of one", buffers: [Array.buffer([0b101])] + texts.dropFirst()),
    Array(
      testDescription: "validity of too few", length: 3, nulls: 0,
      buffers: [Array.buffer([])] + texts.dropFirst()),
    Array(testDescription: "offsets that should be longer", type: "large_string"),
    Array(
      testDescription: "too few numbers", type: "int64", length: 2,
      buffers: [.none, Array.buffer([1, 2, 3])]),
    Array(
      testDescription: "a bit too many", type: "bool", length: 17, buffers: [.none, Array.buffer([1, 1])]),
    Array(testDescription: "a type of nobody", type: "list<item: int64>"),
    Array(testDescription: "children", children: .list([.none])),
    Array(testDescription: "a dictionary", dictionary: .tuple([])),
    Array(testDescription: "a buffer that is none", buffers: [.none, .bytes([0]), texts[2]]),
  ]) func anArrayBeyondItsBytesIsNotSafe(_ array: Array) {
    #expect(array.pickle.scanned.verdict == .unknown)
  }

  /// A few bytes that make the same array many times end in a finding and not in an hour.
  @Test func theSameArrayAgainAndAgainIsNotReadForever() {
    let count = 1 << 16
    let array = Array(
      testDescription: "", type: "binary", length: count,
      buffers: [
        .none, Array.buffer([UInt8](repeating: 0, count: 4 * (count + 1))), Array.buffer([]),
      ])
    // The tuple of its parts is kept in the memo and taken from there again.
    let parts = P.tuple([
      Array.type("binary"), .int(count), .int(0), .int(0), .list(array.buffers), .list([]), .none,
    ])
    var opcodes = P.global("pyarrow.lib", "_restore_array").opcodes + [0x94]
    opcodes += parts.opcodes + [0x85, 0x94, 0x52]
    for _ in 0..<20_000 { opcodes += [0x30, 0x68, 0, 0x68, 1, 0x52] }
    #expect(Bytes([0x80, 4] + opcodes + [0x2E]).verdict == .unknown)
  }
}
