// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

extension RData {
  /// One item and everything in it. Pairlists are walked, not recursed into.
  mutating func item(_ input: inout RInput, depth: Int, flags given: Int? = nil) throws(StructureError) {
    guard depth < Limits.learnerDepth else {
      throw StructureError(.broken, "values nest deeper than \(Limits.learnerDepth)", at: input.offset)
    }
    var next = given
    while true {
      let at = input.offset
      let flags: Int
      if let known = next { flags = known } else { flags = try input.int() }
      next = nil
      lastSymbol = nil
      let type = flags & 0xFF
      let hasAttributes = flags & 0x200 != 0
      switch type {
      case 2, 3, 5, 6, 17:
        next = try cell(&input, type, flags, at: at, depth: depth)
        continue  // the tail of the list follows in place
      case 254, 253, 252, 251, 250, 242, 241: return  // empty list, the standard environments, markers
      case 255:
        let index = flags >> 8 != 0 ? flags >> 8 : try input.int()
        guard index >= 1, index <= references.count else {
          throw StructureError(.exploit, "a reference to \(index) of \(references.count) values", at: at)
        }
        lastSymbol = references[index - 1]
      case 1:
        let name = try characters(&input)
        try keep(name, at: at)
        lastSymbol = name
      case 247, 248, 249:
        guard try input.int() == 0 else { throw StructureError(.broken, "names of names", at: at) }
        var words: [String] = []
        for _ in 0..<(try count(&input, of: 8)) {
          let word = try characters(&input)
          if words.count < 4 { words.append(word) }
        }
        note(type == 247 ? .persistent : .namespace, words.first ?? "", at: at)
        try keep("", at: at)
      case 4:
        _ = try input.int()
        try keep("", at: at)
        note(.environment, "", at: at)
        for _ in 0..<4 { try item(&input, depth: depth + 1) }
      case 22, 23:
        note(type == 22 ? .externalPointer : .weakReference, "", at: at)
        try keep("", at: at)
        if type == 22 { for _ in 0..<2 { try item(&input, depth: depth + 1) } }
      case 7, 8:
        let length = try count(&input, of: 1)
        note(.builtin, try input.text(length), at: at)
      case 9: try skipCharacters(&input)
      case 10, 13: try input.skip(numbers: try count(&input, of: 1), width: 4, "integers")
      case 14: try input.skip(numbers: try count(&input, of: 1), width: 8, "numbers")
      case 15: try input.skip(numbers: 2 * (try count(&input, of: 1)), width: 8, "complex numbers")
      case 24: try input.skip(raw: try count(&input, of: 1))
      case 16:
        for _ in 0..<(try count(&input, of: 2)) {
          guard try input.int() & 0xFF == 9 else {
            throw StructureError(.exploit, "something else than text in a vector of texts", at: input.offset)
          }
          try skipCharacters(&input)
        }
      case 19, 20:
        if type == 20 { note(.expression, "", at: at) }
        for _ in 0..<(try count(&input, of: 2)) { try item(&input, depth: depth + 1) }
      case 25: break
      case 21: try bytecode(&input, depth: depth)
      case 238: try alternative(&input, at: at, depth: depth)
      default: throw StructureError(.exploit, "an item of the type \(type), which is none", at: at)
      }
      if hasAttributes, type != 9, type != 238, type != 4, type < 240 {
        next = nil
        continue  // the attributes are the next item, a pairlist
      }
      return
    }
  }

  /// One cell of a pairlist, call, promise or closure, up to where its tail begins.
  /// - Returns: the flags of the tail, where they were read.
  private mutating func cell(
    _ input: inout RInput, _ type: Int, _ flags: Int, at: Int, depth: Int
  ) throws(StructureError) -> Int? {
    switch type {
    case 3: note(.closure, "", at: at)
    case 6: note(.language, "", at: at)
    default: break
    }
    // Bit 15 of the level of a binding: its value is a function that is called on each look.
    if type == 2, flags >> 12 & 0x8000 != 0 { note(.activeBinding, "", at: at) }
    if flags & 0x200 != 0 { try item(&input, depth: depth + 1) }
    if flags & 0x400 != 0 { try item(&input, depth: depth + 1) }
    let value = try input.int()
    try item(&input, depth: depth + 1, flags: value)
    if type == 6 { noteCall() }
    guard type == 5 else { return nil }
    // Without a value yet, R evaluates the expression as soon as something looks: a constant or a name does nothing then.
    let expression = try input.int()
    let isInert = [1, 10, 13, 14, 15, 16, 24, 238, 254, 255].contains(expression & 0xFF)
    note([251, 252].contains(value & 0xFF) && !isInert ? .promise : .settledPromise, "", at: at)
    return expression
  }

  /// The item that was read last is what a call calls.
  private mutating func noteCall() {
    if let lastSymbol, called.count < Limits.learnerNames { called.insert(lastSymbol) }
  }

  func count(_ input: inout RInput, of size: Int) throws(StructureError) -> Int {
    let at = input.offset
    var value = try input.int()
    if value == -1 {
      let high = try input.int()
      let low = try input.int()
      guard (0...0xFFFF).contains(high) else {
        throw StructureError(.exploit, "a length of \(high) times 2^32", at: at)
      }
      value = high << 32 | Int(UInt32(truncatingIfNeeded: low))
    }
    guard value >= 0, value <= input.remaining / size else {
      throw StructureError(
        value < 0 || value > 1 << 31 ? .exploit : .broken,
        "a length of \(value), and \(input.remaining) bytes are left", at: at)
    }
    return value
  }

  /// A character item with its flags.
  private func characters(_ input: inout RInput) throws(StructureError) -> String {
    let at = input.offset
    guard try input.int() & 0xFF == 9 else {
      throw StructureError(.exploit, "a name that is no text", at: at)
    }
    let length = try input.int()
    if length == -1 { return "NA" }
    guard length >= 0, length <= Limits.learnerName else {
      throw StructureError(.exploit, "a name of \(length) bytes", at: at)
    }
    return try input.text(length)
  }

  private func skipCharacters(_ input: inout RInput) throws(StructureError) {
    let at = input.offset
    let length = try input.int()
    guard length >= -1 else { throw StructureError(.exploit, "a text of \(length) bytes", at: at) }
    if length > 0 { _ = try input.text(length) }
  }

  // MARK: Bytecode

  private mutating func bytecode(_ input: inout RInput, depth: Int) throws(StructureError) {
    note(.bytecode, "", at: input.offset)
    _ = try count(&input, of: 1)
    try code(&input, depth: depth + 1)
  }

  private mutating func code(_ input: inout RInput, depth: Int) throws(StructureError) {
    guard depth < Limits.learnerDepth else {
      throw StructureError(.broken, "values nest deeper than \(Limits.learnerDepth)", at: input.offset)
    }
    try item(&input, depth: depth + 1)
    for _ in 0..<(try count(&input, of: 2)) {
      let type = try input.int()
      switch type {
      case 21: try code(&input, depth: depth + 1)
      case 6, 2, 239, 240, 243, 244: try tree(&input, type, depth: depth + 1)
      default: try item(&input, depth: depth + 1)
      }
    }
  }

  private mutating func tree(_ input: inout RInput, _ first: Int, depth: Int) throws(StructureError) {
    guard depth < Limits.learnerDepth else {
      throw StructureError(.broken, "values nest deeper than \(Limits.learnerDepth)", at: input.offset)
    }
    var type = first
    while true {
      switch type {
      case 243:
        _ = try input.int()
        return
      case 244, 6, 2, 239, 240:
        if type == 244 {
          _ = try input.int()
          type = try input.int()
        }
        note(.language, "", at: input.offset)
        if type == 239 || type == 240 { try item(&input, depth: depth + 1) }
        try item(&input, depth: depth + 1)
        try tree(&input, try input.int(), depth: depth + 1)
        if type == 6 || type == 240 { noteCall() }
        type = try input.int()
      default:
        try item(&input, depth: depth + 1)
        return
      }
    }
  }
}
