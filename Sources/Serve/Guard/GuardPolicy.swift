// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
package import MartletAccess
package import MartletBytes

/// What the guard does, as an operator decides it.
package struct GuardPolicy: Codable, Equatable, Sendable {
  /// Something for each kind of party; nil for no limit.
  package struct ByParty<Value: Codable & Equatable & Sendable>: Codable, Equatable, Sendable {
    package var key: Value?
    package var tenant: Value?
    package var network: Value?

    package init(key: Value? = nil, tenant: Value? = nil, network: Value? = nil) {
      (self.key, self.tenant, self.network) = (key, tenant, network)
    }

    subscript(kind: GuardedParty.Kind) -> Value? {
      switch kind {
      case .key: key
      case .tenant: tenant
      case .network: network
      }
    }
  }

  /// What becomes of an input that the profile does not know.
  package enum Validation: String, CaseIterable, Codable, Sendable { case refuse, note, off }

  package var version = 1
  /// The probability that somebody benign is ever flagged.
  package var alpha = 0.001
  /// Answers become coarse when the evidence is so many times that of a flag; nil for never.
  package var coarsenAt: Double? = 10
  /// Nothing is answered until somebody has looked, when it is so many times that; nil for never.
  package var holdAt: Double? = 10_000
  package var rate = ByParty<QueryRate>()
  package var budget = ByParty<QueryBudget>()
  package var validation = Validation.refuse
  /// How answers are shaped for whoever has no grant that says more.
  package var response = ResponsePolicy.full
  /// How they are shaped for whoever is flagged.
  package var coarse = ResponsePolicy(labelOnly: true)

  package init() {}

  package init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    self.init()
    version = try members.decode(Int.self, forKey: .version)
    alpha = try members.decodeIfPresent(Double.self, forKey: .alpha) ?? alpha
    // A null is a decision, and a missing member is none.
    if members.contains(.coarsenAt) { coarsenAt = try members.decode(Double?.self, forKey: .coarsenAt) }
    if members.contains(.holdAt) { holdAt = try members.decode(Double?.self, forKey: .holdAt) }
    rate = try members.decodeIfPresent(ByParty<QueryRate>.self, forKey: .rate) ?? rate
    budget = try members.decodeIfPresent(ByParty<QueryBudget>.self, forKey: .budget) ?? budget
    validation = try members.decodeIfPresent(Validation.self, forKey: .validation) ?? validation
    response = try members.decodeIfPresent(ResponsePolicy.self, forKey: .response) ?? response
    coarse = try members.decodeIfPresent(ResponsePolicy.self, forKey: .coarse) ?? coarse
  }

  /// - Throws: ``GuardError/badDocument(kind:place:reason:)``.
  package init(json bytes: Bytes) throws(GuardError) {
    self = try GuardDocument.read(bytes, kind: "guard policy")
    try check()
  }

  /// - Throws: ``GuardError/badDocument(kind:place:reason:)``.
  package func check() throws(GuardError) {
    func require(_ holds: Bool, _ place: String, _ reason: String) throws(GuardError) {
      guard holds else { throw .badDocument(kind: "guard policy", place: place, reason: reason) }
    }
    try require(version == 1, "version", "expected 1, found \(version)")
    try require(alpha >= 1e-12 && alpha <= 0.5, "alpha", "expected from 1e-12 to 0.5, found \(alpha)")
    for (place, value) in [("coarsenAt", coarsenAt), ("holdAt", holdAt)] {
      guard let value else { continue }
      try require(value >= 1 && value <= 1e15, place, "expected from 1 to 1e15, found \(value)")
    }
    for kind in GuardedParty.Kind.allCases {
      if let rate = rate[kind] {
        try require(
          (1...1_000_000_000).contains(rate.burst) && rate.perSecond > 0 && rate.perSecond <= 1e9,
          "rate.\(kind)", "expected a burst of at least 1 and more than 0 a second")
      }
      if let budget = budget[kind] {
        try require(
          (1...4_000_000_000).contains(budget.queries)
            && budget.seconds.map { $0 >= 1 && $0 <= 1e10 } ?? true,
          "budget.\(kind)", "expected at least 1 query, in at least 1 second")
      }
    }
    try response.check("response")
    try coarse.check("coarse")
  }

  /// The rung of the ladder for evidence, which is the mean of the bets.
  func rung(_ evidence: Double) -> GuardRung {
    let ratio = evidence * alpha
    if let holdAt, ratio >= holdAt { return .hold }
    if let coarsenAt, ratio >= coarsenAt { return .coarsen }
    return ratio >= 1 ? .log : .none
  }
}

/// What is done about somebody. A shift stops at ``coarsen``, and drift at ``log``.
package enum GuardRung: UInt8, Codable, Comparable, Sendable, CaseIterable {
  case none, log, coarsen
  /// No answers until an operator has looked.
  case hold

  package static func < (left: GuardRung, right: GuardRung) -> Bool { left.rawValue < right.rawValue }
}
