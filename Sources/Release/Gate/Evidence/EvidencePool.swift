// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
package import MartletEvidence

/// What is believed about one digest, and which piece of it each rule may look at.
///
/// Of the pieces of a kind by a rule's signers the newest counts, and of those of the same second the last: a newer piece
/// takes the place of an older one whatever it says. Pieces by others take no place.
struct EvidencePool {
  enum Choice {
    /// - Parameter until: when its signer will be revoked.
    case found(BelievedEvidence, until: Date?)
    /// - Parameter note: why what is there does not count.
    case missing(note: String?)
  }

  private let pieces: [BelievedEvidence]
  /// The signers of a policy by key id: a key that is revoked is so under every name.
  private let named: [String: (name: String, signer: Policy.Signer)]
  private let policy: Policy
  /// The ids of the keys that the gate trusts of itself.
  private let own: Set<String>
  /// How many statements were not believed.
  let disbelieved: Int

  init(_ pieces: [BelievedEvidence], disbelieved: Int, own: Set<String>, policy: Policy) {
    self.pieces = pieces
    self.disbelieved = disbelieved
    self.own = own
    self.policy = policy
    named = Dictionary(policy.signers.map { ($1.keyID, ($0, $1)) }) { first, _ in first }
  }

  /// The piece that a rule looks at.
  func choose(for rule: Policy.Rule, at time: Date) -> Choice {
    let keys = keys(of: rule)
    var newest: BelievedEvidence?
    var note: String?
    for piece in pieces where piece.name == rule.kind && keys.contains(piece.signer) {
      if let reason = reasonAgainst(piece, at: time) {
        note = reason
        continue
      }
      if let known = newest, known.at > piece.at { continue }
      newest = piece
    }
    guard let newest else { return .missing(note: note) }
    let revocation = named[newest.signer]?.signer.revoked
    return .found(newest, until: revocation)
  }

  /// Why a piece of a signer who is asked does not count; `nil` when it does.
  private func reasonAgainst(_ piece: BelievedEvidence, at time: Date) -> String? {
    guard let (name, signer) = named[piece.signer] else { return nil }
    if let revoked = signer.revoked, time >= revoked {
      return "its signer \(name) is revoked since \(PolicyTime.words(revoked))"
    }
    if let notAfter = signer.notAfter, piece.at >= notAfter {
      return "its signer \(name) was good until \(PolicyTime.words(notAfter)), and it is dated later"
    }
    return nil
  }

  private func keys(of rule: Policy.Rule) -> Set<String> {
    if rule.signers.isEmpty { return own }
    var keys: Set<String> = []
    for name in rule.signers {
      if name == Policy.storeSigner { keys.formUnion(own) }
      if let signer = policy.signers[name] { keys.insert(signer.keyID) }
    }
    return keys
  }

  /// The newest piece of each kind, whoever of those that are trusted signed it.
  var newestOfEachKind: [BelievedEvidence] {
    var newest: [String: BelievedEvidence] = [:]
    for piece in pieces {
      if let known = newest[piece.name], known.at > piece.at { continue }
      newest[piece.name] = piece
    }
    return newest.values.sorted { $0.id.hex < $1.id.hex }
  }

  /// What `rules` rest on, as one value. Time makes no difference to it but by a revocation: an approval does not lapse
  /// because something has become old, for which the rule itself says no.
  func set(for rules: [Policy.Rule], at time: Date) -> Digest {
    let ids = rules.compactMap { rule -> Digest? in
      guard case .found(let piece, _) = choose(for: rule, at: time) else { return nil }
      return piece.id
    }
    return EvidenceSet.digest(ids)
  }
}

/// The evidence that somebody agreed to, as one value.
package enum EvidenceSet {
  /// SHA-256 over the sorted ids, each in 64 hex digits and a line of its own; an id that stands twice counts once.
  package static func digest(_ ids: [Digest]) -> Digest {
    .of(Set(ids).map(\.hex).sorted().flatMap { Array(($0 + "\n").utf8) })
  }
}
