// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// A value of the abstract machine in eight bytes: what it is, and where to read more about it.
///
/// Constants carry the offset of the opcode that made them, so that their text is read from the file only when
/// somebody asks. Containers carry a cell of ``PickleCells``, globals an index into the table of globals.
struct PickleValue: Equatable {
  enum Kind: UInt8 {
    // Constants; the payload is the offset of their opcode.
    case none, bool, integer, float, text, bytes, byteArray
    // Fresh containers of Python itself; the payload is a cell, 0 when the contents are not known any more.
    case tuple, list, dict, set, frozenSet
    /// Something imported; the payload is an index into the globals.
    case global
    /// What a vetted callable returned; the payload is an index into the allow list.
    case instance
    /// What any other call returned; the payload is an index into the expressions.
    case foreign
    /// What the loader's `persistent_load` returned, where it is known to be harmless.
    case persistent
    /// An out-of-band buffer.
    case buffer
  }

  private let bits: UInt64

  init(_ kind: Kind, _ payload: Int) {
    bits = UInt64(kind.rawValue) << 56 | UInt64(truncatingIfNeeded: payload) & 0x00FF_FFFF_FFFF_FFFF
  }

  /// What a vetted callable returned, with what else is known about it: an index into a table of the machine.
  init(instance entry: Int, detail: Int) {
    self.init(.instance, entry | (detail & 0xFFFF_FFFF) << 24)
  }

  /// Something imported. A maker is a vetted function that may be called and not handed on: whoever gets it as a value may
  /// call it with anything.
  init(global index: Int, isMaker: Bool) {
    self.init(.global, index | (isMaker ? 1 << 48 : 0))
  }

  private init(bits: UInt64) { self.bits = bits }

  /// No value at all. It has no kind.
  static let absent = PickleValue(bits: .max)

  var kind: Kind { Kind(rawValue: UInt8(truncatingIfNeeded: bits >> 56))! }
  var payload: Int {
    let mask: UInt64 = kind == .instance ? 0xFF_FFFF : kind == .global ? 0xFFFF_FFFF : 0x00FF_FFFF_FFFF_FFFF
    return Int(bits & mask)
  }
  var isMaker: Bool { bits >> 48 == UInt64(Kind.global.rawValue) << 8 | 1 }
  /// 0 when nothing else is known about an instance.
  var detail: Int { kind != .instance ? 0 : Int(bits & 0x00FF_FFFF_FFFF_FFFF) >> 24 }

  var isContainer: Bool { bits >> 56 >= 7 && bits >> 56 <= 11 }

  /// Its payload is an offset in the file.
  var isConstant: Bool { bits >> 56 <= 6 }
}
