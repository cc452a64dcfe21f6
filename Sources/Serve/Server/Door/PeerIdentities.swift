// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAccess
import NIOCore
import Synchronization

/// Whose certificate a connection has, for as long as it is open. Only connections that have one are in it.
final class PeerIdentities: Sendable {
  static let shared = PeerIdentities()

  private let known = Mutex<[ObjectIdentifier: CertificateIdentity]>([:])
  private let count = Atomic(0)

  func note(_ identity: CertificateIdentity, of channel: any Channel) {
    let key = ObjectIdentifier(channel)
    known.withLock { $0[key] = identity }
    count.add(1, ordering: .releasing)
    channel.closeFuture.whenComplete { _ in
      self.known.withLock { $0[key] = nil }
      self.count.subtract(1, ordering: .relaxed)
    }
  }

  func identity(of channel: any Channel) -> CertificateIdentity? {
    guard count.load(ordering: .acquiring) > 0 else { return nil }
    return known.withLock { $0[ObjectIdentifier(channel)] }
  }
}

extension Channel {
  /// Whose certificate TLS has verified, of this connection or of the one that this stream belongs to.
  var peerIdentity: CertificateIdentity? {
    PeerIdentities.shared.identity(of: self) ?? parent.flatMap { PeerIdentities.shared.identity(of: $0) }
  }
}
