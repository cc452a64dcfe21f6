// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc

/// Owns the memory behind ``Bytes``: allocated, or mapped from a file. Immutable once made, which is why it can
/// be shared between threads although it holds a pointer.
@safe final class ByteStorage: @unchecked Sendable {
  private enum Owner { case allocation, mapping }

  private let memory: UnsafeRawBufferPointer
  private let owner: Owner

  var count: Int { unsafe memory.count }
  var isMapping: Bool { owner == .mapping }

  init(copying bytes: some Collection<UInt8>) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
    unsafe copy.copyBytes(from: bytes)
    unsafe memory = UnsafeRawBufferPointer(copy)
    owner = .allocation
  }

  /// Takes over memory from `UnsafeMutableRawBufferPointer.allocate`.
  init(adopting allocation: UnsafeMutableRawBufferPointer) {
    unsafe memory = UnsafeRawBufferPointer(allocation)
    owner = .allocation
  }

  /// Takes over a mapping made by `mmap`.
  init(mapping: UnsafeRawBufferPointer) {
    unsafe memory = mapping
    owner = .mapping
  }

  deinit {
    switch owner {
    case .allocation: unsafe memory.deallocate()
    case .mapping: unsafe munmap(UnsafeMutableRawPointer(mutating: memory.baseAddress), memory.count)
    }
  }

  /// Drops the whole pages in `range` of a mapping.
  func releasePages(_ range: Range<Int>) {
    guard case .mapping = owner else { return }
    let page = Int(getpagesize())
    let start = (range.lowerBound + page - 1) / page * page
    let end = range.upperBound == count ? count : range.upperBound / page * page
    guard start < end, let base = unsafe memory.baseAddress else { return }
    unsafe madvise(UnsafeMutableRawPointer(mutating: base + start), end - start, MADV_DONTNEED)
  }

  /// The caller ties the lifetime of the span to a value that keeps this storage alive.
  @unsafe @_lifetime(borrow self)
  func span(_ range: Range<Int>) -> Span<UInt8> {
    let bytes = unsafe UnsafeRawBufferPointer(rebasing: memory[range])
    let span = unsafe Span<UInt8>(_unsafeElements: bytes.bindMemory(to: UInt8.self))
    return unsafe _overrideLifetime(span, borrowing: self)
  }

  func withUnsafeBytes<Result, Failure: Error>(
    _ range: Range<Int>, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try unsafe body(UnsafeRawBufferPointer(rebasing: memory[range]))
  }
}
