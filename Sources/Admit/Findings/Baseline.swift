// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence
package import MartletScan

/// Files that were looked at and accepted as they are. It holds for exactly these bytes: a file that changes is judged
/// anew.
package struct Baseline: Codable, Sendable, Equatable {
  /// One accepted file.
  package struct Entry: Codable, Sendable, Equatable, Hashable {
    let sha256: String
    /// What was found in it then; a finding that a later rule makes is new.
    let findings: [String]
    /// Where it lay, for people.
    let path: String
  }

  package let accepted: [Entry]

  /// Everything in a report that is not safe.
  package init(accepting report: ScanReport) {
    accepted = report.artifacts.filter { $0.verdict != .safe }.compactMap { artifact in
      artifact.sha256.map {
        Entry(sha256: $0, findings: Self.marks(artifact).sorted(), path: artifact.path)
      }
    }
  }

  /// The report with the artifacts that this accepts marked so.
  package func apply(to report: ScanReport) -> ScanReport {
    let known = Dictionary(accepted.map { ($0.sha256, Set($0.findings)) }) { $0.union($1) }
    return ScanReport(
      artifacts: report.artifacts.map { artifact in
        guard artifact.verdict != .safe, let digest = artifact.sha256, let marks = known[digest],
          Self.marks(artifact).isSubset(of: marks)
        else { return artifact }
        var accepted = artifact
        accepted.accepted = "in the baseline"
        return accepted
      })
  }

  private static func marks(_ artifact: ScanReport.Artifact) -> Set<String> {
    Set(
      artifact.findings.map {
        [$0.rule, $0.member, $0.construct].compactMap(\.self).joined(separator: " ")
      })
  }
}
