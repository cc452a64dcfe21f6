// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Hummingbird
import MartletAccess
import MartletLifecycle

/// What the server knows about a request on its way through.
struct DoorContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// Who asks; nil where no credential is needed.
  var asker: Authenticated?
  /// Whose certificate the connection has, verified by TLS.
  let certificate: CertificateIdentity?
  /// The trace that the request is part of.
  var trace: TraceContext?

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    certificate = source.channel.peerIdentity
  }
}
