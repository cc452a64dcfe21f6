// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
package import MartletEvidence

extension Scanner {
  /// Scans an artifact that is open: the very bytes that are digested and sealed.
  /// - Parameter tell: is given what is in each file, by its name, while that is scanned.
  package func scan(
    _ artifact: Artifact, telling tell: ((_ file: String, ScanSight) -> Void)? = nil
  ) -> ScanReport {
    let sizes = Dictionary(uniqueKeysWithValues: artifact.files.map { ($0.name, $0.bytes.count) })
    var artifacts: [ScanReport.Artifact] = []
    var dataFiles: Set<String> = []
    for file in artifact.files {
      let parent = file.name.split(separator: "/").dropLast().joined(separator: "/")
      let prefix = parent.isEmpty ? "" : parent + "/"
      let result = self.artifact(
        file.bytes, name: file.name, folder: OpenedFolder(prefix: prefix, sizes: sizes),
        witness: tell.map { tell in ScanWitness { tell(file.name, $0) } })
      artifacts.append(result.artifact)
      dataFiles.formUnion(result.dataFiles.map { prefix + $0 })
    }
    return Self.report(artifacts, dataFiles: dataFiles)
  }

  /// Files that hold nothing but numbers of a model beside them are not judged by themselves: the model's own findings
  /// describe them.
  static func report(_ artifacts: [ScanReport.Artifact], dataFiles: Set<String>) -> ScanReport {
    var artifacts = artifacts
    for index in artifacts.indices
    where artifacts[index].verdict != .safe && DataFiles.name(artifacts[index].path, in: dataFiles)
      && DataFiles.describeNumbers(artifacts[index].findings)
    {
      artifacts[index].format = "numbers"
      artifacts[index].findings = []
      artifacts[index].verdict = .safe
    }
    return ScanReport(artifacts: artifacts)
  }
}

/// The folder of one file of an opened artifact, for the data files of models. There are no links in it.
struct OpenedFolder: DataFolder {
  let prefix: String
  let sizes: [String: Int]

  func dataFile(_ path: String) -> DataFile {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard !path.hasPrefix("/"), !parts.contains("..") else { return .escapes }
    let plain = parts.filter { $0 != "." && !$0.isEmpty }.joined(separator: "/")
    return sizes[prefix + plain].map { .inside(size: $0) } ?? .missing
  }
}
