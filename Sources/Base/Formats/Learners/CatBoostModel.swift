// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// A CatBoost model: `CBM1`, the size of a FlatBuffer, the buffer, then parts that it names.
///
/// The tables of the buffer are walked to the depth that its loader follows; what the fields mean is not judged.
package enum CatBoostModel {
  package static func looksLikeOne(_ bytes: Bytes) -> Bool { bytes.starts(with: Array("CBM1".utf8)) }

  package static func check(_ bytes: Bytes) throws(StructureError) {
    var reader = StructureReader(bytes.span, at: min(4, bytes.count))
    let size = Int(try reader.u32())
    guard size >= 8, size <= reader.remaining else {
      throw StructureError(.broken, "a model of \(size) bytes, and \(reader.remaining) are left", at: 4)
    }
    let core = bytes.slice(8..<8 + size)
    var root = StructureReader(core.span)
    let fields = try table(core, at: Int(try root.u32()))
    // TModelCore: FormatVersion, ModelTrees, InfoMap, ModelPartIds.
    guard fields.count >= 2, let version = fields[0], let trees = fields[1] else {
      throw StructureError(.broken, "a model without its trees", at: 8)
    }
    let format = try text(core, try target(core, version))
    guard format.hasPrefix("FlabuffersModel_v") else {
      throw StructureError(.uncovered, "the format \(format) is not known", at: 8)
    }
    for field in try table(core, at: try target(core, trees)) { _ = field }
    if fields.count > 2, let info = fields[2] {
      for entry in try vector(core, try target(core, info)) {
        let pair = try table(core, at: try target(core, entry))
        for case let part? in pair { _ = try text(core, try target(core, part)) }
      }
    }
    var parts = 0
    if fields.count > 3, let ids = fields[3] { parts = try vector(core, try target(core, ids)).count }
    if parts == 0, 8 + size != bytes.count {
      throw StructureError(
        .broken, "\(bytes.count - 8 - size) bytes behind a model without parts", at: 8 + size)
    }
    if parts > 0 {
      // Parts are tables of numbers with sizes of their own, which only their own kind can tell.
      throw StructureError(
        .uncovered, "\(parts) parts behind the model, such as tables of categories", at: 8 + size)
    }
  }

  /// Where the fields of a table lie; nil for those that are absent.
  private static func table(_ core: Bytes, at position: Int) throws(StructureError) -> [Int?] {
    guard position >= 4, position <= core.count - 4 else { throw wild(position) }
    var reader = StructureReader(core.span, at: position)
    let back = try reader.i32()
    let start = position - back
    guard start >= 0, start <= core.count - 4 else { throw wild(start) }
    var layout = StructureReader(core.span, at: start)
    let length = Int(try layout.u16())
    let size = Int(try layout.u16())
    guard length >= 4, length % 2 == 0, start + length <= core.count, size >= 4, position + size <= core.count
    else {
      throw wild(start)
    }
    var fields: [Int?] = []
    for _ in 0..<(length - 4) / 2 {
      let offset = Int(try layout.u16())
      guard offset < size else { throw wild(start) }
      fields.append(offset == 0 ? nil : position + offset)
    }
    return fields
  }

  private static func target(_ core: Bytes, _ field: Int) throws(StructureError) -> Int {
    guard field <= core.count - 4 else { throw wild(field) }
    var reader = StructureReader(core.span, at: field)
    let target = field + Int(try reader.u32())
    guard target <= core.count - 4 else { throw wild(target) }
    return target
  }

  private static func vector(_ core: Bytes, _ position: Int) throws(StructureError) -> [Int] {
    var reader = StructureReader(core.span, at: position)
    let count = try reader.count(UInt64(try reader.u32()), of: 4, "entries")
    return (0..<count).map { position + 4 + 4 * $0 }
  }

  private static func text(_ core: Bytes, _ position: Int) throws(StructureError) -> String {
    var reader = StructureReader(core.span, at: position)
    let count = try reader.count(UInt64(try reader.u32()), of: 1, "bytes of text")
    return try reader.text(min(count, 256))
  }

  private static func wild(_ position: Int) -> StructureError {
    StructureError(.exploit, "a table that points to \(position), outside of the model", at: 8)
  }
}
