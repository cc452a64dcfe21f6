// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// One member of an archive, as one of its headers describes it.
package struct ZipEntry: Sendable, Equatable {
  /// Which header the description comes from. A member is described again from its local header where the two
  /// differ, because some readers believe one and some the other.
  package enum Origin: String, Sendable { case central, local }

  package var origin: Origin
  /// The name as text; bytes that are no UTF-8 become the replacement character.
  package var name: String
  package var flags: UInt16
  package var method: UInt16
  package var crc32: UInt32
  package var compressedSize: Int
  package var uncompressedSize: Int
  /// Where its local header starts.
  package var headerOffset: Int
  /// Where its data starts, once the local header has been read.
  package var dataOffset: Int
  /// Unix file type from the external attributes, 0 where the archive does not say.
  package var unixMode: UInt16

  package var isDirectory: Bool { name.hasSuffix("/") && uncompressedSize == 0 && compressedSize == 0 }
  /// Bit 0, strong encryption, or a masked local header.
  package var isEncrypted: Bool { flags & 0x2041 != 0 }
  package var isSymbolicLink: Bool { unixMode & 0xF000 == 0xA000 }
  var hasDescriptor: Bool { flags & 0x8 != 0 }
}

/// Where the parts of an archive contradict each other, or the bytes say more than the directory.
/// Facts: the opinion about them is the scanner's.
package enum ZipDisagreement: Sendable, Equatable {
  /// A field of the local header differs from the directory. `field` is `name`, `method`, `flags`, `size` or `crc`.
  case header(member: String, field: String, central: String, local: String, offset: Int)
  /// Two entries of the directory have one name.
  case duplicate(member: String, offset: Int)
  /// Two entries have names that become one where case, `.` or the kind of slash does not count.
  case nearDuplicate(member: String, offset: Int)
  /// The extra field for Unicode names gives another name.
  case unicodeName(member: String, other: String, offset: Int)
  /// The directory, or an entry of it, cannot be read.
  case broken(offset: Int, reason: String)
  /// Bytes that belong to no member and to no directory.
  case unclaimed(range: Range<Int>)
  /// Two parts of the archive share bytes.
  case overlap(member: String, offset: Int)
  /// A member that the directory does not list.
  case unlisted(member: String, offset: Int)
  /// More than one end-of-directory record could be meant.
  case secondDirectory(offset: Int)
  /// The zip64 record, or a zip64 field of a member, and the plain one differ.
  case zip64(field: String, offset: Int)
  /// There is no directory: the members were found by their local headers.
  case noDirectory
  /// Offsets count from here and not from the first byte.
  case shifted(by: Int)
  /// The number of entries is not what the directory's end says.
  case entryCount(stated: Int, found: Int)
}

/// Why an archive, or one member, could not be read.
package enum ZipError: Error, Equatable, Sendable {
  case notAnArchive
  case malformed(offset: Int, reason: String)
  case tooManyMembers(limit: Int)
  case encrypted(member: String)
  case unsupportedMethod(member: String, method: UInt16)
  case badData(member: String)
  case sizeMismatch(member: String, stated: Int, found: Int)
  case checksum(member: String, stated: UInt32, found: UInt32)
  case tooLarge(member: String, limit: Int)
  /// There is no room for what comes out.
  case noRoom(member: String, reason: String)
}

extension ZipError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notAnArchive: "expected a zip archive, found neither a directory nor a member"
    case .malformed(let offset, let reason): "the zip archive is broken at offset \(offset): \(reason)"
    case .tooManyMembers(let limit): "the archive has more than \(limit) members"
    case .encrypted(let member): "\(member) is encrypted: decrypt the archive before it is scanned"
    case .unsupportedMethod(let member, let method):
      "\(member) is compressed with method \(method), which is not supported"
    case .badData(let member): "the compressed data of \(member) is damaged or cut short"
    case .sizeMismatch(let member, let stated, let found):
      "\(member) should be \(stated) bytes and is \(found)"
    case .checksum(let member, let stated, let found):
      "\(member) should have CRC-32 \(String(stated, radix: 16)) and has \(String(found, radix: 16))"
    case .tooLarge(let member, 0):
      "\(member) was not inflated: what the members before it became is all that an archive of this size may become"
    case .tooLarge(let member, let limit): "\(member) becomes more than \(limit) bytes"
    case .noRoom(let member, let reason): "there is no room for \(member): \(reason)"
    }
  }
}
