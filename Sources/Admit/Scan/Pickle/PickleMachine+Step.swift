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
    case .mark: try mark()
    case .pop: try drop()
    case .popMark: stack.cut(to: try lastMark())
    case .dup: try push(top())
    case .none: try push(PickleValue(.none, read.offset))
    case .newTrue, .newFalse: try push(PickleValue(.bool, read.offset))
    case .int where isBool(read): try push(PickleValue(.bool, read.offset))
    case .int, .binInt, .binInt1, .binInt2, .long, .long1, .long4:
      try push(PickleValue(.integer, read.offset))
    case .float, .binFloat: try push(PickleValue(.float, read.offset))
    case .string, .binString, .shortBinString, .unicode, .binUnicode, .shortBinUnicode, .binUnicode8:
      if read.text.count >= 8 { lookInside(read.text) }
      try push(PickleValue(.text, read.offset))
    case .binBytes, .shortBinBytes, .binBytes8:
      if read.text.count >= 8 { lookInside(read.text) }
      try push(PickleValue(.bytes, read.offset))
    case .byteArray8:
      if read.text.count >= 8 { lookInside(read.text) }
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
      try checkItems(from: start)
      try container(.dict, from: start)
    case .frozenSet:
      let start = try lastMark()
      try checkKeys(from: start, by: 1)
      try container(.frozenSet, from: start)
    case .get, .binGet, .longBinGet: try recall(read.value)
    case .put, .binPut, .longBinPut: try remember(read.value)
    case .memoize: try remember(Int64(memo.count))
    case .proto, .frame, .stop: break
    case .append:
      guard stack.count > floor else { throw .malformed("the stack is empty") }
      try write(.append, from: stack.count - 1)
    case .appends: try write(.append, from: lastMark())
    case .setItem:
      guard stack.count > floor + 1 else { throw .malformed("the stack is empty") }
      try write(.items, from: stack.count - 2)
    case .setItems: try write(.items, from: lastMark())
    case .addItems: try write(.add, from: lastMark())
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

  /// I00 and I01 are False and True.
  private func isBool(_ read: PickleInstruction) -> Bool {
    read.text.count == 2 && bytes[read.text.lowerBound] == 0x30 && bytes[read.text.lowerBound + 1] <= 0x31
      && bytes[read.text.lowerBound + 1] >= 0x30
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
