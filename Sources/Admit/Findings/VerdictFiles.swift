// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
package import MartletEvidence
package import MartletFiles
package import MartletScan

/// Keeps verdicts by the digest of the bytes, the edition of the rules and what was allowed. A directory that only the
/// owner can enter: whoever could write there could make a file safe.
package struct VerdictFiles: VerdictCache {
  private let directory: String

  /// - Throws: when the directory cannot be made, or others may write to it.
  package init(in root: String, allowing allowance: Allowance) throws(FilesError) {
    let key = [ScannerVersion.rules] + allowance.packs.sorted() + [""] + allowance.patterns
    directory = root + "/" + Digest.of(Array(key.joined(separator: "\0").utf8)).short
    try OwnerOnly.createDirectory(root)
    try OwnerOnly.createDirectory(directory)
  }

  package func artifact(of digest: Digest) -> ScanReport.Artifact? {
    guard let text = try? OwnerOnly.read(directory + "/" + digest.hex),
      let artifact = try? JSONDecoder().decode(ScanReport.Artifact.self, from: Data(text)),
      artifact.sha256 == digest.hex
    else { return nil }
    return artifact
  }

  /// A verdict that cannot be kept is only found again later.
  package func keep(_ artifact: ScanReport.Artifact, of digest: Digest) {
    var artifact = artifact
    artifact.sha256 = digest.hex
    guard let text = try? JSONEncoder().encode(artifact) else { return }
    try? OwnerOnly.create(directory + "/" + digest.hex, with: Array(text).span)
  }
}
