// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

extension PickleMachine {
  /// The opcodes of which a large pickle consists, without the detour through an instruction. What is cut off or out
  /// of the ordinary is left to the lexer, which says what is wrong.
  /// - Returns: where the next opcode stands, or nil when this one was not done.
  @inline(__always)
  mutating func quick(_ at: Int) throws(Halt) -> Int? {
    let rest = bytes.count - at
    switch bytes[at] {
    case 0x4B: return try constant(.integer, at, 2, rest)
    case 0x4D: return try constant(.integer, at, 3, rest)
    case 0x4A: return try constant(.integer, at, 5, rest)
    case 0x47: return try constant(.float, at, 9, rest)
    case 0x4E: return try constant(.none, at, 1, rest)
    case 0x88, 0x89: return try constant(.bool, at, 1, rest)
    case 0x8C, 0x55:
      guard rest >= 2, rest >= 2 + Int(bytes[at + 1]) else { return nil }
      let length = Int(bytes[at + 1])
      if length >= 8 { lookInside(at + 2..<at + 2 + length) }
      try push(PickleValue(.text, at))
      return at + 2 + length
    case 0x43:
      guard rest >= 2, rest >= 2 + Int(bytes[at + 1]) else { return nil }
      let length = Int(bytes[at + 1])
      if length >= 8 { lookInside(at + 2..<at + 2 + length) }
      try push(PickleValue(.bytes, at))
      return at + 2 + length
    case 0x58, 0x42:
      guard rest >= 5 else { return nil }
      let length = u32(at + 1)
      guard rest >= 5 + length else { return nil }
      if length >= 8 { lookInside(at + 5..<at + 5 + length) }
      try push(PickleValue(bytes[at] == 0x58 ? .text : .bytes, at))
      return at + 5 + length
    case 0x68:
      guard rest >= 2 else { return nil }
      try recall(Int64(bytes[at + 1]))
      return at + 2
    case 0x6A:
      guard rest >= 5 else { return nil }
      try recall(Int64(u32(at + 1)))
      return at + 5
    case 0x71:
      guard rest >= 2 else { return nil }
      try remember(Int64(bytes[at + 1]))
      return at + 2
    case 0x72:
      guard rest >= 5 else { return nil }
      try remember(Int64(u32(at + 1)))
      return at + 5
    case 0x94:
      try remember(Int64(memo.count))
      return at + 1
    case 0x28:
      try mark()
      return at + 1
    case 0x29:
      try container(.tuple, from: stack.count)
      return at + 1
    case 0x5D:
      try container(.list, from: stack.count)
      return at + 1
    case 0x7D:
      try container(.dict, from: stack.count)
      return at + 1
    case 0x85, 0x86, 0x87:
      try tuple(Int(bytes[at]) - 0x84)
      return at + 1
    case 0x74:
      try container(.tuple, from: lastMark())
      return at + 1
    case 0x61:
      guard stack.count > floor else { return nil }
      try write(.append, from: stack.count - 1)
      return at + 1
    case 0x65:
      try write(.append, from: lastMark())
      return at + 1
    case 0x73:
      guard stack.count > floor + 1 else { return nil }
      try write(.items, from: stack.count - 2)
      return at + 1
    case 0x75:
      try write(.items, from: lastMark())
      return at + 1
    default: return nil
    }
  }

  @inline(__always)
  private mutating func constant(_ kind: PickleValue.Kind, _ at: Int, _ length: Int, _ rest: Int) throws(Halt)
    -> Int?
  {
    guard rest >= length else { return nil }
    try push(PickleValue(kind, at))
    return at + length
  }

  @inline(__always)
  private func u32(_ at: Int) -> Int {
    Int(bytes[at]) | Int(bytes[at + 1]) << 8 | Int(bytes[at + 2]) << 16 | Int(bytes[at + 3]) << 24
  }

  /// Constants that begin like a pickle or an archive, or like one in base 64, are looked at later on their own.
  @inline(__always)
  mutating func lookInside(_ range: Range<Int>) {
    let first = bytes[range.lowerBound]
    let second = bytes[range.lowerBound + 1]
    if first == 0x80 && second >= 2 && second <= 5 || first == 0x50 && second == 0x4B { embed(range) }
  }

  @inline(never)
  private mutating func embed(_ range: Range<Int>) {
    if facts.embedded.count < 256, !facts.embedded.contains(range) { facts.embedded.append(range) }
  }
}
