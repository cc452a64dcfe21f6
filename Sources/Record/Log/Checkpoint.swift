// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
package import MartletMerkle

/// What a log commits to: its size, and the root of the tree over its entries (C2SP tlog-checkpoint).
///
/// A value of this type was signed by the key it was read with, or is about to be signed.
package struct Checkpoint: Hashable, Sendable {
  /// The name of the log, which is also the name of the key that signs it.
  package let origin: String
  /// How many entries the log has.
  package let size: UInt64
  package let root: TreeHash

  init(origin: String, size: UInt64, root: TreeHash) {
    self.origin = origin
    self.size = size
    self.root = root
  }

  /// Parses the text of a note. Extension lines are refused, because Martlet writes none.
  init(parsing text: String) throws(CheckpointFlaw) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count == 4, lines[3].isEmpty, !lines[0].isEmpty else { throw .wrongLines }
    guard let size = UInt64(lines[1]), String(size) == lines[1], size <= UInt64(Int64.max) else {
      throw .malformedSize
    }
    guard let root = Base64.standard.decodePadded(lines[2]).flatMap({ TreeHash($0) }) else {
      throw .malformedRoot
    }
    self.init(origin: String(lines[0]), size: size, root: root)
  }

  /// The text that is signed.
  var text: String { "\(origin)\n\(size)\n\(Base64.standard.paddedText(root.bytes))\n" }
}
