// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// That somebody's queries are not like the held-out rows, with why.
package struct GuardFlag: Equatable, Sendable {
  package enum Kind: UInt8, Codable, Sendable, CaseIterable {
    /// Nothing else explains it.
    case attack
    /// The queries of one stand out a little and evenly, and the answers are as sure as ever: other data than those that were
    /// held out, such as a new camera, or somebody who takes care. Answers become coarse, and nobody is held for it.
    case shift
    /// Many tenants stand out at once: the world has changed. Worth a new calibration, and nothing is done to anybody.
    case drift
  }

  package let party: GuardedParty
  package let kind: Kind
  package let rung: GuardRung
  /// The most that the mean of the bets was. Somebody benign ever gets this far with a probability of one over it.
  package let evidence: Double
  package let queries: Int
  /// At which query it was first flagged.
  package let flaggedAt: Int
  /// How often queries stood out, by channel: a share of all, at the threshold that one held-out row in ten exceeds.
  package let shares: [DetectionChannel: Double]

  init(
    _ party: GuardedParty, _ watched: WatchedParty, _ channels: [DetectionChannel], _ policy: GuardPolicy
  ) {
    self.party = party
    (kind, rung, evidence) = (watched.kind, watched.rung(policy, party.kind), Double(watched.peak))
    (queries, flaggedAt) = (Int(watched.process.queries), Int(watched.flaggedAt))
    shares = Dictionary(
      uniqueKeysWithValues: channels.map { channel in
        (channel, watched.process.share(channel, 1))
      })
  }
}

extension GuardFlag: CustomStringConvertible {
  package var description: String {
    let strongest = shares.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }
    let why =
      strongest.map { "\(Int(($0.value * 100).rounded())) % have \($0.key.words)" }
      ?? "unlike the known queries"
    let what =
      switch kind {
      case .attack: "looks like an attack"
      case .shift: "asks about other data, or takes care not to be noticed"
      case .drift: "has drifted as many have"
      }
    return "\(party) \(what): \(why), where one in ten is usual; noticed at query \(flaggedAt)"
  }
}

extension ConformalProcess {
  /// The share of queries that exceeded a threshold.
  func share(_ channel: DetectionChannel, _ threshold: Int) -> Double {
    Double(hits[3 * channel.rawValue + threshold]) / Double(max(1, queries))
  }
}

extension GuardFlag.Kind {
  /// - Parameters:
  ///   - calibration: which channels there are.
  ///   - isDrifting: whether a fifth of the tenants is flagged.
  init(_ process: ConformalProcess, _ channels: BetTable, isDrifting: Bool) {
    if isDrifting {
      self = .drift
      return
    }
    let isSure =
      channels.isActive(3 * DetectionChannel.margin.rawValue)
      && process.share(.margin, 1) <= Self.mostUnsure
    let isMild = [DetectionChannel.input, .layer].allSatisfy { process.share($0, 2) <= Self.mostFar }
    self = isSure && isMild ? .shift : .attack
  }

  /// Of queries beyond what one held-out row in ten exceeds: thieves and boundary seekers are there with a third or more.
  private static let mostUnsure = 0.2
  /// Of queries beyond what one in forty exceeds: whoever draws or distorts is there with nearly all.
  private static let mostFar = 0.25
}
