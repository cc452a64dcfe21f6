// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// A constant of a graph, as `TensorProto` has it.
package struct GraphTensor: Sendable {
  /// `DataType`; 7 is a string.
  package private(set) var type: UInt64 = 0
  /// The sizes of the dimensions; -1 is an open one.
  package private(set) var dimensions: [Int64] = []
  /// The raw bytes of the elements.
  package private(set) var content = 0
  private var raw: Bytes?
  /// The first whole numbers that are given one by one.
  private var integers: [Int64] = []
  /// Elements that are given one by one; the last one fills what is left.
  package private(set) var given = 0
  /// The first strings, and all that are long enough to hold something.
  package private(set) var strings: [Bytes] = []
  /// There are more strings than ``Limits/graphStrings``.
  package private(set) var hasMoreStrings = false
  /// Resource handles.
  package private(set) var handles = 0
  package private(set) var variants: [String] = []
  package private(set) var unknownFields: Set<Int> = []

  /// Bytes of one element by `DataType`; strings and handles have none.
  private static let width: [UInt64: Int] = [
    1: 4, 2: 8, 3: 4, 4: 1, 5: 2, 6: 1, 8: 8, 9: 8, 10: 1, 11: 1, 12: 1, 13: 4, 14: 2, 15: 2, 16: 2, 17: 2,
    18: 16, 19: 2, 22: 4, 23: 8, 24: 1, 25: 1, 26: 1, 27: 1, 28: 1, 29: 1, 30: 1, 31: 1, 32: 1,
  ]

  /// - Throws: ``ProtoError``.
  package init(_ message: ProtoReader) throws(ProtoError) {
    var reader = message
    while let field = try reader.next() {
      switch field.number {
      case 1: type = try reader.number(field)
      case 2: try readShape(reader.message(field))
      case 3: _ = try reader.number(field)
      case 4:
        let bytes = try reader.contents(field)
        content = bytes.count
        raw = bytes.count <= 128 ? bytes : nil
      case 5: given += try reader.count(field, width: 4)
      case 6, 12: given += try reader.count(field, width: 8)
      case 9: given += try reader.count(field, width: 4)
      case 7, 10, 11, 13, 16, 17:
        var more = 0
        var kept = integers
        try reader.eachNumber(field) {
          more += 1
          if kept.count < 16 { kept.append(Int64(bitPattern: $0)) }
        }
        integers = kept
        given += more
      case 8:
        let string = try reader.contents(field)
        if strings.count >= Limits.graphStrings {
          hasMoreStrings = true
        } else if strings.count < 1024 || string.count >= 12 {
          strings.append(string)
        }
        given += 1
      case 14:
        handles += 1
        given += 1
      case 15:
        let name = try Self.variant(reader.message(field))
        if variants.count < 16 { variants.append(name) }
        given += 1
      case 18: given += try reader.contents(field).count
      default: unknownFields.insert(field.number)
      }
    }
  }

  private mutating func readShape(_ message: ProtoReader) throws(ProtoError) {
    var reader = message
    while let field = try reader.next() {
      guard field.number == 2 else { continue }
      var size: Int64 = 0
      var dimension = try reader.message(field)
      while let part = try dimension.next() {
        if part.number == 1 { size = Int64(bitPattern: try dimension.number(part)) }
      }
      guard dimensions.count < 255 else { throw .malformed(offset: field.offset) }
      dimensions.append(size)
    }
  }

  private static func variant(_ message: ProtoReader) throws(ProtoError) -> String {
    var reader = message
    var name = ""
    while let field = try reader.next() { if field.number == 1 { name = try reader.text(field) } }
    return name
  }

  /// How many elements the dimensions ask for; nil when one is negative or their product overflows.
  package var elements: Int? {
    var elements = 1
    for dimension in dimensions {
      guard dimension >= 0 else { return nil }
      let (product, overflow) = elements.multipliedReportingOverflow(by: Int(dimension))
      guard !overflow else { return nil }
      elements = product
    }
    return elements
  }

  /// What is wrong with the size, or nil. Too few elements are not: the last one fills up.
  package var contradiction: String? {
    guard let elements else {
      return "the dimensions \(dimensions.map(String.init).joined(separator: "x")) make no size"
    }
    // Two parts make a complex number.
    if given > elements.multipliedReportingOverflow(by: type == 8 || type == 18 ? 2 : 1).partialValue,
      content == 0
    {
      return "expected at most \(elements) elements, found \(given)"
    }
    if content > 0, let width = Self.width[type] {
      let (needed, overflow) = elements.multipliedReportingOverflow(by: width)
      // Two numbers of four bits share a byte in some releases and have their own in others.
      let isNarrow = type == 29 || type == 30 || type == 31 || type == 32
      if overflow || (content != needed && !(isNarrow && content == (needed + 1) / 2)) {
        return "expected \(overflow ? "fewer" : String(needed)) bytes of data, found \(content)"
      }
    }
    return nil
  }

  /// The whole contents when they are few numbers of 32 or 64 bits: shapes, repeats, limits.
  package var fewIntegers: [Int64]? {
    guard type == 3 || type == 9, let elements, elements <= 16 else { return nil }
    guard let raw else {
      guard content == 0, integers.count == given else { return nil }
      // The last one fills what is left.
      return integers + Array(repeating: integers.last ?? 0, count: max(0, elements - given))
    }
    return raw.integers(of: type == 9 ? 8 : 4)
  }

  /// Bytes that a few given elements grow to when the tensor is made.
  package var filled: Int {
    guard content == 0, let elements, elements > given else { return 0 }
    let (bytes, overflow) = elements.multipliedReportingOverflow(by: Self.width[type] ?? 24)
    return overflow ? .max : bytes
  }
}
