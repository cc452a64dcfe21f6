// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// Tells an ONNX model from other bytes by the fields of its outermost messages, without reading further into them.
package enum ONNXProbe {
  /// A model has a graph. One whose bytes end too soon is still taken for a model when it began like one.
  package static func looksLikeModel(_ bytes: Bytes) -> Bool {
    guard bytes.count >= 4 else { return false }
    let fields = ONNXMessage.model.fields
    var reader = ProtoReader(bytes)
    var known = 0
    var others = 0
    var first = 0
    var graphs = 0
    var isEmpty = false
    while true {
      let field: ProtoField
      do throws(ProtoError) {
        guard let next = try reader.next() else { break }
        field = next
      } catch {
        if graphs > 0 { return true }
        return known > 1 && first == 1 && others == 0
      }
      if first == 0 { first = field.number }
      if let expected = fields[field.number] {
        guard expected.fits(field.wire) else { return false }
        known += 1
        if field.number == 1, field.value > 1000 { return false }
        if field.number == 7 {
          guard let graph = try? reader.message(field), begins(graph, .graph) else { return false }
          // Two bytes of any number make an empty graph.
          if field.range.isEmpty { isEmpty = true } else { graphs += 1 }
        }
      } else {
        others += 1
        // Fields that nobody knows are skipped by every parser; a model is more than those.
        if others > 64, known == 0 { return false }
      }
    }
    return graphs > 0 || (isEmpty && known > 1 && others == 0)
  }

  /// A tensor by itself: all its fields are known, with a type and with data or dimensions.
  package static func looksLikeTensor(_ bytes: Bytes) -> Bool {
    guard bytes.count >= 4, bytes.count < 1 << 32 else { return false }
    let fields = ONNXMessage.tensor.fields
    var reader = ProtoReader(bytes)
    var type: UInt64 = 0
    var data = 0
    var numbers = 0
    while let field = try? reader.next() {
      guard let expected = fields[field.number], expected.fits(field.wire) else { return false }
      numbers += 1
      if field.number == 2 { type = field.value }
      if field.number >= 4, field.number != 8, field.number != 12, field.number != 14 { data += 1 }
    }
    return reader.isAtEnd && (1...26).contains(type) && data > 0 && numbers >= 2
  }

  /// Whether the first fields are those of a message.
  private static func begins(_ message: ProtoReader, _ kind: ONNXMessage) -> Bool {
    let fields = kind.fields
    var reader = message
    for _ in 0..<4 {
      do throws(ProtoError) {
        guard let field = try reader.next() else { return true }
        if let expected = fields[field.number] {
          guard expected.fits(field.wire) else { return false }
        }
      } catch { return false }
    }
    return true
  }
}
