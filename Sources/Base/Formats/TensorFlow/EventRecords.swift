// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// A file of records (`record_writer.cc` of TensorFlow): the length of each with its checksum, the bytes, and their
/// checksum. Event files are such files.
package enum EventRecords {
  /// Whether the first record begins here: the checksum of its length is right.
  package static func looksLikeOne(_ bytes: Bytes) -> Bool {
    guard bytes.count >= 16 else { return false }
    return length(bytes, at: 0) != nil
  }

  /// Hands over each record.
  /// - Throws: what breaks the format.
  package static func each(of bytes: Bytes, _ body: (Range<Int>) -> Void) throws(StructureError) {
    var at = 0
    while at < bytes.count {
      guard let count = length(bytes, at: at) else {
        throw StructureError(
          .broken, "expected the length of a record with its checksum, found other bytes", at: at)
      }
      guard count <= UInt64(max(0, bytes.count - at - 16)) else {
        throw StructureError(
          .broken, "expected a record of \(count) bytes, and \(max(0, bytes.count - at - 16)) are left",
          at: at)
      }
      let range = at + 12..<at + 12 + Int(count)
      var crc = CRC32C()
      crc.update(bytes.slice(range).span)
      guard number(bytes, at: range.upperBound) == crc.masked else {
        throw StructureError(.broken, "the checksum of a record is wrong", at: at)
      }
      body(range)
      at = range.upperBound + 4
    }
  }

  private static func length(_ bytes: Bytes, at offset: Int) -> UInt64? {
    guard bytes.count - offset >= 12 else { return nil }
    var crc = CRC32C()
    crc.update(bytes.slice(offset..<offset + 8).span)
    guard crc.masked == number(bytes, at: offset + 8) else { return nil }
    return UInt64(number(bytes, at: offset)) | UInt64(number(bytes, at: offset + 4)) << 32
  }

  private static func number(_ bytes: Bytes, at offset: Int) -> UInt32 {
    var cursor = ByteCursor(bytes.span, at: offset)
    return (try? cursor.u32()) ?? 0
  }
}
