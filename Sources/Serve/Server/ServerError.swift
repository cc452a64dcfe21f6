// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Why the server does not run.
package enum ServerError: Error, Equatable, Sendable {
  case cannotListen(host: String, port: Int, reason: String)
  /// It would be reached from outside with a certificate that nobody can check.
  case openToOthers(host: String)
  case certificate(path: String, reason: String)
  /// Something in the configuration is unknown or impossible.
  case setting(String)
}

extension ServerError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .cannotListen(let host, let port, let reason):
      "cannot listen on \(host):\(port): \(reason); choose another port with --port, or --port 0 for any free one"
    case .openToOthers(let host):
      "expected a certificate and a key to listen on \(host), found none: name their files as tls.certificate and tls.key in the configuration, or listen on 127.0.0.1"
    case .certificate(let path, let reason): "cannot use \(path) for TLS: \(reason)"
    case .setting(let what): what
    }
  }
}
