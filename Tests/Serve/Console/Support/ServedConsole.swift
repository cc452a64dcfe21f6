// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Logging
import MartletAccess
import MartletEvidence
import MartletGate
import MartletLifecycle
import MartletServer
import ServiceLifecycle
import Testing

/// A server with its console in this process, on a store of its own, over a real socket and TLS.
final class ServedConsole: Sendable {
  let lifecycle: Lifecycle
  let port: Int
  let home: Home
  private let running: Task<Void, any Error>

  static let examples =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path + "/Examples"

  /// - Parameter fill: puts into the store what the test is about.
  init(
    settings change: (inout ServerSettings) -> Void = { _ in }, _ fill: (Lifecycle) throws -> Void
  ) async throws {
    home = Home(path: FileManager.default.temporaryDirectory.path + "/served console \(UUID())")
    lifecycle = Lifecycle(store: try Store(home))
    try fill(lifecycle)
    var settings = ServerSettings()
    settings.port = 0
    change(&settings)
    var quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    quiet.logLevel = .critical
    let server = try Server(lifecycle: lifecycle, settings: settings, logger: quiet)
    let (ports, said) = AsyncThrowingStream<Int, any Error>.makeStream()
    running = Task {
      do {
        try await server.run(until: []) { said.yield($0) }
        said.finish()
      } catch {
        said.finish(throwing: error)
        throw error
      }
    }
    var first = ports.makeAsyncIterator()
    port = try #require(try await first.next())
  }

  deinit {
    running.cancel()
    try? FileManager.default.removeItem(atPath: home.path)
  }

  func stop() async throws {
    running.cancel()
    try await running.value
  }

  func address(_ path: String) -> String { "https://localhost:\(port)\(path)" }

  /// Opens the form and signs in with a password.
  func signIn(_ name: String, _ password: String, _ browser: WebDriver) async throws {
    try await browser.open(address("/signin"))
    try await browser.type(name, into: "#name")
    try await browser.type(password, into: "#password")
    try await browser.click("main button")
    try await browser.see("Home")
  }
}
