// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Why a part of an HDF5 file could not be read. Offsets count from the superblock.
package enum HDF5Error: Error, Equatable, Sendable {
  /// The file ends before something that must be there, or an address points outside of it.
  case truncated(what: String, offset: Int)
  /// The structure contradicts the format specification.
  case malformed(what: String, offset: Int)
  /// A value that makes released versions of the HDF5 library write or read outside of their memory.
  case corrupting(what: String, offset: Int)
  /// Something of the format that is not read here.
  case unsupported(what: String, offset: Int)
  /// More of something than is looked at.
  case limit(what: String, offset: Int)

  package var offset: Int {
    switch self {
    case .truncated(_, let offset), .malformed(_, let offset), .corrupting(_, let offset),
      .unsupported(_, let offset), .limit(_, let offset):
      offset
    }
  }
}

extension HDF5Error: CustomStringConvertible {
  package var description: String {
    switch self {
    case .truncated(let what, let offset):
      "expected \(what) at offset \(offset), found the end of the file"
    case .malformed(let what, let offset): "\(what) at offset \(offset) contradicts the HDF5 format"
    case .corrupting(let what, let offset): "\(what) at offset \(offset)"
    case .unsupported(let what, let offset): "\(what) at offset \(offset) is not read"
    case .limit(let what, let offset): "\(what), at offset \(offset)"
    }
  }
}
