// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
import MartletEvidence
package import MartletScan

/// The proof behind `safe`: for every file its digest, each construct in it that could have done harm, and the allow-list
/// entry that says why it cannot.
package struct Certificate: Codable, Sendable, Equatable {
  package struct Subject: Codable, Sendable, Equatable {
    package let path: String
    package let sha256: String
    package let format: String
    package let constructs: [Construct]
  }

  package let type: String
  /// The edition of the rules and the allow list that it was made with.
  package let rules: String
  package let created: Date
  /// What the user allowed beyond them.
  package let packs: [String]
  package let patterns: [String]
  package let artifacts: [Subject]

  static let type = "urn:martlet:certificate:v1"

  /// - Returns: nil when something in the report is not safe, or was not digested.
  package init?(_ report: ScanReport, allowing allowance: Allowance, at date: Date) {
    var subjects: [Subject] = []
    for artifact in report.artifacts {
      guard artifact.verdict == .safe, let digest = artifact.sha256, let constructs = artifact.constructs
      else { return nil }
      subjects.append(
        Subject(path: artifact.path, sha256: digest, format: artifact.format, constructs: constructs))
    }
    guard !subjects.isEmpty else { return nil }
    type = Self.type
    rules = ScannerVersion.rules
    created = date
    packs = allowance.packs.sorted()
    patterns = allowance.patterns
    artifacts = subjects
  }

  package var allowance: Allowance { Allowance(packs: Set(packs), patterns: patterns) }

  /// What a new scan of the same files, with the same allowance, says against the certificate; empty when it holds.
  package func objections(to report: ScanReport) -> [String] {
    guard type == Self.type else { return ["expected a certificate of type \(Self.type), found \(type)"] }
    let stated = Dictionary(artifacts.map { ($0.sha256, $0) }) { first, _ in first }
    var objections: [String] = []
    for artifact in report.artifacts {
      guard let digest = artifact.sha256, let subject = stated[digest] else {
        objections.append("\(artifact.path): the certificate is not about these bytes")
        continue
      }
      if artifact.verdict != .safe {
        objections.append(
          "\(artifact.path): the rules \(ScannerVersion.rules) say \(artifact.verdict.rawValue)")
      }
      let listed = Set(subject.constructs)
      for construct in artifact.constructs ?? [] where !listed.contains(construct) {
        objections.append(
          "\(artifact.path): \(construct.construct) is not in the certificate as it is covered today")
      }
      for construct in subject.constructs where !(artifact.constructs ?? []).contains(construct) {
        objections.append(
          "\(artifact.path): \(construct.construct) is in the certificate and not in the file, or is covered otherwise today"
        )
      }
    }
    return objections
  }
}
