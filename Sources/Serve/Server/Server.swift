// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import HummingbirdHTTP2
import HummingbirdTLS
package import Logging
import MartletConsole
package import MartletLifecycle
import MartletRuntime
import NIOCore
import ServiceLifecycle
import Synchronization

/// The server: inference for released models and the console, over TLS on loopback, for those who may.
package struct Server: Sendable {
  private let lifecycle: Lifecycle
  private let options: ServerOptions
  private let library: RuntimeLibrary
  private let logger: Logger

  /// - Throws: `RuntimeError` when ONNX Runtime is not there.
  package init(lifecycle: Lifecycle, options: ServerOptions, logger: Logger) throws {
    self.lifecycle = lifecycle
    self.options = options
    self.logger = logger
    library = try RuntimeLibrary.open()
  }

  /// Runs until SIGTERM or SIGINT, then answers what it has begun, writes what is still to be recorded, and returns.
  /// - Parameter ready: called once with the port it listens on.
  /// - Throws: ``ServerError/cannotListen(host:port:reason:)``.
  package func run(ready: @escaping @Sendable (_ port: Int) -> Void) async throws {
    let recorder = Recorder(store: lifecycle.store)
    let tls = try SelfMadeCertificate.configuration(lifecycle.store, at: Date())
    let isRunning = Flag()
    let application = Application(
      router: router(recorder),
      server: try .http2Upgrade(tlsConfiguration: tls),
      configuration: .init(address: .hostname(options.host, port: options.port), serverName: "martlet"),
      onServerRunning: { channel in
        isRunning.raise()
        _ = recorder.note(
          Record("serve.start", outcome: "started", by: Record.localPrincipal, at: Date()))
        ready(channel.localAddress?.port ?? options.port)
      }, logger: logger)
    do {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await recorder.run() }
        defer { recorder.finish() }
        let watching = Task { [lifecycle, logger] in
          await ReleaseWatch(lifecycle: lifecycle).run {
            logger.error("released models could not be decided about", metadata: ["reason": "\($0)"])
          }
        }
        defer { watching.cancel() }
        try await application.runService()
      }
    } catch let error as IOError where !isRunning.isRaised {
      throw ServerError.cannotListen(
        host: options.host, port: options.port, reason: unsafe String(cString: strerror(error.errnoCode)))
    }
    try lifecycle.store.record([
      Record("serve.stop", outcome: "stopped", by: Record.localPrincipal, at: Date())
    ])
  }

  private func router(_ recorder: Recorder) -> Router<DoorContext> {
    let router = Router(context: DoorContext.self)
    router.add(middleware: ErrorsMiddleware())
    let host = ModelHost(lifecycle: lifecycle, library: library, threads: options.threads)
    let inference = InferenceRoutes(host: host, recorder: recorder)
    inference.addHealth(to: router)
    let guarded = router.group().add(
      middleware: CredentialsMiddleware(lifecycle: lifecycle, recorder: recorder))
    inference.add(to: guarded)
    APIRoutes(lifecycle: lifecycle, recorder: recorder).add(to: guarded)
    let console = Console(lifecycle: lifecycle, recorder: recorder) { model, version in
      (try? host.model(model, version: version))?.exampleQuestion
    }
    console.mount(on: router)
    return router
  }
}

/// Something that happens once, on another thread.
private final class Flag: Sendable {
  private let state = Atomic(false)

  var isRaised: Bool { state.load(ordering: .acquiring) }

  func raise() { state.store(true, ordering: .releasing) }
}
