// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// A `.npz` file: a zip archive of `.npy` members. A member is read when it is asked for.
package struct NumpyArchive: Sendable {
  private let archive: ZipArchive
  /// The arrays' names, without `.npy`, in the order of the archive.
  package let names: [String]

  /// - Throws: ``ZipError``, as ``ZipArchive/init(_:)`` does.
  package init(_ bytes: Bytes) throws(ZipError) {
    archive = try ZipArchive(bytes)
    names = archive.entries.filter { $0.origin == .central && $0.name.hasSuffix(".npy") }
      .map { String($0.name.dropLast(4)) }
  }

  /// The array of this name, or nil when the archive has none.
  /// - Throws: ``ZipError`` and ``NumpyError``.
  package subscript(name: String) -> NumpyArray? {
    get throws {
      guard let entry = archive.entry(name + ".npy") else { return nil }
      return try NumpyArray(archive.contents(of: entry))
    }
  }
}
