// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Files in files: archives and compressed streams.
enum Archives: FormatFamily {
  static let formats: [any ScannedFormat] = [ZipFormat()]
  static let rules: [any Rule] = [
    HeaderMismatch(), DuplicateMember(), UnclaimedBytes(), UnreadableMember(), EncryptedMember(),
    EscapingName(), HiddenMember(), BrokenArchive(), LinkMember(),
  ]
}
