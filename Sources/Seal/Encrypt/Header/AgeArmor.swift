// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// The ASCII armour of age files: strict PEM (RFC 7468, figure 3) with the label `AGE ENCRYPTED FILE`.
///
/// Strict, because every other spelling of the same file would be a change that nobody notices. Space before and after is
/// allowed, and lines may end with CR LF; lines have 64 columns, the base64 is padded and canonical, and nothing else
/// stands in between or behind.
package enum AgeArmor {
  static let begin = "-----BEGIN AGE ENCRYPTED FILE-----"
  static let end = "-----END AGE ENCRYPTED FILE-----"
  static let columns = 64
  static let lineBytes = columns / 4 * 3
  /// Bytes decoded at a time.
  private static let piece = 1 << 20
  /// White space looked at before the first line.
  private static let leading = 1024

  /// Whether the file is meant to be armoured, well or not.
  package static func isArmored(_ file: Bytes) -> Bool {
    let head = file.slice(0..<min(file.count, leading + begin.utf8.count)).array()
    return head.drop(while: isSpace).starts(with: Array("-----".utf8))
  }

  /// The binary file, where `file` is armoured, and `file` itself where not. What does not fit in memory goes to a
  /// temporary file: it is ciphertext.
  /// - Throws: ``SealError/armor(line:_:)``, `BytesError`.
  package static func decodeIfArmored(_ file: Bytes) throws -> Bytes {
    isArmored(file) ? try decode(file) : file
  }

  /// - Throws: ``SealError/armor(line:_:)``, lines counted from one at `begin`; `BytesError`.
  package static func decode(_ file: Bytes) throws -> Bytes {
    let spool = BytesSpool()
    // For what is read and decoded in between: text and bytes of a large file are not in memory at once.
    var decoded: [UInt8] = []
    decoded.reserveCapacity(piece + lineBytes)
    var released = 0
    func flush(_ upTo: Int) throws {
      try unsafe decoded.withUnsafeBytes { try unsafe spool.append($0) }
      decoded.removeAll(keepingCapacity: true)
      file.releasePages(released..<upTo)
      released = upTo
    }
    let text = file.span
    var lines = ArmorLines(text)
    guard lines.skipSpace(atMost: leading), let first = lines.next(), text.extracting(first).equals(begin)
    else {
      throw SealError.armor(line: lines.number, .noBegin)
    }
    var isShort = false
    while let line = lines.next() {
      if !line.isEmpty, text[line.lowerBound] == UInt8(ascii: "-"), text.extracting(line).equals(end) {
        guard lines.isRestSpace() else { throw SealError.armor(line: lines.number, .trailing) }
        try flush(text.count)
        return try spool.finish()
      }
      guard !isShort, !line.isEmpty else { throw SealError.armor(line: lines.number, .shortLine) }
      guard line.count <= columns else { throw SealError.armor(line: lines.number, .longLine) }
      guard let count = Base64.standard.decodePadded(text.extracting(line), to: &decoded) else {
        throw SealError.armor(line: lines.number, .badBase64)
      }
      // Also a full line with padding must be the last one.
      isShort = count < lineBytes
      if decoded.count >= piece { try flush(line.upperBound) }
    }
    throw SealError.armor(line: lines.number, .noEnd)
  }

  static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || (9...13).contains(byte)
  }
}

/// The lines of an armoured file, without their ends.
private struct ArmorLines: ~Escapable {
  private let text: Span<UInt8>
  private var offset = 0
  /// Of the line that was given last, from one.
  private(set) var number = 0

  @_lifetime(copy text)
  init(_ text: Span<UInt8>) { self.text = text }

  mutating func skipSpace(atMost limit: Int) -> Bool {
    while offset < text.count, AgeArmor.isSpace(text[offset]) {
      offset += 1
      if offset > limit { return false }
    }
    return true
  }

  /// Where the next line stands; `nil` at the end. A line longer than any that is allowed is cut after what shows that it is.
  mutating func next() -> Range<Int>? {
    guard offset < text.count else { return nil }
    number += 1
    let start = offset
    let limit = min(text.count, start + AgeArmor.columns + 16)
    var end = start
    while end < limit, text[end] != UInt8(ascii: "\n") { end += 1 }
    offset = min(end + 1, text.count)
    if end < limit, end > start, text[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return start..<end
  }

  func isRestSpace() -> Bool {
    (offset..<text.count).allSatisfy { AgeArmor.isSpace(text[$0]) }
  }
}
