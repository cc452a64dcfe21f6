// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats

/// Files in files: archives and compressed streams.
enum Archives: FormatFamily {
  static let formats: [any ScannedFormat] =
    [ZipFormat(), TarFormat(), SevenZipFormat(), ZFileFormat(), UnreadableArchiveFormat()]
    + Compression.allCases.map { CompressedFormat($0) }
  static let rules: [any Rule] = [
    HeaderMismatch(), DuplicateMember(), UnclaimedBytes(), UnreadableMember(), EncryptedMember(),
    EscapingName(), HiddenMember(), BrokenArchive(), LinkMember(), OverlappingMembers(), BrokenStream(),
    StreamTail(), InflationLimit(), InflationRatio(), UnsupportedArchive(), EscapingMember(),
    EscapingArchiveLink(), SpecialMember(), DuplicateArchiveMember(), AmbiguousArchive(), SmuggledMember(),
  ]
}
