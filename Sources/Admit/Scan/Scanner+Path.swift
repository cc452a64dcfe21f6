// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletEvidence

/// Why a scan could not start.
package enum ScanError: Error, Equatable, Sendable {
  case missing(path: String)
  case tooManyFiles(limit: Int)
}

extension ScanError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missing(let path): "expected a file or a folder at \(path), found nothing"
    case .tooManyFiles(let limit):
      "expected at most \(limit) files and folders, found more: scan a smaller folder"
    }
  }
}

extension Scanner {
  /// Scans a file, or everything in a folder in the order of the names' bytes. A link that stays inside of the
  /// folder is not followed, because its target is scanned anyway; one that leaves it is a finding. What OMS
  /// leaves out of a manifest (`.git` and the like at the top) is left out here too.
  ///
  /// - Throws: ``ScanError``; what cannot be read below `path` is a finding.
  package func scan(path: String) throws(ScanError) -> ScanReport {
    let manager = FileManager.default
    var isFolder: ObjCBool = false
    guard unsafe manager.fileExists(atPath: path, isDirectory: &isFolder) else { throw .missing(path: path) }
    guard isFolder.boolValue else {
      let folder = Folder(root: URL(fileURLWithPath: path).deletingLastPathComponent().path)
      return ScanReport(artifacts: [read(path, name: path, folder: folder).artifact])
    }
    var artifacts: [ScanReport.Artifact] = []
    var dataFiles: Set<String> = []
    var seen = 0
    try walk(path, "", depth: 0, seen: &seen, into: &artifacts, dataFiles: &dataFiles)
    artifacts.sort { Array($0.path.utf8).lexicographicallyPrecedes(Array($1.path.utf8)) }
    return Self.report(artifacts, dataFiles: dataFiles)
  }

  private func walk(
    _ root: String, _ relative: String, depth: Int, seen: inout Int,
    into artifacts: inout [ScanReport.Artifact],
    dataFiles: inout Set<String>
  ) throws(ScanError) {
    let manager = FileManager.default
    let folder = relative.isEmpty ? root : root + "/" + relative
    guard depth < Limits.scannedDepth else {
      return artifacts.append(
        artifact(.nesting(limit: Limits.scannedDepth), name: relative, format: "folder"))
    }
    guard let names = try? manager.contentsOfDirectory(atPath: folder) else {
      return artifacts.append(
        artifact(.unreadable("the folder cannot be listed"), name: relative, format: "folder"))
    }
    for name in names.sorted() where depth > 0 || !Artifact.ignored.contains(name) {
      seen += 1
      guard seen <= Limits.scannedFiles else { throw .tooManyFiles(limit: Limits.scannedFiles) }
      let inside = relative.isEmpty ? name : relative + "/" + name
      let full = root + "/" + inside
      switch (try? manager.attributesOfItem(atPath: full))?[.type] as? FileAttributeType {
      case .typeDirectory:
        try walk(root, inside, depth: depth + 1, seen: &seen, into: &artifacts, dataFiles: &dataFiles)
      case .typeRegular:
        let result = read(full, name: inside, folder: Folder(root: folder))
        artifacts.append(result.artifact)
        dataFiles.formUnion(result.dataFiles.map { relative.isEmpty ? $0 : relative + "/" + $0 })
      case .typeSymbolicLink:
        let target = (try? manager.destinationOfSymbolicLink(atPath: full)) ?? "nothing"
        if Folder(root: root).resolves(full) == nil {
          artifacts.append(artifact(.escapingLink(target: target), name: inside, format: "link"))
        }
      case nil:
        artifacts.append(artifact(.unreadable("the file cannot be read"), name: inside, format: "unknown"))
      default: artifacts.append(artifact(.special, name: inside, format: "special"))
      }
    }
  }

  private func read(
    _ path: String, name: String, folder: Folder
  ) -> (artifact: ScanReport.Artifact, dataFiles: Set<String>) {
    do {
      return artifact(try Bytes(contentsOf: path), name: name, folder: folder)
    } catch {
      if case .notAFile = error { return (artifact(.special, name: name, format: "special"), []) }
      return (artifact(.unreadable("\(error)"), name: name, format: "unknown"), [])
    }
  }
}

/// A folder on disk, for links and for the data files of models.
struct Folder: DataFolder {
  let root: String

  /// The real path of an existing file when it lies inside of the folder, following every link.
  func resolves(_ path: String) -> String? {
    guard let target = real(path), let inside = real(root) else { return nil }
    return target == inside || target.hasPrefix(inside == "/" ? "/" : inside + "/") ? target : nil
  }

  func dataFile(_ path: String) -> DataFile {
    let full = root + "/" + path
    guard real(full) != nil else { return .missing }
    guard let target = resolves(full) else { return .escapes }
    let attributes = try? FileManager.default.attributesOfItem(atPath: target)
    guard attributes?[.type] as? FileAttributeType == .typeRegular, let size = attributes?[.size] as? Int
    else {
      return .missing
    }
    if let names = attributes?[.referenceCount] as? Int, names > 1 { return .shared(size: size) }
    return .inside(size: size)
  }

  private func real(_ path: String) -> String? {
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }
}
