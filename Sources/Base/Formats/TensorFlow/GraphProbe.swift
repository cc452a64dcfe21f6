// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// Tells the protocol buffers of TensorFlow from others by their structure. A message that is cut short is still taken
/// for what it began like, so that it is reported as broken.
package enum GraphProbe {
  package enum Kind: Sendable, Equatable {
    case savedModel, metaGraph, graph
  }

  /// Top-level fields that are looked at before the bytes are called something else.
  private static let looked = 4096

  package static func kind(of bytes: Bytes) -> Kind? {
    guard bytes.count >= 4, let first = start(of: bytes, limit: 1).first, first.number <= 32 else {
      return nil
    }
    let fields = start(of: bytes, limit: looked)
    if isSavedModel(bytes, fields) { return .savedModel }
    if isMetaGraph(bytes, fields) { return .metaGraph }
    if isGraph(bytes, fields) { return .graph }
    return nil
  }

  private static func isSavedModel(_ bytes: Bytes, _ fields: [ProtoField]) -> Bool {
    guard matches(fields, [1: .varint, 2: .bytes]) else { return false }
    return fields.contains { field in
      guard field.number == 2, field.wire == .bytes else { return false }
      let inner = bytes.slice(field.range)
      return isMetaGraph(inner, start(of: inner, limit: 64))
    }
  }

  private static func isMetaGraph(_ bytes: Bytes, _ fields: [ProtoField]) -> Bool {
    let wire: [Int: ProtoField.Wire] = [
      1: .bytes, 2: .bytes, 3: .bytes, 4: .bytes, 5: .bytes, 6: .bytes, 7: .bytes,
    ]
    guard matches(fields, wire) else { return false }
    return fields.contains { field in
      guard field.wire == .bytes else { return false }
      let inner = bytes.slice(field.range)
      let parts = start(of: inner, limit: 64)
      return (field.number == 2 && isGraph(inner, parts)) || (field.number == 1 && isMetaInfo(inner, parts))
    }
  }

  /// MetaInfoDef says with which TensorFlow it was written, or lists operators.
  private static func isMetaInfo(_ bytes: Bytes, _ fields: [ProtoField]) -> Bool {
    let wire: [Int: ProtoField.Wire] = [
      1: .bytes, 2: .bytes, 3: .bytes, 4: .bytes, 5: .bytes, 6: .bytes, 7: .varint, 8: .bytes,
    ]
    guard matches(fields, wire) else { return false }
    return fields.contains { field in
      guard field.number == 2, field.wire == .bytes else { return false }
      let list = bytes.slice(field.range)
      return start(of: list, limit: 1).contains { operation in
        operation.number == 1 && operation.wire == .bytes
          && start(of: list.slice(operation.range), limit: 1).contains {
            $0.number == 1 && isIdentifier(list.slice(operation.range).slice($0.range))
          }
      }
    }
  }

  private static func isGraph(_ bytes: Bytes, _ fields: [ProtoField]) -> Bool {
    guard matches(fields, [1: .bytes, 2: .bytes, 3: .varint, 4: .bytes, 5: .bytes]) else { return false }
    return fields.contains { field in
      guard field.wire == .bytes else { return false }
      let inner = bytes.slice(field.range)
      return (field.number == 1 && isNode(inner)) || (field.number == 2 && isLibrary(inner))
    }
  }

  private static func isNode(_ bytes: Bytes) -> Bool {
    let fields = start(of: bytes, limit: 64)
    let wire: [Int: ProtoField.Wire] = [
      1: .bytes, 2: .bytes, 3: .bytes, 4: .bytes, 5: .bytes, 6: .bytes, 7: .bytes,
    ]
    guard matches(fields, wire) else { return false }
    return fields.contains { $0.number == 2 && isIdentifier(bytes.slice($0.range)) }
  }

  /// A library has functions, and a function a signature with a name.
  private static func isLibrary(_ bytes: Bytes) -> Bool {
    start(of: bytes, limit: 64).contains { function in
      guard function.number == 1, function.wire == .bytes else { return false }
      let body = bytes.slice(function.range)
      return start(of: body, limit: 64).contains { signature in
        guard signature.number == 1, signature.wire == .bytes else { return false }
        let definition = body.slice(signature.range)
        return start(of: definition, limit: 8).contains {
          $0.number == 1 && isIdentifier(definition.slice($0.range))
        }
      }
    }
  }

  private static func isIdentifier(_ bytes: Bytes) -> Bool {
    guard !bytes.isEmpty, bytes.count <= 4096 else { return false }
    let span = bytes.span
    for index in span.indices where span[index] <= 0x20 || span[index] >= 0x7F { return false }
    return true
  }

  /// Whether fields that the message knows have their wire types, and there is one of them.
  private static func matches(_ fields: [ProtoField], _ wire: [Int: ProtoField.Wire]) -> Bool {
    var known = false
    for field in fields {
      guard let expected = wire[field.number] else {
        if field.number < 32 { return false }
        continue
      }
      guard field.wire == expected else { return false }
      known = true
    }
    return known
  }

  /// The first fields, the last one clipped when the bytes end in it.
  private static func start(of bytes: Bytes, limit: Int) -> [ProtoField] {
    var reader = ProtoReader(bytes)
    var fields: [ProtoField] = []
    while fields.count < limit {
      guard let field = try? reader.next() else {
        if let clipped = reader.clipped() { fields.append(clipped) }
        break
      }
      fields.append(field)
    }
    return fields
  }
}
