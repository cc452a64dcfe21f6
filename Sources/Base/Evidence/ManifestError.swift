// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// Why there is no manifest.
package enum ManifestError: Error, Equatable, Sendable {
  case empty
  case duplicate(String)
  /// Devices, sockets and pipes have no place in a model.
  case notAFile(String)
  /// What a symbolic link leads to may change after it was judged.
  case link(String)
  /// A link whose target is not a signed file of the same model.
  case linkLeadsOut(String)
  case unreadable(BytesError)
  case directory(path: String, reason: String)
  case tooMany(limit: Int)
  case tooDeep(path: String, limit: Int)
  /// A manifest is JSON, and JSON has no other names.
  case notUTF8(String)
  /// Somebody wrote to the file while it was read.
  case changed(String)
}

extension ManifestError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty: "expected a model, found a directory without any file"
    case .duplicate(let name): "the name \(name) stands twice in the manifest"
    case .notAFile(let path):
      "expected plain files, found a device, pipe or socket at \(path): take it out of the model"
    case .link(let path):
      "expected plain files, found a symbolic link at \(path): copy the file itself there, or use --allow-symlinks where "
        + "there is such an option"
    case .linkLeadsOut(let path):
      "the symbolic link \(path) leads to something that is not a signed file of the model: copy the file itself there"
    case .unreadable(let error): error.description
    case .directory(let path, let reason): "cannot list \(path): \(reason)"
    case .tooMany(let limit): "more than \(limit) files: not a model"
    case .tooDeep(let path, let limit): "directories nest deeper than \(limit) levels at \(path): not a model"
    case .notUTF8(let path): "the name of a file in \(path) is not UTF-8, and cannot be signed: rename it"
    case .changed(let path): "\(path) was changed while it was read: try again when nobody writes to it"
    }
  }
}
