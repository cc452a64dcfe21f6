// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletMerkle
import Testing

@Suite struct TreeBuilderTests {
  /// The root of the definition (RFC 6962, 2.1).
  private static func root(_ leaves: ArraySlice<TreeHash>) -> TreeHash {
    if leaves.isEmpty { return .empty }
    if leaves.count == 1 { return leaves.first! }
    let middle = Int(TreeShape.split(UInt64(leaves.startIndex)..<UInt64(leaves.endIndex)))
    return TreeHash(root(leaves[..<middle]), root(leaves[middle...]))
  }

  private static func leaf(_ index: Int) -> TreeHash { TreeHash(leaf: Array("entry \(index)".utf8).span) }

  /// The reference root of Certificate Transparency's eight inputs.
  @Test func theKnownRoot() {
    let inputs: [[UInt8]] = [
      [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
      [0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
      [0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f],
    ]
    var builder = TreeBuilder()
    builder.append(inputs.map { TreeHash(leaf: $0.span) })
    #expect("\(builder.root)" == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")
  }

  @Test(arguments: [0, 1, 255, 256, 257, 5_000]) func rootsDoNotDependOnThePieces(count: Int) {
    let leaves = (0..<count).map(Self.leaf)
    var (whole, pieces) = (TreeBuilder(), TreeBuilder())
    whole.append(leaves)
    var at = 0
    while at < count {
      let end = min(count, at + 1 + at % 700)
      pieces.append(leaves[at..<end])
      at = end
    }
    #expect(whole.root == Self.root(leaves[...]))
    #expect(pieces.root == whole.root && pieces.levels == whole.levels)
  }

  @Test func proofsFromLevelsHold() throws {
    let leaves = (0..<66_000).map(Self.leaf)
    var builder = TreeBuilder()
    builder.append(leaves)
    for index in [0, 255, 256, 65_535, 65_536, 65_999] as [UInt64] {
      let proof = InclusionProof(of: index, size: 66_000) { range in
        TreeShape.root(of: range) { level, slots in
          (level == 0 ? leaves : builder.levels[level - 1])[Int(slots.lowerBound)..<Int(slots.upperBound)]
        }
      }
      try proof.verify(entry: Array("entry \(index)".utf8).span, root: builder.root)
    }
  }
}
