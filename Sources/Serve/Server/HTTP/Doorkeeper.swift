// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import MartletAccess
import MartletLifecycle
import NIOPosix

/// Says who stands at the door: by a bearer credential, which is an API key or a token of a trusted issuer, or by the certificate
/// of the connection.
struct Doorkeeper: Sendable {
  /// What somebody shows.
  struct Presented: Sendable {
    /// The header `Authorization`.
    let authorization: String?
    /// Of the certificate that TLS has verified.
    let certificate: CertificateIdentity?

    /// What stands behind `Bearer`. RFC 7235: the scheme's name is case-insensitive.
    var bearer: Substring? {
      guard let authorization, authorization.utf8.count > 7,
        authorization.utf8.prefix(7).elementsEqual("Bearer ".utf8)
          || authorization.prefix(7).lowercased() == "bearer "
      else { return nil }
      return authorization.dropFirst(7)
    }
  }

  let lifecycle: Lifecycle
  let recorder: Recorder
  let issuers: TokenIssuers

  /// Who it is, if that is known without waiting for anything.
  func recogniseFromMemory(_ presented: Presented) -> Authenticated? {
    if let bearer = presented.bearer { return recogniseFromMemory(key: bearer.utf8.span) }
    guard presented.authorization == nil, let certificate = presented.certificate else { return nil }
    return try? lifecycle.authenticateFromMemory(certificate: certificate, at: Date())
  }

  /// The same for an API key or a token, as it stands behind `Bearer`.
  func recogniseFromMemory(key: Span<UInt8>) -> Authenticated? {
    try? lifecycle.authenticateFromMemory(key, at: Date())
  }

  /// Who it is. A credential that does not work is not made good by another.
  /// - Throws: ``Refusal/unauthenticated``, which is recorded where something was shown.
  func recognise(_ presented: Presented) async throws -> Authenticated {
    if let known = recogniseFromMemory(presented) { return known }
    let now = Date()
    if let bearer = presented.bearer.map(String.init) {
      if BearerToken.looksLikeOne(bearer) {
        let mark = try await onThread { try lifecycle.credentialMark() }
        switch await issuers.identity(of: bearer, at: now) {
        case .success(let identity):
          let found = try await onThread {
            try lifecycle.authenticate(token: identity, at: now, presented: bearer, since: mark)
          }
          if let found { return found }
          throw refuse("the principal of the token is disabled")
        case .failure(let why): throw refuse("\(why)")
        }
      }
      if let somebody = try await onThread({ try lifecycle.authenticate(bearer, at: now) }) {
        return somebody
      }
      throw refuse("not a live key of this store")
    }
    if presented.authorization != nil { throw Refusal.unauthenticated }
    guard let certificate = presented.certificate else { throw Refusal.unauthenticated }
    if let somebody = try await onThread({ try lifecycle.authenticate(certificate: certificate) }) {
      return somebody
    }
    throw refuse("nobody has this certificate")
  }

  private func refuse(_ reason: String) -> Refusal {
    _ = recorder.note(
      Record("serve.authenticate", outcome: "refused", by: "unknown", reason: reason, at: Date()))
    return .unauthenticated
  }

  /// Runs what waits for the disk away from the threads that serve connections.
  private func onThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value
  {
    try await ServerThreads.asking.runIfActive(body)
  }
}
