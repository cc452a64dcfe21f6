// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// A tree of byte sequences in an array of numbers (`darts.h`), with which SentencePiece finds what it replaces. Its reader
/// goes from number to number without a look at where the array ends.
struct DoubleArray {
  private let bytes: Bytes

  init(_ bytes: Bytes) { self.bytes = bytes }

  /// Follows every way that a text can take.
  /// - Parameter texts: what the values are positions in: texts that end in NUL.
  /// - Throws: an exploit when a way or a value leads out.
  func check(texts: Bytes) throws(StructureError) {
    let span = bytes.span
    let count = span.count / 4
    guard count > 0 else { return }
    guard texts.count == 0 || texts[texts.count - 1] == 0 else {
      throw StructureError(.exploit, "texts to replace letters with that do not end", at: 0)
    }
    func unit(_ index: Int) -> UInt32 {
      let at = 4 * index
      return UInt32(span[at]) | UInt32(span[at + 1]) << 8 | UInt32(span[at + 2]) << 16 | UInt32(span[at + 3])
        << 24
    }
    /// How far the children of a node lie from it.
    func offset(_ unit: UInt32) -> Int { Int((unit >> 10) << ((unit & (1 << 9)) >> 6)) }
    var seen = [Bool](repeating: false, count: count)
    var open = [0]
    while let node = open.popLast() {
      let children = node ^ offset(unit(node))
      // The label of a child is the last byte of its place: all 256 are looked at.
      guard children | 0xFF < count else {
        throw StructureError(.exploit, "a table of letters that leads to \(children) of \(count)", at: 0)
      }
      if unit(node) >> 8 & 1 == 1 {
        let value = Int(unit(children) & 0x7FFF_FFFF)
        guard value < texts.count else {
          throw StructureError(.exploit, "a replacement at \(value) of \(texts.count) bytes", at: 0)
        }
      }
      for label in 1...255 {
        let child = children ^ label
        guard unit(child) & 0x8000_00FF == UInt32(label), !seen[child] else { continue }
        seen[child] = true
        open.append(child)
      }
    }
  }
}
