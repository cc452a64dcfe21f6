// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// A node of an ONNX graph without its attributes.
struct ONNXNode {
  var name = ""
  var operation = ""
  var domain = ""
  var overload = ""
  /// Hashes of the names; 0 where an optional one is left out.
  var inputs: [UInt64] = []
  var outputs: [UInt64] = []

  init(_ message: ProtoReader) throws(ProtoError) {
    var reader = message
    while let field = try reader.next() {
      guard inputs.count + outputs.count < Limits.onnxValues else { throw .malformed(offset: field.offset) }
      switch field.number {
      case 1: inputs.append(Self.hash(reader, field))
      case 2: outputs.append(Self.hash(reader, field))
      case 3: name = try reader.short(field)
      case 4: operation = try reader.short(field)
      case 7: domain = try reader.short(field)
      case 8: overload = try reader.short(field)
      default: break
      }
    }
    if domain == "ai.onnx" { domain = "" }
  }

  /// As reports name it.
  var construct: String { "\(domain)::\(operation)" }
  /// The function it would call.
  var function: String { overload.isEmpty ? construct : "\(construct)::\(overload)" }

  /// FNV-1a of the field's bytes: two names of one hash only make a finding too many or too few about the order of nodes.
  static func hash(_ reader: ProtoReader, _ field: ProtoField) -> UInt64 {
    guard !field.range.isEmpty else { return 0 }
    let span = reader.bytes.span
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in field.range { hash = (hash ^ UInt64(span[index])) &* 0x100_0000_01B3 }
    return hash
  }
}
