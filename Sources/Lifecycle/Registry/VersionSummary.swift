// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
package import MartletAccess
package import MartletEvidence
package import MartletRegistry

/// All that the database says of one version, for whoever looks at it. Nothing in it was verified.
package struct VersionSummary: Codable, Sendable {
  package struct Piece: Codable, Sendable {
    package let kind: String
    package let at: Date
    package let id: Digest
  }

  package let model: String
  package let version: Int
  package let digest: Digest
  package let state: VersionState
  package let format: String
  /// Of all files.
  package let bytes: Int
  /// In the order of the digest.
  package let files: [Manifest.Resource]
  package let createdAt: Date
  package let submitter: String?
  /// When a retention rule gave the files up.
  package let filesRemovedAt: Date?
  package let aliases: [String]
  package let tags: [String: String]
  package let lineage: Lineage?
  package let evidence: [Piece]
  /// Of this digest, also those that newer evidence has made void.
  package let approvals: [Approval]
}

extension Registry {
  /// - Parameter model: every model when it is nil.
  package func summaries(of model: String? = nil, number: Int? = nil) throws -> [VersionSummary] {
    let aliases = try aliases(of: model)
    return try versions(of: model).filter { number == nil || $0.number == number }.map { version in
      VersionSummary(
        model: version.model, version: version.number, digest: version.digest, state: version.state,
        format: version.format, bytes: version.manifest.resources.reduce(0) { $0 + $1.size },
        files: version.manifest.resources, createdAt: version.createdAt, submitter: version.submitter,
        filesRemovedAt: version.filesRemovedAt,
        aliases: aliases.filter { $0.model == version.model && $0.number == version.number }.map(\.name),
        tags: try tags(of: version.model, version.number),
        lineage: try lineage(of: version.model, version.number),
        evidence: try evidence(about: version.digest).map {
          .init(kind: $0.name, at: $0.createdAt, id: $0.id)
        },
        approvals: try approvals(of: version.model).filter { $0.digest == version.digest })
    }
  }
}
