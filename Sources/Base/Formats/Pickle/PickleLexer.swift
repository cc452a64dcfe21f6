// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Splits a pickle into opcodes exactly as CPython's C unpickler (`Modules/_pickle.c`) does, because that is what
/// loads it in the end: numbers in text go through `strtol` with base 0 and stop at a NUL, lines end at a
/// newline only, frames have no meaning of their own. Where the Python unpickler or torch's take less, this
/// takes more and says so in ``PickleInstruction/isPlain``.
///
/// Memory is constant: nothing that was read is kept.
package struct PickleLexer: ~Escapable {
  package let bytes: Span<UInt8>
  /// Where the next opcode starts. A read that throws moves nothing.
  package private(set) var offset: Int

  /// Where the open frame ends, to read as CPython's C unpickler does from a file that cannot look ahead: what of an
  /// argument lies in front of the end of the frame is lost when the argument crosses it. -1 for none.
  package var frame = -1

  @_lifetime(copy bytes)
  package init(_ bytes: Span<UInt8>, at offset: Int = 0) {
    precondition(offset >= 0 && offset <= bytes.count, "lexer outside of the bytes")
    self.bytes = bytes
    self.offset = offset
  }

  /// The next opcode, or nil at the end of the bytes.
  package mutating func next() throws(PickleError) -> PickleInstruction? {
    guard offset < bytes.count else { return nil }
    guard let opcode = PickleOpcode(rawValue: bytes[offset]) else {
      throw .unknownOpcode(offset: offset, byte: bytes[offset])
    }
    var read = PickleInstruction(opcode: opcode, offset: offset, end: offset + 1)
    switch opcode {
    case .binInt1, .binGet, .binPut, .ext1: read.value = Int64(try fixed(1, &read))
    case .binInt2, .ext2: read.value = Int64(try fixed(2, &read))
    case .binInt: read.value = Int64(Int32(truncatingIfNeeded: try fixed(4, &read)))
    case .longBinGet, .longBinPut: read.value = Int64(try fixed(4, &read))
    case .ext4: read.value = Int64(Int32(truncatingIfNeeded: try fixed(4, &read)))
    case .shortBinString, .shortBinBytes, .shortBinUnicode, .long1: try block(Int(fixed(1, &read)), &read)
    case .binBytes, .binUnicode: try block(Int(fixed(4, &read)), &read)
    case .binString, .long4:
      let length = Int32(truncatingIfNeeded: try fixed(4, &read))
      guard length >= 0 else { throw bad(read, "its length is negative") }
      try block(Int(length), &read)
    case .binBytes8, .binUnicode8, .byteArray8:
      guard let length = Int(exactly: try fixed(8, &read)) else { throw bad(read, "its length overflows") }
      try block(length, &read)
    case .binFloat:
      _ = try fixed(8, &read)
      read.text = read.end - 8..<read.end
    case .proto:
      read.value = Int64(try fixed(1, &read))
      guard read.value <= 5 else { throw bad(read, "no unpickler knows protocol \(read.value)") }
    case .frame:
      // The Python unpickler takes a frame that is longer than the file.
      guard let length = Int64(exactly: try fixed(8, &read)) else { throw bad(read, "its length overflows") }
      read.value = length
    case .int, .long, .float, .string, .unicode, .get, .put, .persID, .global, .inst: try lines(&read)
    default: break
    }
    offset = read.end
    return read
  }

  /// The opcodes that take the rest of their line, or two.
  private func lines(_ read: inout PickleInstruction) throws(PickleError) {
    read.text = try line(&read)
    switch read.opcode {
    case .global, .inst:
      read.second = try line(&read)
      if read.text.isEmpty { throw bad(read, "its module is empty") }
    case .int: try number(&read, base: .detectOctal)
    case .long: try number(&read, base: .detect)
    case .get, .put: try number(&read, base: .ten)
    case .float: try float(&read)
    case .string:
      let text = read.text
      guard text.count >= 2, bytes[text.lowerBound] == bytes[text.upperBound - 1],
        bytes[text.lowerBound] == 0x27 || bytes[text.lowerBound] == 0x22
      else { throw bad(read, "its text is not in quotes") }
      read.text = text.lowerBound + 1..<text.upperBound - 1
    default: break
    }
  }

  private func line(_ read: inout PickleInstruction) throws(PickleError) -> Range<Int> {
    var start = read.end
    var at = start
    while at < bytes.count, bytes[at] != 0x0A { at += 1 }
    if start < frame, at >= frame {
      start = frame
      at = max(at, frame)
    }
    guard at < bytes.count else {
      // The Python unpickler takes the last line without its end, and drops its last byte.
      let isSecond = !read.text.isEmpty
      guard read.opcode == .global || read.opcode == .inst, isSecond || start < bytes.count - 1 else {
        throw .truncated(offset: read.offset, opcode: read.opcode)
      }
      read.end = bytes.count
      return start..<max(start, bytes.count - 1)
    }
    read.end = at + 1
    return start..<at
  }

  /// Moves to the end of the frame when the next bytes cross it.
  private func cross(_ count: Int, _ read: inout PickleInstruction) {
    if read.end < frame, count > frame - read.end { read.end = frame }
  }

  private func fixed(_ width: Int, _ read: inout PickleInstruction) throws(PickleError) -> UInt64 {
    cross(width, &read)
    guard width <= bytes.count - read.end else {
      throw .truncated(offset: read.offset, opcode: read.opcode)
    }
    var value: UInt64 = 0
    for index in 0..<width { value |= UInt64(bytes[read.end + index]) << (8 * UInt64(index)) }
    read.end += width
    return value
  }

  private func block(_ length: Int, _ read: inout PickleInstruction) throws(PickleError) {
    cross(length, &read)
    guard length <= bytes.count - read.end else {
      throw .truncated(offset: read.offset, opcode: read.opcode)
    }
    read.text = read.end..<read.end + length
    read.end += length
    if read.opcode == .long1 || read.opcode == .long4 { binaryLong(&read) }
  }

  func bad(_ read: PickleInstruction, _ reason: String) -> PickleError {
    .badArgument(offset: read.offset, opcode: read.opcode, reason: reason)
  }
}
