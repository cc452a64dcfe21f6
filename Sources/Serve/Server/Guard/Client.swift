// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAccess
import MartletGuard
import MartletLifecycle

/// Who asks a model, once access was decided: for the guard and the record.
struct Client: Sendable {
  let principal: String
  let asker: Asker
  let trace: TraceContext?

  /// - Parameter network: nil where networks are not counted.
  init(_ somebody: Authenticated, asking model: String, network: String?, trace: TraceContext?) {
    principal = somebody.principal.id
    self.trace = trace
    asker = Asker(
      key: somebody.keyID ?? "\(somebody.credential) \(somebody.principal.id)",
      tenant: somebody.principal.id, network: network, response: somebody.response(of: model))
  }
}
