// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// A file of Torch 7, binary or ASCII: objects by tag, read as `File.lua` does, without building any.
package struct Torch7: Sendable {
  /// Offsets of serialised functions.
  package internal(set) var functions: [Int] = []
  /// Classes in it, with where each first stands.
  package internal(set) var classes: [String: Int] = [:]
  package internal(set) var error: StructureError?

  /// Objects that follow each other and were read whole.
  private var objects = 0
  /// A function whose text can be Lua: it is bytecode, or calls or assigns something.
  private var hasCode = false
  var indices: Set<Int> = []
  let isText: Bool

  /// A table, a torch object or a function with the index 1 at the start.
  package static func looksLikeOne(_ bytes: Bytes) -> Bool {
    if asciiStart(bytes) { return true }
    guard bytes.count >= 12 else { return false }
    for at in [1, 2, 3, 5, 6, 7] where bytes[at] != 0 { return false }
    guard bytes[4] == 1 else { return false }
    let word = Int(bytes[8]) | Int(bytes[9]) << 8 | Int(bytes[10]) << 16 | Int(bytes[11]) << 24
    switch bytes[0] {
    case 3:
      guard bytes.count >= 16, word > 0, word < 1 << 24, bytes[13] == 0, bytes[14] == 0, bytes[15] == 0 else {
        return false
      }
      return (1...8).contains(bytes[12])
    case 4:
      return word > 0 && word < 256 && bytes.count >= 16
        && (bytes[12] == UInt8(ascii: "V") || bytes[12] | 0x20 >= 0x61)
    case 6, 7, 8: return word > 0
    default: return false
    }
  }

  /// The type and the index of the first object, which `fscanf` reads across any white space. What only that makes of a text
  /// must have something in it that is Lua's or Torch's.
  private static func asciiStart(_ bytes: Bytes) -> Bool {
    let span = bytes.span
    var at = 0
    while at < span.count, span[at] <= 0x20 { at += 1 }
    let text = bytes.slice(at..<bytes.count)
    let isPlain = ["4\n1\n3\nV 1\n", "3\n1\n", "6\n1\n", "7\n1\n", "8\n1\n"].contains {
      text.starts(with: Array($0.utf8))
    }
    if isPlain { return true }
    while at < span.count, span[at] <= 0x20 || span[at] == UInt8(ascii: "+") { at += 1 }
    guard at + 8 < span.count, [0x33, 0x34, 0x36, 0x37, 0x38].contains(span[at]), span[at + 1] <= 0x20 else {
      return false
    }
    let file = Torch7(bytes, isText: true)
    return file.hasCode || file.objects > 0 && !file.classes.isEmpty
  }

  package init(_ bytes: Bytes) { self.init(bytes, isText: Self.asciiStart(bytes)) }

  private init(_ bytes: Bytes, isText: Bool) {
    self.isText = isText
    do throws(StructureError) {
      var input = Torch7Input(bytes.span, isText: isText)
      while true {
        try object(&input, depth: 0)
        objects += 1
        if try input.isAtEnd() { break }
      }
    } catch { self.error = error }
  }

  mutating func object(_ input: inout Torch7Input, depth: Int) throws(StructureError) {
    let at = input.offset
    guard depth < Limits.learnerDepth else {
      throw StructureError(.broken, "values nest deeper than \(Limits.learnerDepth)", at: at)
    }
    let tag = try input.int()
    switch tag {
    case 0: return
    case 1: try input.skip(1, of: .double)
    case 2: _ = try input.string()
    case 5:
      let value = try input.int()
      guard value == 0 || value == 1 else { throw StructureError(.broken, "a boolean of \(value)", at: at) }
    case 3:
      guard try isNew(&input, at: at) else { return }
      try table(&input, depth: depth)
    case 4:
      guard try isNew(&input, at: at) else { return }
      try instance(&input, at: at, depth: depth)
    case 6, 7, 8:
      functions.append(at)
      guard try isNew(&input, at: at) else { return }
      let start = input.offset
      let code = try input.string()
      // A longer text is not kept.
      hasCode =
        hasCode || input.offset - start > Limits.learnerName || code.contains { "\u{1B}(=".contains($0) }
      try object(&input, depth: depth + 1)  // its upvalues
    default: throw StructureError(.exploit, "a value of the type \(tag), which is none", at: at)
    }
  }

  private mutating func isNew(_ input: inout Torch7Input, at: Int) throws(StructureError) -> Bool {
    let index = try input.int()
    guard index > 0, indices.count < Limits.learnerNames else {
      throw StructureError(.broken, "an object with the index \(index)", at: at)
    }
    return indices.insert(index).inserted
  }

  private mutating func table(_ input: inout Torch7Input, depth: Int) throws(StructureError) {
    let at = input.offset
    let size = try input.int()
    guard size >= 0, size <= input.remaining / 4 else {
      throw StructureError(size < 0 ? .exploit : .broken, "a table of \(size) entries", at: at)
    }
    for _ in 0..<size {
      try object(&input, depth: depth + 1)
      try object(&input, depth: depth + 1)
    }
  }

  private mutating func instance(_ input: inout Torch7Input, at: Int, depth: Int) throws(StructureError) {
    var name = try input.string()
    if name.hasPrefix("V ") { name = try input.string() }
    guard !name.isEmpty, name.utf8.count <= 256, classes.count < Limits.learnerNames else {
      throw StructureError(.broken, "an object without a class", at: at)
    }
    if classes[name] == nil { classes[name] = at }
    if Self.element(name, "Tensor") != nil {
      let dimensions = try input.int()
      guard (0...64).contains(dimensions) else {
        throw StructureError(.exploit, "a tensor of \(dimensions) dimensions", at: at)
      }
      var last = 0
      var sizes: [Int] = []
      for _ in 0..<dimensions { sizes.append(try input.long()) }
      for axis in 0..<dimensions {
        let stride = try input.long()
        guard sizes[axis] >= 0, stride >= 0 else {
          throw StructureError(.exploit, "a tensor with negative sizes or strides", at: at)
        }
        let (span, over) = max(sizes[axis] - 1, 0).multipliedReportingOverflow(by: stride)
        let (sum, more) = last.addingReportingOverflow(span)
        guard !over, !more else { throw StructureError(.exploit, "the shape of a tensor overflows", at: at) }
        last = sum
      }
      let start = try input.long()
      guard start >= 1 || dimensions == 0 else {
        throw StructureError(.exploit, "a tensor before its storage", at: at)
      }
      let before = lastStorage
      lastStorage = nil
      try object(&input, depth: depth + 1)
      if let count = lastStorage, dimensions > 0, !sizes.contains(0), last > count - start {
        throw StructureError(.exploit, "a tensor beyond its storage", at: at)
      }
      lastStorage = before
    } else if let element = Self.element(name, "Storage") {
      let size = try input.long()
      guard size >= 0 else { throw StructureError(.exploit, "a storage of \(size) elements", at: at) }
      try input.skip(size, of: element)
      lastStorage = size
    } else {
      try object(&input, depth: depth + 1)
    }
  }

  var lastStorage: Int?

  enum Element: Int { case byte = 1, short = 2, int = 4, double = 8 }

  private static func element(_ name: String, _ suffix: String) -> Element? {
    guard name.hasPrefix("torch."), name.hasSuffix(suffix) else { return nil }
    switch name.dropFirst(6).dropLast(suffix.count) {
    case "Byte", "Char", "CudaByte", "CudaChar": return .byte
    case "Short", "Half", "CudaShort", "CudaHalf": return .short
    case "Int", "Float", "Cuda", "CudaInt": return .int
    case "Double", "Long", "CudaDouble", "CudaLong": return .double
    default: return nil
    }
  }
}
