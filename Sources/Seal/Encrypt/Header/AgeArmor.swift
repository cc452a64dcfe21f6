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
    var lines = ArmorLines(file)
    guard lines.skipSpace(atMost: leading), let first = lines.next(), first.elementsEqual(begin.utf8) else {
      throw SealError.armor(line: lines.number, .noBegin)
    }
    var isShort = false
    while let line = lines.next() {
      if line.elementsEqual(end.utf8) {
        guard lines.isRestSpace() else { throw SealError.armor(line: lines.number, .trailing) }
        return try spool.finish()
      }
      guard !isShort, !line.isEmpty else { throw SealError.armor(line: lines.number, .shortLine) }
      guard line.count <= columns else { throw SealError.armor(line: lines.number, .longLine) }
      guard let bytes = Base64.decodePadded(line) else {
        throw SealError.armor(line: lines.number, .badBase64)
      }
      // Also a full line with padding must be the last one.
      isShort = bytes.count < lineBytes
      try unsafe bytes.withUnsafeBytes { try unsafe spool.append($0) }
    }
    throw SealError.armor(line: lines.number, .noEnd)
  }

  static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || (9...13).contains(byte)
  }
}

/// The lines of an armoured file, without their ends.
private struct ArmorLines {
  private let file: Bytes
  private var offset = 0
  /// Of the line that was given last, from one.
  private(set) var number = 0

  init(_ file: Bytes) { self.file = file }

  mutating func skipSpace(atMost limit: Int) -> Bool {
    while offset < file.count, AgeArmor.isSpace(file[offset]) {
      offset += 1
      if offset > limit { return false }
    }
    return true
  }

  /// `nil` at the end. A line longer than any that is allowed is cut after what shows that it is.
  mutating func next() -> [UInt8]? {
    guard offset < file.count else { return nil }
    number += 1
    let file = file
    let span = file.span
    var line: [UInt8] = []
    line.reserveCapacity(80)
    while offset < span.count {
      let byte = span[offset]
      offset += 1
      if byte == UInt8(ascii: "\n") {
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        return line
      }
      line.append(byte)
      if line.count > 80 { return line }
    }
    return line
  }

  func isRestSpace() -> Bool {
    let span = file.span
    return (offset..<span.count).allSatisfy { AgeArmor.isSpace(span[$0]) }
  }
}
