// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// The layout of `torch.save` before zip archives: five pickles behind each other (a magic number, a version, the
/// machine, the object, the keys of its storages), and then each storage as a count and its bytes.
///
/// Source: `torch/serialization.py`, `_legacy_save` and `_legacy_load`.
package enum TorchStack {
  /// Pickles in front of the storages.
  package static let pickles = 5
  private static let magic: [UInt8] = [0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19]

  /// Whether the first pickle is the magic number, written as a number. One that a call makes is none.
  package static func begins(_ bytes: Bytes) -> Bool {
    guard bytes.count > 14, bytes[0] == PickleOpcode.proto.rawValue else { return false }
    let span = bytes.span
    var lexer = PickleLexer(span)
    var found = false
    while let read = try? lexer.next() {
      switch read.opcode {
      case .proto where read.offset == 0, .frame: continue
      case .long1 where !found && read.text.count == magic.count:
        for (index, at) in read.text.enumerated() where span[at] != magic[index] { return false }
        found = true
      case .stop: return found
      default: return false
      }
    }
    return false
  }

  /// The keys in the fifth pickle, or nil when it is more than a list of texts.
  package static func keys(_ bytes: Bytes, at start: Int) -> [String]? {
    let span = bytes.span
    var lexer = PickleLexer(span, at: start)
    var keys: [String] = []
    var isList = false
    while let read = try? lexer.next() {
      switch read.opcode {
      case .proto, .frame, .put, .binPut, .longBinPut, .memoize, .mark, .append, .appends: continue
      case .emptyList where !isList: isList = true
      case .binUnicode, .shortBinUnicode, .binUnicode8, .unicode, .string, .binString, .shortBinString:
        guard keys.count < Limits.archiveMembers else { return nil }
        keys.append(PickleText.text(of: read, in: span, limit: 4096))
      case .stop: return isList ? keys : nil
      default: return nil
      }
    }
    return nil
  }
}
