// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
package import MartletBytes

/// What is offered as a model, opened once: the bytes that are scanned, digested and sealed are the same bytes.
package struct Artifact: Sendable {
  /// One file of it. `name` is relative to the artifact; `.` when the artifact is a single file.
  package struct File: Sendable {
    package let name: String
    package let bytes: Bytes
  }

  package let path: String
  /// In the order of ``Manifest/resources``.
  package let files: [File]
  package let manifest: Manifest

  /// What OMS leaves out of every manifest, at the top of a directory.
  package static let ignored: Set<String> = [".git", ".gitignore", ".gitattributes", ".github"]

  /// Opens a file, or a directory with everything in it but ``ignored`` and the files named in `excluding`.
  /// - Parameter excluding: names relative to the artifact, such as its own signature file.
  package init(opening path: String, excluding: Set<String> = []) throws(ManifestError) {
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    let isDirectory = (try? target.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory ?? false
    let named = isDirectory ? try Self.list(path, leavingOut: Self.ignored.union(excluding)) : [(".", path)]
    var files: [File] = []
    var resources: [Manifest.Resource] = []
    for (name, path) in named {
      do throws(BytesError) {
        let bytes = try Bytes(contentsOf: path)
        files.append(File(name: name, bytes: bytes))
        resources.append(.init(name: name, digest: .of(bytes), size: bytes.count))
      } catch {
        throw .unreadable(error)
      }
    }
    self.path = path
    manifest = try Manifest(resources)
    let order = Dictionary(uniqueKeysWithValues: manifest.resources.enumerated().map { ($1.name, $0) })
    self.files = files.sorted { order[$0.name]! < order[$1.name]! }
  }

  /// All the bytes of all its files.
  package var size: Int { files.reduce(0) { $0 + $1.bytes.count } }

  /// The last part of the path without its extension: what the model is called unless the user says otherwise.
  package var suggestedName: String {
    URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
  }

  private static func list(
    _ root: String, leavingOut: Set<String>
  ) throws(ManifestError) -> [(name: String, path: String)] {
    var found: [(String, String)] = []
    var open = [""]
    while let folder = open.popLast() {
      let path = folder.isEmpty ? root : root + "/" + folder
      let names: [String]
      do {
        names = try FileManager.default.contentsOfDirectory(atPath: path)
      } catch {
        throw .directory(path: path, reason: "\(error.localizedDescription)")
      }
      for name in names {
        let relative = folder.isEmpty ? name : folder + "/" + name
        if leavingOut.contains(relative) { continue }
        let full = root + "/" + relative
        let type = (try? FileManager.default.attributesOfItem(atPath: full))?[.type] as? FileAttributeType
        switch type {
        case .typeDirectory: open.append(relative)
        case .typeRegular: found.append((relative, full))
        default: throw .notAFile(full)
        }
        guard found.count + open.count <= Limits.filesOfAnArtifact else {
          throw .tooMany(limit: Limits.filesOfAnArtifact)
        }
      }
    }
    return found
  }
}
