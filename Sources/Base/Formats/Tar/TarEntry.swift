// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// One member of a tar archive.
package struct TarEntry: Sendable, Equatable {
  /// What a member becomes when it is unpacked.
  package enum Kind: Sendable, Equatable {
    case file, directory, hardLink, symbolicLink, device, pipe
    /// A label or a list that no reader unpacks.
    case remark
    case unknown(UInt8)
  }

  package var kind: Kind
  /// As readers that know all extensions see it.
  package var name: String
  /// As readers that do not know some extension see it.
  package var otherNames: [String] = []
  /// The target of a link.
  package var target = ""
  package var headerOffset: Int
  /// Where the data lies. Readers that disagree about its length give two entries.
  package var data: Range<Int>
  /// The pieces of a sparse file, in the order of the data.
  package var pieces: [TarPiece] = []
  /// Length of a sparse file; nil for others.
  package var sparseSize: Int?
  /// A longer reading of a member that has two lengths.
  package var isOtherReading = false
}

/// A part of a sparse file that has data.
package struct TarPiece: Sendable, Equatable {
  package let offset: Int
  package let count: Int
}

/// Where an archive breaks off, or where readers of it disagree. Facts: the opinion is the scanner's.
package enum TarIssue: Sendable, Equatable {
  /// The checksum of a header is wrong.
  case checksum(offset: Int)
  /// The archive ends inside of a member or a header.
  case truncated(member: String, offset: Int)
  /// A field that should be a number is none, or is negative or too large.
  case badNumber(field: String, offset: Int)
  /// An extended record cannot be read.
  case badRecord(reason: String, offset: Int)
  /// Another archive stands behind the end.
  case afterEnd(offset: Int)
  /// Bytes that are no part of the archive.
  case trailing(range: Range<Int>)
  /// A member has two lengths.
  case sizes(member: String, header: Int, record: Int, offset: Int)
  /// A member has two names and the header had room for the right one.
  case names(member: String, other: String, offset: Int)
  /// A record gives a name or a length to all members that follow.
  case globalOverride(key: String, offset: Int)
  /// It is one volume of several.
  case multiVolume(offset: Int)
  case tooManyMembers(limit: Int)
}
