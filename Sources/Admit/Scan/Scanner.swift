// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes
import MartletEvidence
import MartletFormats

/// Reads artifacts whole and says what they are: `safe` only when everything in them is known to be harmless.
/// Nothing is ever executed, unpickled or unpacked to disk.
///
///     let report = try Scanner().scan(path: "model.pt")
///     print(report.verdict, report.artifacts.flatMap(\.findings))
package struct Scanner: Sendable {
  private let allow: AllowList
  private let allowance: Allowance

  package init(allowing allowance: Allowance = .init()) {
    allow = .standard(with: allowance)
    self.allowance = allowance
  }

  /// Scans bytes in memory. Data files of an ONNX model are then not there.
  /// - Parameter name: what the report calls them; it has no say in what they are.
  package func scan(bytes: Bytes, name: String) -> ScanReport {
    ScanReport(artifacts: [artifact(bytes, name: name, folder: NoFolder()).artifact.shown(false)])
  }

  /// Scans one file, and names the files beside it that its tensors lie in.
  func artifact(
    _ bytes: Bytes, name: String, folder: any DataFolder, holes: [Range<Int>] = [],
    witness: ScanWitness? = nil
  ) -> (artifact: ScanReport.Artifact, dataFiles: Set<String>) {
    var scan = ArtifactScan(
      allow: allow, allowance: allowance, beside: Neighbours(of: name, in: folder))
    scan.witness = witness
    scan.holes = holes
    let format = scan.scan(bytes, as: .init())
    let artifact = ScanReport.Artifact(
      path: name, format: format, sha256: nil, verdict: Self.verdict(of: scan.findings),
      findings: scan.findings.listed(),
      constructs: scan.constructs.sorted { $0.construct < $1.construct })
    return (artifact, scan.neighbours.numbers)
  }

  static func verdict(of findings: [Finding]) -> Verdict {
    findings.reduce(.safe) { $0.combine(Catalog.verdict(of: $1)) }
  }

  /// A file of which only its own nature is known.
  func artifact(_ issue: FileIssue, name: String, format: String) -> ScanReport.Artifact {
    let findings = Catalog.findings(in: .file(issue))
    return .init(
      path: name, format: format, sha256: nil, verdict: Self.verdict(of: findings), findings: findings)
  }
}
