// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// Tells a pickle from other bytes without running it. Protocols 0 and 1 have no magic, and text can begin like
/// one, so that it must get to a STOP, or name a global and do something with it.
enum PickleProbe {
  /// After so many opcodes without an error nothing else can look like this.
  private static let enough = 1 << 14

  static func looksLikePickle(_ bytes: Bytes) -> Bool {
    guard !bytes.isEmpty else { return false }
    if bytes[0] == PickleOpcode.proto.rawValue { return bytes.count == 1 || bytes[1] <= 5 }
    var lexer = PickleLexer(bytes.span)
    var pushed = 0
    var named = false
    for _ in 0..<enough {
      let read: PickleInstruction
      do {
        guard let next = try lexer.next() else { return false }
        read = next
      } catch {
        return false
      }
      switch read.opcode {
      case .stop: return pushed > 0
      case .global, .stackGlobal, .ext1, .ext2, .ext4:
        named = true
        pushed += 1
      case .inst: return pushed > 0
      case .reduce, .obj, .newObj, .newObjEx, .build: if named { return true }
      case .pop, .popMark, .put, .binPut, .longBinPut, .memoize, .frame: break
      default: pushed += 1
      }
    }
    return true
  }
}
