// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Logging

/// How the server is set up.
package struct ServerSettings: Equatable, Sendable {
  /// A name or an address to listen at.
  package var host = "127.0.0.1"
  /// 0 takes any free port.
  package var port = 8443
  package var tls = TLSSettings()
  package var connections = ConnectionSettings()
  package var models = ModelSettingsTable()
  /// Models that are loaded before the first question: names, or patterns with `*`.
  package var preload: [String] = []
  /// Threads for one request inside ONNX Runtime. Requests run beside each other, so that one each is enough for small
  /// models.
  package var threads = 1
  package var logLevel = Logger.Level.warning
  package var logFormat = LogFormat.text
  /// Whether the web console is there.
  package var hasConsole = true
  /// Who else tells the console who somebody is; nil for nobody.
  package var signIn: SignInSettings?
  /// A file with the authorities that sign for identity providers, in place of the system's.
  package var authorities: String?

  package init() {}

  /// The name that clients use where nothing else is known: the server's own certificate is for it.
  package var announcedHost: String {
    if isLoopback { return "localhost" }
    return host.contains(":") ? "[\(host)]" : host
  }

  /// - Throws: ``ServerError/openToOthers(host:)``.
  func check() throws(ServerError) {
    // Access is always asked for; a certificate that others can check is what is missing.
    guard isLoopback || tls.own != nil else { throw .openToOthers(host: host) }
  }

  private var isLoopback: Bool { host == "localhost" || host == "::1" || Self.isIPv4Loopback(host) }

  private static func isIPv4Loopback(_ host: String) -> Bool {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }
}

/// How lines of the server's own log look.
package enum LogFormat: String, CaseIterable, Sendable {
  case text, json
}
