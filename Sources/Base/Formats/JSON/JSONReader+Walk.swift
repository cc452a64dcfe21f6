// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension JSONReader {
  /// Walks over the next value, an object, without building a tree: `body` is called with the reader standing at each
  /// member's value and must read it. A name that stands twice is refused.
  package mutating func eachMember(
    _ body: (inout JSONReader, String) throws(JSONError) -> Void
  ) throws(JSONError) {
    try expect(UInt8(ascii: "{"))
    if try take(UInt8(ascii: "}")) { return }
    var names: Set<String> = []
    repeat {
      skipSpace()
      let start = offset
      let name = try string()
      guard names.insert(name).inserted else { throw .duplicateName(name, offset: start) }
      try expect(UInt8(ascii: ":"))
      try body(&self, name)
    } while try takeComma(orEnd: UInt8(ascii: "}"))
  }

  /// Walks over the next value, an array: `body` is called with the reader standing at each element and must read it.
  package mutating func eachElement(
    _ body: (inout JSONReader) throws(JSONError) -> Void
  ) throws(JSONError) {
    try expect(UInt8(ascii: "["))
    if try take(UInt8(ascii: "]")) { return }
    repeat { try body(&self) } while try takeComma(orEnd: UInt8(ascii: "]"))
  }
}
