// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// Universal Binary JSON (draft 12), as XGBoost writes it: a reader of tokens that builds only the values it is asked for.
package struct UBJSONReader: ~Escapable {
  private var reader: StructureReader

  @_lifetime(copy bytes)
  package init(_ bytes: Span<UInt8>) { reader = StructureReader(bytes, bigEndian: true) }

  /// An object whose first name is a word.
  package static func looksLikeOne(_ bytes: Bytes) -> Bool {
    guard bytes.count >= 4, bytes[0] == UInt8(ascii: "{") else { return false }
    let width: Int
    switch bytes[1] {
    case UInt8(ascii: "i"), UInt8(ascii: "U"): width = 1
    case UInt8(ascii: "I"): width = 2
    case UInt8(ascii: "l"): width = 4
    case UInt8(ascii: "L"): width = 8
    default: return false
    }
    guard bytes.count > 2 + width else { return false }
    for index in 2..<1 + width where bytes[index] != 0 { return false }
    let length = Int(bytes[1 + width])
    guard length > 0, bytes.count >= 2 + width + length else { return false }
    for index in 2 + width..<2 + width + length where bytes[index] < 0x20 || bytes[index] >= 0x7F {
      return false
    }
    return true
  }

  package var offset: Int { reader.offset }

  package mutating func end() throws(StructureError) { try reader.end("the object") }

  /// Walks over the next value, an object: `body` must read each member's value.
  package mutating func eachMember(
    _ body: (inout UBJSONReader, String) throws(StructureError) -> Void
  ) throws(StructureError) {
    guard try marker() == UInt8(ascii: "{") else {
      throw StructureError(.broken, "expected an object", at: offset)
    }
    var left: Int?
    if reader.peek == UInt8(ascii: "#") {
      try reader.skip(1)
      left = try length(of: 2)
    } else if reader.peek == UInt8(ascii: "$") {
      throw StructureError(.uncovered, "an object of one type", at: offset)
    }
    var names: Set<String> = []
    while true {
      if let count = left {
        if count == 0 { return }
        left = count - 1
      } else if reader.peek == UInt8(ascii: "}") {
        return try reader.skip(1)
      }
      let at = offset
      let name = try reader.text(try length(of: 1))
      guard names.insert(name).inserted else {
        throw StructureError(.broken, "the name \(name) stands twice", at: at)
      }
      try body(&self, name)
    }
  }

  /// Walks over the next value, an array: `body` must read each element, of which the marker is given when all share it.
  package mutating func eachElement(
    _ body: (inout UBJSONReader, UInt8?) throws(StructureError) -> Void
  ) throws(StructureError) {
    guard try marker() == UInt8(ascii: "[") else {
      throw StructureError(.broken, "expected an array", at: offset)
    }
    var type: UInt8?
    if reader.peek == UInt8(ascii: "$") {
      try reader.skip(1)
      type = try reader.u8()
      guard reader.peek == UInt8(ascii: "#") else {
        throw StructureError(.broken, "an array of one type without a count", at: offset)
      }
    }
    guard reader.peek == UInt8(ascii: "#") else {
      while reader.peek != UInt8(ascii: "]") { try body(&self, nil) }
      return try reader.skip(1)
    }
    try reader.skip(1)
    // Without this, arrays of types that take no bytes could be of any length.
    let count = try length(of: max(1, type.map(Self.width) ?? 1))
    for _ in 0..<count { try body(&self, type) }
  }

  /// The next value as a tree.
  package mutating func value(depth: Int = 0, type given: UInt8? = nil) throws(StructureError) -> JSONValue {
    let at = offset
    guard depth < Limits.learnerDepth else {
      throw StructureError(.broken, "values nest deeper than \(Limits.learnerDepth)", at: at)
    }
    if given == nil, reader.peek == UInt8(ascii: "{") {
      var members: [JSONValue.Member] = []
      try eachMember { reader, name throws(StructureError) in
        members.append(.init(name: name, value: try reader.value(depth: depth + 1)))
      }
      return .object(members)
    }
    if given == nil, reader.peek == UInt8(ascii: "[") {
      var values: [JSONValue] = []
      try eachElement { reader, type throws(StructureError) in
        values.append(try reader.value(depth: depth + 1, type: type))
      }
      return .array(values)
    }
    let type: UInt8
    if let given { type = given } else { type = try marker() }
    switch type {
    case UInt8(ascii: "Z"): return .null
    case UInt8(ascii: "T"): return .bool(true)
    case UInt8(ascii: "F"): return .bool(false)
    case UInt8(ascii: "i"): return .integer(Int64(Int8(bitPattern: try reader.u8())))
    case UInt8(ascii: "U"): return .integer(Int64(try reader.u8()))
    case UInt8(ascii: "I"): return .integer(Int64(Int16(bitPattern: try reader.u16())))
    case UInt8(ascii: "l"): return .integer(Int64(Int32(bitPattern: try reader.u32())))
    case UInt8(ascii: "L"): return .integer(Int64(bitPattern: try reader.u64()))
    case UInt8(ascii: "d"): return .number(Double(Float(bitPattern: try reader.u32())))
    case UInt8(ascii: "D"): return .number(Double(bitPattern: try reader.u64()))
    case UInt8(ascii: "C"): return .string(try reader.text(1))
    case UInt8(ascii: "S"), UInt8(ascii: "H"): return .string(try reader.text(try length(of: 1)))
    default: throw StructureError(.broken, "the byte \(type) begins no value", at: at)
    }
  }

  /// Moves over the next value, keeping nothing.
  package mutating func skipValue(depth: Int = 0, type given: UInt8? = nil) throws(StructureError) {
    guard depth < Limits.learnerDepth else {
      throw StructureError(.broken, "values nest deeper than \(Limits.learnerDepth)", at: offset)
    }
    if given == nil, reader.peek == UInt8(ascii: "{") {
      return try eachMember { reader, _ throws(StructureError) in try reader.skipValue(depth: depth + 1) }
    }
    if given == nil, reader.peek == UInt8(ascii: "[") {
      return try eachElement { reader, type throws(StructureError) in
        if let type { try reader.skipScalar(type) } else { try reader.skipValue(depth: depth + 1) }
      }
    }
    let at = offset
    let type: UInt8
    if let given { type = given } else { type = try marker() }
    guard "ZTFiUIlLdDCSH".utf8.contains(type) else {
      throw StructureError(.broken, "the byte \(type) begins no value", at: at)
    }
    try skipScalar(type)
  }

  private mutating func skipScalar(_ type: UInt8) throws(StructureError) {
    if type == UInt8(ascii: "S") || type == UInt8(ascii: "H") { return try reader.skip(try length(of: 1)) }
    guard "ZTFiUIlLdDC".utf8.contains(type) else {
      throw StructureError(.broken, "an array of the type \(type)", at: offset)
    }
    try reader.skip(Self.width(type))
  }

  private static func width(_ type: UInt8) -> Int {
    switch type {
    case UInt8(ascii: "I"): 2
    case UInt8(ascii: "l"), UInt8(ascii: "d"): 4
    case UInt8(ascii: "L"), UInt8(ascii: "D"): 8
    case UInt8(ascii: "Z"), UInt8(ascii: "T"), UInt8(ascii: "F"): 0
    default: 1
    }
  }

  private mutating func marker() throws(StructureError) -> UInt8 {
    while reader.peek == UInt8(ascii: "N") { try reader.skip(1) }
    return try reader.u8()
  }

  /// A length of things that take at least `size` bytes each.
  private mutating func length(of size: Int) throws(StructureError) -> Int {
    let at = offset
    let type = try reader.u8()
    guard "iUIlL".utf8.contains(type), case .integer(let value) = try value(depth: 0, type: type) else {
      throw StructureError(.broken, "a length that is no number", at: at)
    }
    guard value >= 0 else { throw StructureError(.exploit, "a length of \(value)", at: at) }
    return try reader.count(UInt64(value), of: size, "bytes or elements")
  }
}
