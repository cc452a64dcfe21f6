// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension Limits {
  /// Redirects that are followed for one part of a remote file.
  package static let redirects = 5
  /// Bytes that are asked for at once.
  package static let fetchedPiece = 16 << 20
  /// Bytes that one remote file may cost.
  package static let fetchedFile = 2 << 30
  /// Bytes of one page of a list of remote files.
  package static let remoteListing = 32 << 20
  /// Pages of one list of remote files.
  package static let remotePages = 256
}
