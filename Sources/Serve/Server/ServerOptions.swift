// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// How the server is set up.
package struct ServerOptions: Sendable {
  /// Loopback. Other interfaces are not offered: who wants to be reached from outside needs a certificate that others
  /// trust.
  package var host: String
  /// 0 takes any free port.
  package var port: Int
  /// Threads for one request inside ONNX Runtime. Requests run beside each other, so that one each is enough for small
  /// models.
  package var threads: Int

  package init(host: String = "127.0.0.1", port: Int = 8443, threads: Int = 1) {
    self.host = host
    self.port = port
    self.threads = threads
  }
}

/// Why the server does not run.
package enum ServerError: Error, Equatable, Sendable {
  case cannotListen(host: String, port: Int, reason: String)
}

extension ServerError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .cannotListen(let host, let port, let reason):
      "cannot listen on \(host):\(port): \(reason); choose another port with --port, or --port 0 for any free one"
    }
  }
}
