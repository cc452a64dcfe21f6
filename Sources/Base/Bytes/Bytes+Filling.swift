// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension Bytes {
  /// Memory of `capacity` bytes that `fill` writes from the start; the value has as many bytes as it says it
  /// wrote. What it did not write is zero.
  package init<Failure: Error>(
    capacity: Int, fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
  ) throws(Failure) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 16)
    unsafe buffer.initializeMemory(as: UInt8.self, repeating: 0)
    let storage = unsafe ByteStorage(adopting: buffer)
    let written = try unsafe fill(buffer)
    precondition(written >= 0 && written <= capacity, "wrote outside of the buffer")
    self = Bytes(storage: storage).slice(0..<written)
  }
}
