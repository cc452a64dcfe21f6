// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
package import MartletBytes

/// The files of an artifact with their digests, in the order of OpenSSF Model Signing 1.0 (`files`
/// serialisation), and the root digest that follows from them.
///
/// A single file is one resource named `.`, as the OMS tools name it.
package struct Manifest: Sendable, Equatable, Codable {
  /// One file: a `/`-separated path relative to the artifact, and the SHA-256 of its bytes.
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
    self.resources = resources.sorted {
      $0.name.unicodeScalars.lexicographicallyPrecedes($1.name.unicodeScalars)
    }
    for (first, second) in zip(self.resources, self.resources.dropFirst()) where first.name == second.name {
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

/// Why there is no manifest.
package enum ManifestError: Error, Equatable, Sendable {
  case empty
  case duplicate(String)
  /// Symbolic links, devices and sockets have no place in a model: what they lead to may change after it was judged.
  case notAFile(String)
  case unreadable(BytesError)
  case directory(path: String, reason: String)
  case tooMany(limit: Int)
}

extension ManifestError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty: "expected a model, found a directory without any file"
    case .duplicate(let name): "the name \(name) stands twice in the manifest"
    case .notAFile(let path):
      "expected plain files, found a symbolic link or special file at \(path): copy the file itself there"
    case .unreadable(let error): error.description
    case .directory(let path, let reason): "cannot list \(path): \(reason)"
    case .tooMany(let limit): "more than \(limit) files: not a model"
    }
  }
}
