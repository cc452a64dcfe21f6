// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence
import MartletScan

extension ScanReport {
  /// The findings of all files, the worst first. In a directory the member says which file.
  var findings: [Finding] {
    artifacts.flatMap { artifact in
      artifact.findings.map { finding in
        guard artifact.path != "." else { return finding }
        var placed = finding
        placed.member = [artifact.path, finding.member].compactMap { $0 }.joined(separator: "!")
        return placed
      }
    }.sorted { $0.severity > $1.severity }
  }

  /// The constructs of all files that an allow list covers.
  var constructs: [Construct] {
    Set(artifacts.flatMap { $0.constructs ?? [] }).sorted { $0.construct < $1.construct }
  }

  /// What the artifact is as a model: the format of its one file, or of the one ONNX file in the directory.
  var format: String {
    if artifacts.count == 1 { return artifacts[0].format }
    return artifacts.filter { $0.format == "onnx" }.count == 1 ? "onnx" : "directory"
  }
}
