// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
package import MartletMerkle

extension RowBlock {
  /// The digest of each row: the leaf hash (RFC 6962, 2.1) of its canonical form.
  package func digests() -> [TreeHash] {
    var digests: [TreeHash] = []
    digests.reserveCapacity(count)
    unsafe withPointers(parts[...], []) { pointers in
      var pieces = unsafe pointers
      for row in 0..<count {
        for index in parts.indices {
          unsafe pieces[index] = UnsafeRawBufferPointer(
            rebasing: pointers[index][parts[index].range(ofRow: row)])
        }
        unsafe digests.append(TreeHash(leafOf: pieces))
      }
    }
    return digests
  }

  /// The digest of each row by some of its columns, in the order in which they are named.
  package func digests(of columns: [Int]) -> [TreeHash] {
    (0..<count).map { row in
      let bytes = columns.flatMap { cell(row: row, column: $0).array() }
      return TreeHash(leaf: bytes.span)
    }
  }

  private func withPointers(
    _ rest: ArraySlice<RowPart>, _ pointers: [UnsafeRawBufferPointer],
    _ body: ([UnsafeRawBufferPointer]) -> Void
  ) {
    guard let part = rest.first else { return unsafe body(pointers) }
    unsafe part.bytes.withUnsafeBytes { raw in
      unsafe withPointers(rest.dropFirst(), pointers + [raw], body)
    }
  }

  /// Gives the memory of a mapped file back.
  func release() {
    for part in parts { part.bytes.releasePages(0..<part.bytes.count) }
  }
}
