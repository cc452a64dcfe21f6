// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc

/// Plaintext weights and keys: memory of their own that leaves nothing behind.
///
/// The pages come straight from the system, never from the heap. They are kept out of core dumps, kept from
/// being swapped out as far as the process may lock memory, and zeroed before they go back. The value
/// cannot be copied, so there is one plaintext and its end is known.
@safe package struct SecretBytes: ~Copyable, @unchecked Sendable {
  // Sendable although it holds a pointer: the memory has one owner, and changes only through `inout`
  // or, while it is being filled, through disjoint parts inside of this module.
  private let memory: UnsafeMutableRawBufferPointer

  package var count: Int { unsafe memory.count }
  package var isEmpty: Bool { count == 0 }

  /// `count` zeros.
  /// - Throws: ``SealError/noMemory(bytes:reason:)``.
  package init(zeros count: Int) throws(SealError) {
    precondition(count >= 0, "a negative number of secret bytes")
    guard count > 0 else {
      unsafe memory = UnsafeMutableRawBufferPointer(start: nil, count: 0)
      return
    }
    guard
      let address = unsafe mmap(nil, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      unsafe address != MAP_FAILED
    else { throw .noMemory(bytes: count, reason: unsafe String(cString: strerror(errno))) }
    // All three are best effort. Huge pages spare most of the page faults while gigabytes are decrypted;
    // locking is bounded by RLIMIT_MEMLOCK.
    unsafe madvise(address, count, MADV_DONTDUMP)
    unsafe madvise(address, count, MADV_HUGEPAGE)
    unsafe mlock(address, count)
    unsafe memory = UnsafeMutableRawBufferPointer(start: address, count: count)
  }

  /// A copy of `bytes`. The caller erases the original.
  /// - Throws: ``SealError/noMemory(bytes:reason:)``.
  package init(copying bytes: Span<UInt8>) throws(SealError) {
    try self.init(zeros: bytes.count)
    unsafe bytes.withUnsafeBytes { unsafe memory.copyMemory(from: $0) }
  }

  /// A copy of `bytes` and of `more` behind them. The caller erases the originals.
  /// - Throws: ``SealError/noMemory(bytes:reason:)``.
  package init(copying bytes: Span<UInt8>, then more: Span<UInt8>) throws(SealError) {
    try self.init(zeros: bytes.count + more.count)
    let start = bytes.count
    unsafe bytes.withUnsafeBytes { unsafe memory.copyMemory(from: $0) }
    unsafe more.withUnsafeBytes { more in
      unsafe UnsafeMutableRawBufferPointer(rebasing: memory[start...]).copyMemory(from: more)
    }
  }

  deinit {
    guard let address = unsafe memory.baseAddress else { return }
    unsafe explicit_bzero(address, memory.count)
    unsafe munmap(address, memory.count)
  }

  /// The bytes, bounds-checked, for as long as this value lives.
  package var span: Span<UInt8> {
    @_lifetime(borrow self)
    borrowing get {
      let bytes = unsafe UnsafeRawBufferPointer(memory).bindMemory(to: UInt8.self)
      let span = unsafe Span<UInt8>(_unsafeElements: bytes)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// Gives C and the libraries a pointer that is valid inside `body` only.
  package borrowing func withUnsafeBytes<Result: ~Copyable, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try unsafe body(UnsafeRawBufferPointer(memory))
  }

  /// For filling the memory, from several threads in disjoint parts, before anybody else sees it.
  @unsafe borrowing func withUnsafeMutableBytes<Result: ~Copyable, Failure: Error>(
    _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try unsafe body(memory)
  }
}

extension [UInt8] {
  /// Zeroes an array that held a secret. It must not have been copied.
  package mutating func erase() {
    unsafe withUnsafeMutableBytes { bytes in
      if let start = bytes.baseAddress { unsafe explicit_bzero(start, bytes.count) }
    }
  }
}
