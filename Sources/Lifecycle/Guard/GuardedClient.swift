// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation

/// Somebody whom the guard of a model counts questions of, as operators see it.
package struct GuardedClient: Codable, Equatable, Sendable {
  /// Each question counts for one of each.
  package enum Kind: String, Codable, CaseIterable, Sendable { case key, tenant, network }

  /// How far up the ladder they are.
  package enum State: String, Codable, CaseIterable, Sendable {
    /// Not flagged.
    case clear
    /// Flagged, and nothing is done but write it down.
    case log
    /// They get coarser answers.
    case coarsen
    /// They get none until somebody has looked.
    case hold
  }

  /// Why they are flagged.
  package struct Flag: Codable, Equatable, Sendable {
    package enum Kind: String, Codable, CaseIterable, Sendable {
      case attack
      /// Other data, or somebody who takes care: nobody is held for it.
      case shift
      /// Many have changed at once: nothing is done to anybody.
      case drift
    }

    package let kind: Kind
    /// For people.
    package let reason: String
    /// Somebody benign ever gets this far with a probability of one over it.
    package let evidence: Double
    /// At which of their questions it was noticed.
    package let noticedAt: Int
    /// How often questions stood out, by channel, where one in ten is usual.
    package let shares: [String: Double]

    package init(kind: Kind, reason: String, evidence: Double, noticedAt: Int, shares: [String: Double]) {
      (self.kind, self.reason, self.evidence) = (kind, reason, evidence)
      (self.noticedAt, self.shares) = (noticedAt, shares)
    }
  }

  package let model: String
  package let kind: Kind
  /// The id of a key or of a principal, or a network such as `192.0.2.0/24`.
  package let name: String
  /// What whoever it is is called; nil for networks, and for somebody who was erased.
  package var owner: String?
  package let state: State
  package let flag: Flag?
  /// Questions that were answered since the evidence began.
  package let queries: Int
  /// Of the budget that runs now.
  package let spent: Int
  /// How many there are in all; nil for no limit.
  package let budget: Int?
  /// When the budget is full again; nil for one without an end, and without a limit.
  package let renewsAt: Date?
  package let seenAt: Date

  package init(
    model: String, kind: Kind, name: String, owner: String? = nil, state: State, flag: Flag?, queries: Int,
    spent: Int, budget: Int?, renewsAt: Date?, seenAt: Date
  ) {
    (self.model, self.kind, self.name, self.owner) = (model, kind, name, owner)
    (self.state, self.flag, self.queries, self.spent) = (state, flag, queries, spent)
    (self.budget, self.renewsAt, self.seenAt) = (budget, renewsAt, seenAt)
  }
}

/// A client that an operator lets off.
package struct ClearedClient: Codable, Equatable, Sendable {
  package let kind: GuardedClient.Kind
  package let name: String
  /// Why, for the record.
  package let reason: String?

  package init(kind: GuardedClient.Kind, name: String, reason: String? = nil) {
    (self.kind, self.name, self.reason) = (kind, name, reason)
  }
}

/// Where operators see whom guards count, and let somebody off: a server's guards, or what they have left in a store.
///
///     for client in try desk.clients(of: nil) where client.state == .hold { … }
///     try desk.clear(ClearedClient(kind: .tenant, name: client.name), of: client.model, by: operator.id)
///
/// It decides nothing about access: a door asks for ``Action/operate`` on the model first. It waits for the disk.
package protocol GuardDesk: Sendable {
  /// Everybody who asked a model, or any, those with the most evidence first.
  func clients(of model: String?) throws -> [GuardedClient]

  /// Ends the evidence against somebody, and records it. Their budget stays used.
  /// - Parameter principal: who decides that.
  /// - Returns: how they stood before.
  /// - Throws: ``GuardDeskError/noSuchClient(_:model:)``.
  func clear(_ client: ClearedClient, of model: String, by principal: String) throws -> GuardedClient

  /// The share of benign clients whom the guard of a model ever takes for an attack, at most, as it is set; nil where nobody here
  /// knows the settings.
  func bound(of model: String) -> Double?
}

extension GuardDesk {
  package func bound(of model: String) -> Double? { nil }
}

/// Why somebody was not let off.
package enum GuardDeskError: Error, Equatable, Sendable {
  case noSuchClient(String, model: String)
}

extension GuardDeskError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noSuchClient(let client, let model):
      "the guard of \(model) knows no \(client): `martlet guard show \(model) --all` shows whom it knows"
    }
  }
}
