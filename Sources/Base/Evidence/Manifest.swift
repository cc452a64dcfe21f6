// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto

/// The files of an artifact, or shards of them, with their digests, in the order of OpenSSF Model Signing 1.0, and the
/// root digest that follows from them.
///
/// A single file is one resource named `.`, as the OMS tools name it.
package struct Manifest: Sendable, Equatable, Codable {
  /// One file, or a shard of one: a `/`-separated path relative to the artifact, and the SHA-256 of its bytes.
  package struct Resource: Sendable, Equatable, Codable {
    package let name: String
    package let digest: Digest
    /// Bytes.
    package let size: Int

    package init(name: String, digest: Digest, size: Int) {
      self.name = name
      self.digest = digest
      self.size = size
    }
  }

  /// Sorted by the Unicode code points of the name; no name twice.
  package let resources: [Resource]

  /// - Throws: ``ManifestError/empty`` and ``ManifestError/duplicate(_:)``.
  package init(_ resources: [Resource]) throws(ManifestError) {
    guard !resources.isEmpty else { throw .empty }
    // The order of UTF-8 is that of the code points. Names that only look the same are different files.
    self.resources = resources.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    for (first, second) in zip(self.resources, self.resources.dropFirst())
    where first.name.utf8.elementsEqual(second.name.utf8) {
      throw .duplicate(first.name)
    }
  }

  /// SHA-256 over the raw digests of the resources in order (OMS 1.0, "root digest").
  package var root: Digest {
    var hash = SHA256()
    for resource in resources { hash.update(data: resource.digest.bytes) }
    return Digest(hash.finalize())
  }

  /// The resource `name`, if it is there.
  package func resource(_ name: String) -> Resource? {
    resources.first { $0.name == name }
  }
}
