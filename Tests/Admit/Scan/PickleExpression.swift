// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// A Python value as the opcodes that make it.
indirect enum PickleExpression: Sendable {
  case none, yes
  case int(Int)
  case text(String)
  case bytes([UInt8])
  case byteArray([UInt8])
  case tuple([PickleExpression])
  case list([PickleExpression])
  case dict([(PickleExpression, PickleExpression)])
  case global(String, String)
  case call(PickleExpression, [PickleExpression])
  /// `cls.__new__(cls)`
  case new(String, String)
  case build(PickleExpression, PickleExpression)
  /// Opcodes behind those of a value.
  case then(PickleExpression, [UInt8])

  /// The state of an object, by names.
  static func state(_ members: [String: PickleExpression]) -> PickleExpression {
    .dict(members.sorted { $0.key < $1.key }.map { (.text($0.key), $0.value) })
  }

  static func object(_ module: String, _ name: String, _ members: [String: PickleExpression])
    -> PickleExpression
  {
    .build(.new(module, name), .state(members))
  }

  var opcodes: [UInt8] {
    switch self {
    case .none: return [0x4E]
    case .yes: return [0x88]
    case .int(let value):
      if (0...255).contains(value) { return [0x4B, UInt8(value)] }
      return [0x8A, 8] + (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    case .text(let text):
      let units = Array(text.utf8)
      return [0x58] + (0..<4).map { UInt8(truncatingIfNeeded: units.count >> (8 * $0)) } + units
    case .bytes(let bytes):
      return [0x42] + (0..<4).map { UInt8(truncatingIfNeeded: bytes.count >> (8 * $0)) } + bytes
    case .byteArray(let bytes):
      return [0x96] + (0..<8).map { UInt8(truncatingIfNeeded: bytes.count >> (8 * $0)) } + bytes
    case .tuple(let items): return [0x28] + items.flatMap(\.opcodes) + [0x74]
    case .list(let items): return [0x5D, 0x28] + items.flatMap(\.opcodes) + [0x65]
    case .dict(let items): return [0x7D, 0x28] + items.flatMap { $0.0.opcodes + $0.1.opcodes } + [0x75]
    case .global(let module, let name):
      return PickleExpression.text(module).opcodes + PickleExpression.text(name).opcodes + [0x93]
    case .call(let callee, let arguments):
      return callee.opcodes + PickleExpression.tuple(arguments).opcodes + [0x52]
    case .new(let module, let name): return PickleExpression.global(module, name).opcodes + [0x29, 0x81]
    case .build(let receiver, let state): return receiver.opcodes + state.opcodes + [0x62]
    case .then(let value, let more): return value.opcodes + more
    }
  }

  /// As a pickle of protocol 4.
  var pickle: Bytes { Bytes([0x80, 4] + opcodes + [0x2E]) }
}
