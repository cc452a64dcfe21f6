// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Dispatch
import Foundation
package import MartletBytes
import Synchronization

/// What is offered as a model, opened once: the bytes that are scanned, digested and sealed are the same bytes.
package struct Artifact: Sendable {
  /// One file of it. `name` is relative to the artifact; `.` when the artifact is a single file.
  package struct File: Sendable {
    package let name: String
    package let bytes: Bytes

    package init(name: String, bytes: Bytes) {
      self.name = name
      self.bytes = bytes
    }
  }

  package let path: String
  /// In the order of ``Manifest/resources``.
  package let files: [File]
  package let manifest: Manifest

  /// What OMS leaves out of every manifest, at the top of a directory.
  package static let ignored = Set([ModelPath].alwaysIgnored.map(\.text))

  /// Opens a file, or a directory with everything in it but what OMS always ignores and the files named in `excluding`.
  /// - Parameter excluding: names relative to the artifact, such as its own signature file.
  package init(opening path: String, excluding: Set<String> = []) throws(ManifestError) {
    let ignored = excluding.compactMap { ModelPath($0) } + [ModelPath].alwaysIgnored
    let tree = try ModelTree(at: path, .init(ignoring: ignored, settingAside: []))
    var files: [File] = []
    for file in tree.files {
      do throws(BytesError) {
        files.append(File(name: file.name, bytes: try Bytes(contentsOf: tree.place(of: file))))
      } catch {
        throw .unreadable(error)
      }
    }
    self.path = path
    self.files = files
    manifest = try Self.manifest(of: files, .files)
  }

  /// Files that are in memory already, such as those that came over a network.
  /// - Parameter path: what the artifact is called; there need not be anything.
  package init(of files: [File], called path: String) throws(ManifestError) {
    self.path = path
    manifest = try Self.manifest(of: files, .files)
    self.files = files.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// The manifest of the same bytes in another serialisation, such as that of a signature to be checked.
  package func manifest(_ serialization: Serialization) throws(ManifestError) -> Manifest {
    serialization == .files ? manifest : try Self.manifest(of: files, serialization)
  }

  /// All the bytes of all its files.
  package var size: Int { files.reduce(0) { $0 + $1.bytes.count } }

  /// The last part of the path.
  package var lastName: String { URL(fileURLWithPath: path).lastPathComponent }

  /// The last part of the path without its extension: what the model is called unless the user says otherwise.
  package var suggestedName: String {
    URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
  }

  private static func manifest(
    of files: [File], _ serialization: Serialization
  ) throws(ManifestError) -> Manifest {
    let parts = files.flatMap { file in
      serialization.parts(of: file.bytes.count).map { (file: file, range: $0) }
    }
    let digests = Mutex([Digest?](repeating: nil, count: parts.count))
    DispatchQueue.concurrentPerform(iterations: parts.count) { index in
      let digest = Digest.of(parts[index].file.bytes.slice(parts[index].range))
      digests.withLock { $0[index] = digest }
    }
    let made = digests.withLock { $0 }
    return try Manifest(
      zip(parts, made).map { part, digest in
        .init(
          name: serialization.name(of: part.file.name, part.range), digest: digest!, size: part.range.count)
      })
  }
}
