// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletLifecycle

/// Whom the guards watch.
struct GuardPage: Page {
  struct ClientView: Sendable {
    let model: String
    let kind: String
    let name: String
    let owner: String?
    let state: String
    let tone: String
    let reason: String?
    let shares: [ShareView]
    let queries: String
    let budget: String
    /// How many benign clients are ever flagged, at most.
    let bound: String?
    let seen: Moment
    let isFlagged: Bool
    let token: String
    /// Of the field, for its label.
    let field: String
  }

  /// How often questions stood out on one channel.
  struct ShareView: Sendable {
    let channel: String
    let share: String
  }

  static let template = Templates.Name.guarding
  let chrome: Chrome
  let clients: [ClientView]
  let hasClients: Bool
  let summary: String
  let showsEverybody: Bool

  init(chrome: Chrome, _ known: [GuardedClient], bound: (String) -> Double?, token: String, everybody: Bool) {
    self.chrome = chrome
    showsEverybody = everybody
    let flagged = known.filter { $0.state != .clear }
    let shown = everybody ? known : flagged
    clients = shown.prefix(500).enumerated().map {
      ClientView($1, bound: bound($1.model), token: token, field: "reason-\($0)")
    }
    hasClients = !clients.isEmpty
    let held = flagged.count { $0.state == .hold }
    summary =
      known.isEmpty
      ? "No guarded model has been asked anything yet."
      : "\(Wording.count(known.count, "client", "clients")) watched, \(flagged.count) flagged, \(held) held until somebody decides."
  }
}

extension GuardPage.ClientView {
  /// - Parameter bound: the share of benign clients who are ever taken for an attack, at most.
  init(_ client: GuardedClient, bound: Double?, token: String, field: String) {
    self.bound = bound.map { "at most 1 in \(Wording.number(Int((1 / $0).rounded()))) benign clients, ever" }
    model = client.model
    kind = client.kind.rawValue
    name = client.name
    owner = client.owner
    (state, tone) =
      switch client.state {
      case .clear: ("clear", "good")
      case .log: (client.flag?.kind == .drift ? "drift" : "noted", "doubtful")
      case .coarsen: ("coarser answers", "doubtful")
      case .hold: ("held", "bad")
      }
    reason = client.flag.map { Wording.sentence($0.reason) }
    shares = (client.flag?.shares ?? [:]).sorted { $0.value > $1.value }.map {
      GuardPage.ShareView(channel: $0.key, share: String(format: "%.0f %%", $0.value * 100))
    }
    queries = Wording.number(client.queries)
    budget =
      client.budget.map { "\(Wording.number(client.spent)) of \(Wording.number($0))" }
      ?? "\(Wording.number(client.spent)), no limit"
    seen = Moment(client.seenAt)
    isFlagged = client.state != .clear
    self.token = token
    self.field = field
  }
}
