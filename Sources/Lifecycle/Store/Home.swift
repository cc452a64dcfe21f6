// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// Where a store keeps its things. Nothing is made by asking.
package struct Home: Sendable, Equatable {
  /// An absolute path.
  package let path: String

  package init(path: String) {
    self.path = URL(fileURLWithPath: path).standardizedFileURL.path
  }

  /// `MARTLET_HOME`, or `.martlet` in the user's home directory.
  package static func standard(environment: [String: String] = ProcessInfo.processInfo.environment) -> Home {
    if let named = environment["MARTLET_HOME"], !named.isEmpty { return Home(path: named) }
    return Home(path: (environment["HOME"] ?? NSHomeDirectory()) + "/.martlet")
  }

  package var database: String { path + "/martlet.db" }
  package var blobs: String { path + "/blobs" }
  /// What is being pushed, in pieces that are sealed.
  var pushes: String { path + "/pushes" }
  package var log: String { path + "/log" }
  package var keys: String { path + "/keys" }
  /// The public key of the log, which whoever checks a copy of it needs.
  package var logVerifierKey: String { path + "/log.pub" }
  /// The public key of the evidence.
  package var evidenceVerifierKey: String { path + "/evidence.pub" }
  /// The certificate of the server, which its clients trust.
  package var certificate: String { path + "/server.pem" }

  /// What is remembered of models that were verified.
  package var digestCache: String { path + "/cache/digests" }

  /// What guards remember of those who ask, a file for each model.
  package var guards: String { path + "/guard" }
  /// The key by which answers are watermarked where the settings name no other.
  package var watermarkKey: String { keys + "/watermark.key" }

  var lock: String { path + "/store.lock" }
  var logLock: String { log + ".lock" }
  var sealingKey: String { keys + "/sealing.age" }
  var evidenceKey: String { keys + "/evidence.pem" }
  var logKey: String { keys + "/log.key" }
  package var serverKey: String { keys + "/server.pem" }
}
