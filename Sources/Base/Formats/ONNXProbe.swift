// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// Tells an ONNX model from other bytes by the fields of its outermost message, without reading into them.
package enum ONNXProbe {
  /// Field numbers of ModelProto and the wire type each must have.
  private static let wire: [UInt64: UInt64] = [
    1: 0, 2: 2, 3: 2, 4: 2, 5: 0, 6: 2, 7: 2, 8: 2, 14: 2, 20: 2, 25: 2, 26: 2,
  ]

  /// A model has a graph. One whose bytes end too soon is still taken for a model when it began like one.
  package static func looksLikeModel(_ bytes: Bytes) -> Bool {
    guard bytes.count >= 4 else { return false }
    var cursor = ByteCursor(bytes.span)
    var known = 0
    var graph = false
    var first: UInt64 = 0
    while !cursor.isAtEnd {
      guard let key = varint(&cursor) else { return known > 1 && first == 1 }
      let field = key >> 3
      if known == 0 { first = field }
      if let expected = wire[field] {
        guard key & 7 == expected else { return false }
        known += 1
      } else if known < 2 {
        return false
      }
      graph = graph || field == 7
      switch key & 7 {
      case 0:
        guard let value = varint(&cursor) else { return known > 1 && first == 1 }
        if field == 1, value > 1000 { return false }
      case 1: if (try? cursor.skip(8)) == nil { return graph && first == 1 }
      case 2:
        guard let length = varint(&cursor) else { return known > 1 && first == 1 }
        guard length <= UInt64(cursor.remaining) else { return known > 1 && first == 1 }
        try? cursor.skip(Int(length))
      case 5: if (try? cursor.skip(4)) == nil { return graph && first == 1 }
      default: return graph && first == 1
      }
    }
    return graph
  }

  private static func varint(_ cursor: inout ByteCursor) -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard let byte = try? cursor.u8() else { return nil }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    return nil
  }
}
