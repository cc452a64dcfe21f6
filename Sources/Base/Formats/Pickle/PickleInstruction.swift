// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// One opcode with its argument, as places in the file: reading one allocates nothing.
package struct PickleInstruction: Sendable, Equatable {
  package var opcode: PickleOpcode
  /// Where the opcode stands.
  package var offset: Int
  /// Where the next opcode stands.
  package var end: Int
  /// The number in the argument: an integer, a memo index, a protocol, an extension code, a frame length.
  package var value: Int64 = 0
  /// The bytes of a string, bytes or number argument, without quotes and line ends.
  package var text: Range<Int> = 0..<0
  /// The second line of GLOBAL and INST.
  package var second: Range<Int> = 0..<0
  /// False when readers of pickles disagree about how the argument is written, such as `0x10` or a NUL in a
  /// number. The value is then what the C unpickler takes it for.
  package var isPlain = true
  /// The number does not fit in ``value``.
  package var isBig = false
}

/// Why the next opcode could not be read. Nothing behind it was.
package enum PickleError: Error, Equatable, Sendable {
  /// The bytes end inside the opcode that starts at `offset`.
  case truncated(offset: Int, opcode: PickleOpcode)
  /// No protocol has this opcode.
  case unknownOpcode(offset: Int, byte: UInt8)
  /// The argument is not what the opcode takes.
  case badArgument(offset: Int, opcode: PickleOpcode, reason: String)

  package var offset: Int {
    switch self {
    case .truncated(let offset, _), .unknownOpcode(let offset, _), .badArgument(let offset, _, _): offset
    }
  }
}

extension PickleError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .truncated(let offset, let opcode):
      "the pickle ends inside \(opcode.name) at offset \(offset)"
    case .unknownOpcode(let offset, let byte):
      "expected a pickle opcode at offset \(offset), found byte 0x\(String(byte, radix: 16))"
    case .badArgument(let offset, let opcode, let reason):
      "\(opcode.name) at offset \(offset): \(reason)"
    }
  }
}
