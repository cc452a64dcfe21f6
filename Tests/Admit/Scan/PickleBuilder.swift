// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// Assembles pickles opcode by opcode. What is dangerous exists in memory only, while a test runs, and is never
/// handed to an unpickler.
struct PickleBuilder {
  var bytes: [UInt8] = []

  init(protocol version: UInt8? = nil) { if let version, version >= 2 { bytes = [0x80, version] } }

  static func make(_ version: UInt8? = nil, _ parts: PickleBuilder.Part...) -> Bytes {
    var builder = PickleBuilder(protocol: version)
    for part in parts { part.write(&builder.bytes) }
    return Bytes(builder.bytes)
  }

  struct Part: ExpressibleByStringLiteral, Sendable {
    let write: @Sendable (inout [UInt8]) -> Void

    init(_ write: @escaping @Sendable (inout [UInt8]) -> Void) { self.write = write }

    /// Raw opcodes as ASCII.
    init(stringLiteral text: String) { self.init { $0 += Array(text.utf8) } }

    static func raw(_ bytes: [UInt8]) -> Part { Part { $0 += bytes } }
    static func global(_ module: String, _ name: String) -> Part {
      Part { $0 += Array("c\(module)\n\(name)\n".utf8) }
    }
    static func inst(_ module: String, _ name: String) -> Part {
      Part { $0 += Array("i\(module)\n\(name)\n".utf8) }
    }
    static func text(_ text: String) -> Part {
      Part { $0 += [0x8C, UInt8(text.utf8.count)] + Array(text.utf8) }
    }
    static func binary(_ bytes: [UInt8]) -> Part {
      Part { $0 += [0x42] + (0..<4).map { UInt8(truncatingIfNeeded: bytes.count >> (8 * $0)) } + bytes }
    }
    static func stackGlobal(_ module: String, _ name: String) -> Part {
      Part {
        text(module).write(&$0)
        text(name).write(&$0)
        $0.append(0x93)
      }
    }
    static let newObj = raw([0x81]), newObjEx = raw([0x92]), memoize = raw([0x94]), tuple1 = raw([0x85])
    static let tuple2 = raw([0x86]), stackGlobalOpcode = raw([0x93])
  }

  /// `os.system('id')` through REDUCE.
  static func system(_ version: UInt8 = 2) -> Bytes {
    version >= 4
      ? make(version, .stackGlobal("os", "system"), .text("id"), .tuple1, "R.")
      : make(version, .global("os", "system"), "(S'id'\ntR.")
  }
}
