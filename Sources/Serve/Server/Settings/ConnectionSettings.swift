// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import NIOCore

/// What one connection may take.
package struct ConnectionSettings: Equatable, Sendable {
  /// Connections at the same time.
  package var most = 4_096
  /// For the TLS handshake.
  package var handshake = TimeAmount.seconds(10)
  /// For a body to begin to come; see ``slowestBody``.
  package var head = TimeAmount.seconds(10)
  /// Between two requests, and for a head to come whole.
  package var idle = TimeAmount.seconds(60)
  /// For a whole request to come.
  package var request = TimeAmount.seconds(300)
  /// Bytes of a body that must come each second, from its beginning on.
  package var slowestBody = 4_096
  /// Bytes of one header field, and of all of a request.
  package var headers = 32 << 10
  /// Header fields of a request.
  package var headerFields = 100

  package init() {}
}
