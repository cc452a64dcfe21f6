// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccess
import MartletLifecycle
import MartletRegistry
import NIOPosix
import Synchronization

/// The identity providers that the store believes, with the keys that were fetched from them.
final class TokenIssuers: Sendable {
  private struct Known {
    let stored: StoredIssuer
    let verifier: OIDCVerifier
  }

  private let lifecycle: Lifecycle
  private let authorities: String?
  private let known = Mutex<[String: Known]>([:])

  /// - Parameter authorities: a file with the certificates to trust in place of the system's.
  init(lifecycle: Lifecycle, authorities: String? = nil) {
    self.lifecycle = lifecycle
    self.authorities = authorities
  }

  /// Whom a token is about. Every issuer of the store is asked with its own keys until one says yes, because what a token says
  /// about its issuer is not to be believed before that.
  func identity(of token: String, at time: Date) async -> Result<OIDCIdentity, any Error> {
    let verifiers: [OIDCVerifier]
    do { verifiers = try await ServerThreads.asking.runIfActive { try self.verifiers() } } catch {
      return .failure(error)
    }
    var failure: any Error = OIDCError.issuer
    for verifier in verifiers {
      do throws(OIDCError) { return .success(try await verifier.verify(token, at: time)) } catch {
        // The most that anybody found: a token of ours that has expired is not "of another issuer".
        if error != .issuer, error != .unknownKey { failure = error }
      }
    }
    return .failure(failure)
  }

  /// A changed issuer gets a new verifier, which has no keys yet.
  private func verifiers() throws -> [OIDCVerifier] {
    let issuers = try lifecycle.store.registry.issuers()
    return known.withLock { known in
      var next: [String: Known] = [:]
      for stored in issuers {
        let name = stored.issuer.issuer
        if let before = known[name], before.stored == stored {
          next[name] = before
        } else {
          next[name] = Known(stored: stored, verifier: OIDCVerifier(stored.issuer, keys: source(stored.keys)))
        }
      }
      known = next
      return issuers.compactMap { next[$0.issuer.issuer]?.verifier }
    }
  }

  private func source(_ keys: String) -> any KeySetSource {
    keys.hasPrefix("https://") ? KeySetAddress(keys, authorities: authorities) : KeySetFile(keys)
  }
}
