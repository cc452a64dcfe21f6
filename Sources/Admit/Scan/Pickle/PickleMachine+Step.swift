// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

extension PickleMachine {
  /// One opcode but STOP.
  mutating func step(_ read: PickleInstruction) throws(Halt) {
    if !read.isPlain {
      facts.note(.ambiguousNumber, at: read.offset, PickleText.text(read.text.prefix(40), in: bytes))
    }
    switch read.opcode {
    case .mark: marks.append(stack.count)
    case .pop: try drop()
    case .popMark: _ = try popMark()
    case .dup: try push(top())
    case .none: try push(PickleValue(.none, read.offset))
    case .newTrue, .newFalse: try push(PickleValue(.bool, read.offset))
    case .int, .binInt, .binInt1, .binInt2, .long, .long1, .long4:
      try push(PickleValue(.integer, read.offset))
    case .float, .binFloat: try push(PickleValue(.float, read.offset))
    case .string, .binString, .shortBinString, .unicode, .binUnicode, .shortBinUnicode, .binUnicode8:
      lookInside(read)
      try push(PickleValue(.text, read.offset))
    case .binBytes, .shortBinBytes, .binBytes8:
      lookInside(read)
      try push(PickleValue(.bytes, read.offset))
    case .byteArray8:
      lookInside(read)
      try push(PickleValue(.byteArray, read.offset))
    case .emptyTuple: try container(.tuple, from: stack.count)
    case .emptyList: try container(.list, from: stack.count)
    case .emptyDict: try container(.dict, from: stack.count)
    case .emptySet: try container(.set, from: stack.count)
    case .tuple: try container(.tuple, from: lastMark())
    case .tuple1: try tuple(1)
    case .tuple2: try tuple(2)
    case .tuple3: try tuple(3)
    case .list: try container(.list, from: lastMark())
    case .dict:
      let start = try lastMark()
      guard (stack.count - start) % 2 == 0 else { throw .malformed("a key has no value") }
      try container(.dict, from: start)
    case .frozenSet: try container(.frozenSet, from: lastMark())
    case .get, .binGet, .longBinGet: try recall(read.value)
    case .put, .binPut, .longBinPut: try remember(read.value)
    case .memoize: try remember(Int64(memo.count))
    case .proto, .frame: break
    case .stop: break
    case .append:
      let item = try pop()
      try write(.append, [item])
    case .appends:
      let items = try popMark()
      try write(.append, items)
    case .setItem:
      let value = try pop()
      let key = try pop()
      try write(.items, [key, value])
    case .setItems:
      let items = try pairs(popMark())
      try write(.items, items)
    case .addItems:
      let items = try popMark()
      try write(.add, items)
    case .global:
      try push(global(PickleText.text(read.text, in: bytes), PickleText.text(read.second, in: bytes)))
    case .stackGlobal: try stackGlobal()
    case .reduce:
      let arguments = try pop()
      let callee = try pop()
      try call(callee, arguments, .reduce)
    case .newObj:
      let arguments = try pop()
      let type = try pop()
      try call(type, arguments, .new)
    case .newObjEx: try newObjEx()
    case .inst:
      try container(.tuple, from: lastMark())
      let arguments = try pop()
      let type = try global(PickleText.text(read.text, in: bytes), PickleText.text(read.second, in: bytes))
      try call(type, arguments, .instantiate)
    case .obj:
      let start = try lastMark()
      guard stack.count > start else { throw .malformed("OBJ has no class") }
      try container(.tuple, from: start + 1)
      let arguments = try pop()
      try call(pop(), arguments, .instantiate)
    case .build: try build()
    case .ext1, .ext2, .ext4:
      facts.note(.extensionCode, at: read.offset, "\(read.value)")
      try push(foreign("copyreg extension \(read.value)"))
    case .persID:
      let id = "'\(PickleText.text(read.text.prefix(80), in: bytes))'"
      facts.note(.persistent, at: read.offset, "persistent_load(\(id))")
      try push(foreign("persistent_load(\(id))"))
    case .binPersID: try persistent(pop())
    case .nextBuffer:
      facts.note(.buffer, at: read.offset, "an out-of-band buffer")
      try push(PickleValue(.buffer, read.offset))
    case .readOnlyBuffer: _ = try top()
    }
  }

  private func pairs(_ items: [PickleValue]) throws(Halt) -> [PickleValue] {
    guard items.count % 2 == 0 else { throw .malformed("a key has no value") }
    return items
  }

  /// Constants that begin like a pickle or an archive are looked at later on their own.
  private mutating func lookInside(_ read: PickleInstruction) {
    guard read.text.count >= 8, facts.embedded.count < 256 else { return }
    let first = bytes[read.text.lowerBound]
    let second = bytes[read.text.lowerBound + 1]
    if first == 0x80 && second >= 2 && second <= 5 || first == 0x50 && second == 0x4B,
      !facts.embedded.contains(read.text)
    {
      facts.embedded.append(read.text)
    }
  }

  private mutating func stackGlobal() throws(Halt) {
    let name = try pop()
    let module = try pop()
    guard let name = constantText(name), let module = constantText(module) else {
      let construct = "\(describe(module)) . \(describe(name))"
      facts.note(.computedName, at: offset, construct)
      return try push(foreign(construct))
    }
    try push(global(module, name))
  }

  private mutating func newObjEx() throws(Halt) {
    let keywords = try pop()
    let arguments = try pop()
    let type = try pop()
    if keywords.kind == .dict, let contents = cells.contents(keywords), contents.count == 0 {
      return try call(type, arguments, .new)
    }
    try call(type, arguments, .newWithKeywords(keywords))
  }
}
