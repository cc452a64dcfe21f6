// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Immutable bytes from outside: a mapped file or memory. Slices share the storage, so that a format can be
/// parsed into parts without a copy.
///
/// Read through ``span`` and ``ByteCursor``. Offsets are always relative to this value's own start.
package struct Bytes: Sendable {
  private let storage: ByteStorage
  private let range: Range<Int>

  private init(storage: ByteStorage, range: Range<Int>) {
    self.storage = storage
    self.range = range
  }

  init(storage: ByteStorage) {
    self.init(storage: storage, range: 0..<storage.count)
  }

  /// Copies `bytes` into memory of their own.
  package init(_ bytes: some Collection<UInt8>) {
    self.init(storage: ByteStorage(copying: bytes))
  }

  /// Copies `text` as UTF-8.
  package init(utf8 text: String) {
    self.init(Array(text.utf8))
  }

  package var count: Int { range.count }
  package var isEmpty: Bool { range.isEmpty }

  /// The bytes, bounds-checked, for as long as this value lives.
  package var span: Span<UInt8> {
    @_lifetime(borrow self)
    borrowing get {
      unsafe _overrideLifetime(storage.span(range), borrowing: self)
    }
  }

  /// The bytes in `part`, sharing this value's storage. Traps when `part` is outside; check it first when it
  /// comes from a file, or use ``checkedSlice(at:count:)``.
  package func slice(_ part: Range<Int>) -> Bytes {
    precondition(part.lowerBound >= 0 && part.upperBound <= count, "slice outside of the bytes")
    return Bytes(
      storage: storage, range: range.lowerBound + part.lowerBound..<range.lowerBound + part.upperBound)
  }

  /// The `count` bytes at `offset`, both taken from a hostile file.
  /// - Throws: ``BytesError/truncated(offset:needed:available:)`` when they are not all there.
  package func checkedSlice(at offset: Int, count length: Int) throws(BytesError) -> Bytes {
    guard offset >= 0, length >= 0, offset <= count, length <= count - offset else {
      throw .truncated(offset: offset, needed: length, available: max(0, count - max(0, offset)))
    }
    return slice(offset..<offset + length)
  }

  package subscript(index: Int) -> UInt8 {
    precondition(index >= 0 && index < count, "index outside of the bytes")
    return unsafe storage.span(range)[index]
  }

  /// Whether the first bytes are these.
  package func starts(with magic: [UInt8]) -> Bool {
    guard count >= magic.count else { return false }
    let start = span
    for index in magic.indices where start[index] != magic[index] { return false }
    return true
  }

  /// A copy as an array. For small parts; large ones stay spans.
  package func array() -> [UInt8] {
    let source = span
    return unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialised in
      unsafe source.withUnsafeBufferPointer { unsafe _ = buffer.initialize(from: $0) }
      initialised = source.count
    }
  }

  /// Gives the memory of a part of a mapped file back to the system, which reads it again when it is looked at again. Does
  /// nothing for bytes that are no mapping.
  package func releasePages(_ part: Range<Int>) {
    storage.releasePages(range.lowerBound + part.lowerBound..<range.lowerBound + part.upperBound)
  }

  /// Whether these are all bytes of a mapped file.
  var isWholeMapping: Bool { storage.isMapping && range == 0..<storage.count }

  /// Gives C and the libraries a pointer that is valid inside `body` only.
  package func withUnsafeBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try unsafe storage.withUnsafeBytes(range, body)
  }
}
