// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletEvidence

/// What a scan found: one verdict, and every artifact with its own. The JSON keys are the report format.
package struct ScanReport: Codable, Sendable, Equatable {
  /// One file.
  package struct Artifact: Codable, Sendable, Equatable {
    /// As the caller named it; for a directory relative to it.
    package var path: String
    /// The format the file is read as, or `unknown`.
    package var format: String
    /// For whoever computes digests to fill in.
    package var sha256: String?
    package var verdict: Verdict
    package var findings: [Finding]
    /// What could do harm elsewhere and is covered here; nil unless it was asked for.
    package var constructs: [Construct]?
    /// Bytes that were fetched of a remote file; nil for a local one.
    package var fetched: Int?
    /// Bytes that a remote file has; nil for a local one.
    package var size: Int?
    /// Why a verdict other than `safe` is accepted, by a policy or a baseline; nil when it is not.
    package var accepted: String?
  }

  /// The worst verdict of the artifacts that nobody has accepted; `unknown` when there is no artifact at all.
  package let verdict: Verdict
  package var artifacts: [Artifact]

  package init(artifacts: [Artifact]) {
    self.artifacts = artifacts
    let judged = artifacts.filter { $0.accepted == nil }.map(\.verdict)
    verdict = artifacts.isEmpty ? .unknown : judged.max() ?? .safe
  }
}
