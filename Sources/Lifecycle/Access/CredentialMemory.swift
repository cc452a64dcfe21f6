// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccess
import MartletEvidence
import MartletRegistry
import Synchronization

/// The credentials that were presented lately with what the store says about their owners, so that a busy server neither asks the
/// database nor checks a signature for each request.
///
/// Whatever is written to the database, by whichever process, empties it. Whether something was is looked at when the last look is
/// older than ``trustedFor``: a key that is revoked stops working within that time. Expiry is looked at each time. The signature of a
/// token counts for ``tokenTrustedFor``, so that a key which its issuer has withdrawn is not believed for longer.
final class CredentialMemory: Sendable {
  /// What was presented.
  enum Name: Hashable, Sendable {
    /// The hash of a whole API key or token.
    case bearer(Digest)
    case certificate(CertificateIdentity)
  }

  struct Known: Sendable {
    enum Proof: Sendable {
      case key(StoredKey)
      case token(OIDCIdentity, until: Date)
      case certificate
    }

    let proof: Proof
    let account: Account

    /// Who it is, if the credential still holds and there is nothing to write down about its use.
    func authenticated(at time: Date) -> Authenticated? {
      switch proof {
      case .key(let key):
        guard key.isLive(at: time), key.isUseNoted(at: time) else { return nil }
        return Authenticated(account, proof: .apiKey, keyID: key.id, scope: key.scope)
      case .token(let identity, let until):
        guard time < until else { return nil }
        return Authenticated(account, proof: .oidc, granted: identity.grants(for: account.principal))
      case .certificate: return Authenticated(account, proof: .certificate)
      }
    }
  }

  private struct State {
    var watch: (any RegistryWatch)?
    var mark: Int64 = -1
    var lookedAt: ContinuousClock.Instant?
    var known: [Name: Known] = [:]
  }

  private let state = Mutex(State())

  static let trustedFor = Duration.milliseconds(2)
  /// Seconds.
  static let tokenTrustedFor: TimeInterval = 60
  static let most = 10_000

  /// What is known of a credential; `nil` when the store has to be asked.
  func known(_ presented: Name, in registry: any Registry) throws -> Known? {
    try state.withLock { state in
      try Self.refresh(&state, registry)
      return state.known[presented]
    }
  }

  /// Where the database stands, to be asked for before it is read.
  func mark(_ registry: any Registry) throws -> Int64 {
    try state.withLock { state in
      try Self.refresh(&state, registry, isForced: true)
      return state.mark
    }
  }

  /// Remembers what was read after `mark` was, unless something was written since.
  func note(_ known: Known, as presented: Name, mark: Int64) {
    state.withLock { state in
      guard state.mark == mark else { return }
      if state.known.count >= Self.most { state.known = [:] }
      state.known[presented] = known
    }
  }

  /// How many are remembered.
  var count: Int { state.withLock { $0.known.count } }

  private static func refresh(_ state: inout State, _ registry: any Registry, isForced: Bool = false) throws {
    let now = ContinuousClock.now
    if !isForced, let lookedAt = state.lookedAt, now - lookedAt < trustedFor { return }
    let watch = try state.watch ?? registry.watch()
    state.watch = watch
    let mark = try watch.mark()
    if mark != state.mark { state.known = [:] }
    state.mark = mark
    state.lookedAt = now
  }
}
