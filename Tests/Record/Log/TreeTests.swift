// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletLog
import MartletMerkle
import Testing

/// The reference tree of eight inputs that Certificate Transparency implementations share.
@Suite struct TreeTests {
  static let inputs: [[UInt8]] = [
    [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
    [0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
    [0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f],
  ]
  static let roots = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ]

  @Test func aLogHasTheKnownRoots() throws {
    let scratch = try LogScratch()
    let log = try scratch.open()
    #expect(try log.reader.checkpoint().root.description == Self.roots[0])
    for (index, input) in Self.inputs.enumerated() {
      #expect(try log.append([input]) == UInt64(index)..<UInt64(index + 1))
      #expect(try log.reader.checkpoint().root.description == Self.roots[index + 1])
    }
    var snapshot = try log.reader.snapshot()
    for size in 0...8 { #expect(try snapshot.root(size: UInt64(size)).description == Self.roots[size]) }
  }

  @Test func aKnownInclusionProof() throws {
    let scratch = try LogScratch()
    _ = try scratch.open().append(Self.inputs)
    // PATH(0, D[8]) and PROOF(1, D[8]) are the same three hashes.
    let path = [
      "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]
    #expect(try scratch.reader.inclusionProof(of: 0).path.map(\.description) == path)
    #expect(try scratch.reader.consistencyProof(from: 1).path.map(\.description) == path)
  }

  /// The roots of the definition in RFC 6962, 2.1, computed without tiles.
  static func root(_ leaves: ArraySlice<TreeHash>) -> TreeHash {
    if leaves.isEmpty { return .empty }
    if leaves.count == 1 { return leaves.first! }
    var half = 1
    while half * 2 < leaves.count { half *= 2 }
    let middle = leaves.startIndex + half
    return TreeHash(root(leaves[..<middle]), root(leaves[middle...]))
  }

  @Test func rootsAreThoseOfTheDefinition() throws {
    let scratch = try LogScratch(size: 600)
    let leaves = (0..<600).map { TreeHash(leaf: LogScratch.entry($0).span) }
    var snapshot = try scratch.reader.snapshot()
    for size in 0...600 { #expect(try snapshot.root(size: UInt64(size)) == Self.root(leaves[..<size])) }
  }
}
