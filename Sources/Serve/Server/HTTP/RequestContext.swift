// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Hummingbird
import MartletAccess
import MartletLifecycle
import NIOCore

/// What the server knows about a request on its way through.
struct DoorContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// Who asks; nil where no credential is needed.
  var asker: Authenticated?
  /// Whose certificate the connection has, verified by TLS.
  let certificate: CertificateIdentity?
  /// From where the connection comes, for those who guess passwords.
  let source: ClientSource
  /// The trace that the request is part of.
  var trace: TraceContext?

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    certificate = source.channel.peerIdentity
    self.source = source.channel.remoteAddress.map(ClientSource.init) ?? .local
  }
}

extension ClientSource {
  fileprivate init(_ address: SocketAddress) {
    switch address {
    case .v4(let address):
      // `sockaddr_in`: family, port, and then the four bytes.
      self.init(address: unsafe withUnsafeBytes(of: address.address) { unsafe Array($0[4..<8]) })
    case .v6(let address):
      // `sockaddr_in6`: family, port, flow, and then the sixteen bytes.
      self.init(address: unsafe withUnsafeBytes(of: address.address) { unsafe Array($0[8..<24]) })
    case .unixDomainSocket: self = .local
    }
  }
}
