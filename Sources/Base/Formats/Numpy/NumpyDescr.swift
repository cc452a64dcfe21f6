// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// The element type of a numpy array: what `descr` in its header says.
package struct NumpyDescr: Sendable, Equatable {
  /// The type code: `f`, `i`, `u`, `b`, `c`, `S`, `U`, `V`, `M`, `m`, `O`; `V` for structures.
  package let kind: Character
  /// Bytes of one element.
  package let itemSize: Int
  package let isBigEndian: Bool
  /// The elements are, or contain, Python objects: the data is a pickle.
  package let hasObjects: Bool
  /// As the header says it, such as `<f4`; `structure` for one with fields.
  package let text: String

  /// One simple type, such as `<f4`, `|b1`, `>i8`, `|S10`, `<M8[ns]`.
  init?(_ text: String) {
    var rest = text[...]
    var bigEndian = false
    if let order = rest.first, "<>|=".contains(order) {
      bigEndian = order == ">"
      rest = rest.dropFirst()
    }
    guard let kind = rest.popFirst() else { return nil }
    var unit = rest
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    unit = unit.dropFirst(digits.count)
    let size: Int
    if digits.isEmpty, kind == "O" || kind == "V" || kind == "S" || kind == "U" {
      size = kind == "O" ? 8 : 0
    } else {
      guard let stated = Int(digits), stated < 1 << 40 else { return nil }
      size = stated
    }
    let allowed: [Int]
    switch kind {
    case "b", "?": allowed = [1]
    case "i", "u": allowed = [1, 2, 4, 8]
    case "f": allowed = [2, 4, 8, 12, 16]
    case "c": allowed = [8, 16, 24, 32]
    case "M", "m": allowed = [8]
    case "O": allowed = [4, 8]
    case "S", "V", "U", "a": allowed = [size]
    default: return nil
    }
    guard allowed.contains(size) else { return nil }
    if kind == "M" || kind == "m" {
      guard unit.isEmpty || (unit.hasPrefix("[") && unit.hasSuffix("]")) else { return nil }
    } else if !unit.isEmpty {
      return nil
    }
    self.kind = kind == "?" ? "b" : kind
    self.text = text
    itemSize = kind == "U" ? size * 4 : size
    isBigEndian = bigEndian
    hasObjects = kind == "O"
  }

  private init(structureOf size: Int, hasObjects: Bool) {
    kind = "V"
    itemSize = size
    isBigEndian = false
    self.hasObjects = hasObjects
    text = "structure"
  }

  /// What the header's literal says: a string, or a list of fields.
  init?(_ literal: PythonLiteral) {
    switch literal {
    case .text(let text): self.init(text)
    case .list(let fields):
      var size = 0
      var objects = false
      for field in fields {
        guard case .tuple(let parts) = field, parts.count == 2 || parts.count == 3,
          let type = NumpyDescr(parts[1])
        else { return nil }
        switch parts[0] {
        case .text: break
        case .tuple(let names) where names.count == 2: break
        default: return nil
        }
        var count = 1
        if parts.count == 3 {
          guard let repeats = Self.elements(parts[2]) else { return nil }
          count = repeats
        }
        let (bytes, over) = type.itemSize.multipliedReportingOverflow(by: count)
        let (sum, more) = size.addingReportingOverflow(bytes)
        guard !over, !more else { return nil }
        size = sum
        objects = objects || type.hasObjects
      }
      self.init(structureOf: size, hasObjects: objects)
    default: return nil
    }
  }

  private static func elements(_ shape: PythonLiteral) -> Int? {
    switch shape {
    case .int(let count): return count
    case .tuple(let sizes):
      var product = 1
      for size in sizes {
        guard case .int(let count) = size else { return nil }
        let (next, overflow) = product.multipliedReportingOverflow(by: count)
        guard !overflow else { return nil }
        product = next
      }
      return product
    default: return nil
    }
  }
}
