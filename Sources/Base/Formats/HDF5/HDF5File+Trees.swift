// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

extension HDF5File {
  /// A child of a version 1 B-tree and the key in front of it.
  struct TreeEntry {
    let key: Range<Int>
    let child: Int
  }

  /// The leaves of a version 1 B-tree, in order.
  mutating func leaves(ofTree root: Int, kind: Int, keySize: Int) throws(HDF5Error) -> [TreeEntry] {
    var leaves: [TreeEntry] = []
    var seen: Set<Int> = []
    var pending: [(address: Int, level: Int?)] = [(root, nil)]
    while let (address, level) = pending.popLast() {
      guard seen.insert(address).inserted else {
        throw .malformed(what: "a tree with a node that stands twice", offset: address)
      }
      try step(at: address)
      let data = self.data
      let span = data.span
      var cursor = try HDF5Cursor(span, at: address, sizes, "a tree node")
      try cursor.expect("TREE")
      guard try cursor.u8() == kind else { throw .malformed(what: "the kind of a tree", offset: address) }
      let own = try cursor.u8()
      guard level == nil || own == level else {
        throw .malformed(what: "the level of a tree node", offset: address)
      }
      let count = try cursor.u16()
      // The nodes beside it, to which a search goes on.
      for _ in 0..<2 {
        if let sibling = try cursor.address(), sibling > data.count - 8 || sibling == address {
          throw .malformed(what: "the neighbour of a tree node", offset: address)
        }
      }
      try step(count, at: address)
      var below: [(address: Int, level: Int?)] = []
      for _ in 0..<count {
        let key = try cursor.take(keySize)
        let child = try cursor.definedAddress()
        if own == 0 {
          leaves.append(TreeEntry(key: key, child: child))
        } else {
          below.append((child, own - 1))
        }
      }
      pending += below.reversed()
    }
    return leaves
  }

  /// The records of a version 2 B-tree, in order.
  mutating func records(ofTree address: Int) throws(HDF5Error) -> [Range<Int>] {
    let data = self.data
    let span = data.span
    var head = try HDF5Cursor(span, at: address, sizes, "a tree")
    try head.expect("BTHD")
    try head.skip(1)
    _ = try head.u8()
    let nodeSize = try head.u32()
    let recordSize = try head.u16()
    let depth = try head.u16()
    try head.skip(2)
    let root = try head.address()
    let count = try head.u16()
    guard recordSize > 0, nodeSize > 16, depth < 32 else {
      throw .malformed(what: "a tree", offset: address)
    }
    guard let root else { return [] }
    // How wide the counts in front of a child are follows from how much a node holds.
    let leafMost = (nodeSize - 10) / recordSize
    let countBytes = Self.bytesFor(leafMost)
    var totalBytes = [0]
    var most = leafMost
    for _ in 0..<depth {
      let pointer = sizes.offset + countBytes + totalBytes.last!
      let here = max(0, nodeSize - 10 - pointer) / (recordSize + pointer)
      let (product, overflow) = (here + 1).multipliedReportingOverflow(by: most)
      guard !overflow, product < Int.max - here else { throw .malformed(what: "a tree", offset: address) }
      most = product + here
      totalBytes.append(Self.bytesFor(most))
    }
    var records: [Range<Int>] = []
    var seen: Set<Int> = []
    var pending = [(address: root, count: count, level: depth)]
    while let (node, count, level) = pending.popLast() {
      guard seen.insert(node).inserted else {
        throw .malformed(what: "a tree with a node that stands twice", offset: node)
      }
      try step(count + 1, at: node)
      var cursor = try HDF5Cursor(span, at: node, sizes, "a tree node")
      try cursor.expect(level == 0 ? "BTLF" : "BTIN")
      try cursor.skip(2)
      for _ in 0..<count { records.append(try cursor.take(recordSize)) }
      guard level > 0 else { continue }
      var below: [(address: Int, count: Int, level: Int)] = []
      for _ in 0...count {
        let child = try cursor.definedAddress()
        let inside = try cursor.count(countBytes)
        try cursor.skip(totalBytes[level - 1])
        below.append((child, inside, level - 1))
      }
      pending += below.reversed()
    }
    return records
  }
}
