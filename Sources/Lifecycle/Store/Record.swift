// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
package import MartletEvidence

/// One entry of the log: who did what to which model, with what outcome, and which evidence says so.
///
/// Principals appear as ids: a person can be erased from the database without breaking the log.
package struct Record: Codable, Sendable, Equatable {
  package let time: Date
  /// The stage or door, and what happened there: `admit`, `serve.predict`, `token.create`.
  package let action: String
  package let outcome: String
  /// `local:<user id>` for whoever has the store on the machine; otherwise a principal's id.
  package let principal: String
  package let model: String?
  package let digest: Digest?
  package let evidence: [Digest]?
  package let reason: String?
  /// The trace that it happened in, 32 hexadecimal digits (W3C Trace Context), where whoever asked named one.
  package let trace: String?

  package init(
    _ action: String, outcome: String, by principal: String, model: String? = nil, digest: Digest? = nil,
    evidence: [Digest]? = nil, reason: String? = nil, trace: String? = nil, at time: Date
  ) {
    self.time = time
    self.action = action
    self.outcome = outcome
    self.principal = principal
    self.model = model
    self.digest = digest
    self.evidence = evidence
    self.trace = trace
    // Counting characters takes longer than all the rest.
    self.reason = reason.map {
      $0.utf8.count <= Self.longestReason ? $0 : String($0.prefix(Self.longestReason))
    }
  }

  /// An entry of the log has at most 65,535 bytes; what is longer stands in the evidence.
  private static let longestReason = 4_000

  /// Reads an entry of the log.
  package init(entry: [UInt8]) throws {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    self = try decoder.decode(Record.self, from: Data(entry))
  }

  /// Whoever runs the command line on the machine of the store.
  package static var localPrincipal: String { "local:\(geteuid())" }
}
