// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// A tensor of an ONNX model as its message describes it: the numbers stay where they lie and are not touched.
package struct ONNXTensor: Sendable {
  package private(set) var name = ""
  package private(set) var dimensions: [Int64] = []
  /// `TensorProto.DataType`.
  package private(set) var type: UInt64 = 0
  package private(set) var raw: Bytes?
  /// Numbers and strings in the typed fields, together.
  package private(set) var values = 0
  /// The typed fields that are not empty, by number.
  package private(set) var typedFields: Set<Int> = []
  /// The first of the integers in `int32_data` and `int64_data`, at most 16.
  package private(set) var integers: [Int64] = []
  /// Whether it says that its data lies in another file.
  package private(set) var isExternal = false
  /// Where the data in another file lies, in order, repeats included.
  package private(set) var external: [(key: String, value: String)] = []
  /// More dimensions or pairs than any tensor has.
  package private(set) var isExcessive = false

  /// - Throws: ``ProtoError``.
  package init(_ message: ProtoReader) throws(ProtoError) {
    var reader = message
    while let field = try reader.next() {
      switch field.number {
      case 1:
        var dims = dimensions
        var excess = false
        try reader.eachNumber(field) {
          if dims.count < Limits.onnxDimensions { dims.append(Int64(bitPattern: $0)) } else { excess = true }
        }
        dimensions = dims
        isExcessive = isExcessive || excess
      case 2: type = try reader.number(field)
      case 4: add(try reader.count(field, width: 4), field)
      case 5, 7:
        var kept = integers
        var count = 0
        try reader.eachNumber(field) {
          count += 1
          if kept.count < 16 { kept.append(Int64(bitPattern: $0)) }
        }
        integers = kept
        add(count, field)
      case 6: add(1, field)
      case 8: name = try reader.short(field)
      case 9: raw = try reader.contents(field)
      case 10: add(try reader.count(field, width: 8), field)
      case 11:
        var count = 0
        try reader.eachNumber(field) { _ in count += 1 }
        add(count, field)
      case 13:
        guard external.count < Limits.onnxExternalPairs else {
          isExcessive = true
          continue
        }
        var pair = (key: "", value: "")
        var entry = try reader.message(field)
        while let part = try entry.next() {
          if part.number == 1 { pair.key = try entry.short(part) }
          if part.number == 2 { pair.value = try entry.short(part) }
        }
        external.append(pair)
      case 14: isExternal = try reader.number(field) != 0
      default: break
      }
    }
  }

  private mutating func add(_ count: Int, _ field: ProtoField) {
    values += count
    if count > 0 { typedFields.insert(field.number) }
  }

  /// The whole contents when they are few integers: shapes, repeats, limits.
  package var fewIntegers: [Int64]? {
    guard type == 7 || type == 6, external.isEmpty else { return nil }
    guard let raw, !raw.isEmpty else { return integers.count == values && values <= 16 ? integers : nil }
    let width = type == 7 ? 8 : 4
    guard raw.count % width == 0, raw.count / width <= 16 else { return nil }
    return raw.integers(of: width)
  }
}
