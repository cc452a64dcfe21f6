// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import HummingbirdCore
package import Logging
import MartletAccess
import MartletConsole
package import MartletLifecycle
import MartletRuntime
import NIOCore
import ServiceLifecycle
import Synchronization
package import UnixSignals

/// The server: inference for released models and the console, over TLS, for those who may.
package struct Server: Sendable {
  private let lifecycle: Lifecycle
  private let settings: ServerSettings
  private let library: RuntimeLibrary
  private let logger: Logger

  /// - Throws: `RuntimeError` when ONNX Runtime is not there; ``ServerError/openToOthers(host:)``.
  package init(lifecycle: Lifecycle, settings: ServerSettings, logger: Logger) throws {
    try settings.check()
    self.lifecycle = lifecycle
    self.settings = settings
    self.logger = logger
    library = try RuntimeLibrary.open()
  }

  /// Looks at everything that could keep a server with these settings from starting, and starts nothing.
  /// - Throws: what ``init(lifecycle:settings:logger:)`` and ``run(until:ready:)`` throw.
  package static func check(_ settings: ServerSettings, _ store: Store, logger: Logger) throws {
    try settings.check()
    try GuardPosts.check(settings.models, Lifecycle(store: store), logger)
    _ = try RuntimeLibrary.open()
    _ = try TLSKeeper(settings.tls, store, at: Date())
  }

  /// Runs until SIGTERM or SIGINT, then answers what it has begun, writes what is still to be recorded, and returns.
  /// - Parameters:
  ///   - signals: what ends it, as cancelling the task does.
  ///   - ready: called once with the port it listens on.
  /// - Throws: ``ServerError``.
  package func run(
    until signals: [UnixSignal] = [.sigterm, .sigint], ready: @escaping @Sendable (_ port: Int) -> Void
  ) async throws {
    let recorder = Recorder(store: lifecycle.store)
    let tls = try TLSKeeper(settings.tls, lifecycle.store, at: Date())
    let metrics = ServerMetrics()
    let posts = GuardPosts(
      lifecycle: lifecycle, settings: settings.models,
      reporter: GuardReporter(recorder: recorder, metrics: metrics, logger: logger), logger: logger)
    defer { posts.close() }
    let host = ModelHost(
      lifecycle: lifecycle, library: library, threads: settings.threads, settings: settings.models,
      posts: posts, logger: logger)
    let service = DoorService(
      doorkeeper: Doorkeeper(
        lifecycle: lifecycle, recorder: recorder,
        issuers: TokenIssuers(lifecycle: lifecycle, authorities: settings.authorities)),
      desk: InferenceDesk(host: host, recorder: recorder, logger: logger), metrics: metrics,
      logger: logger)
    let limits = settings.connections
    let isRunning = Flag()
    let application = Application(
      router: router(service, recorder, posts),
      server: HTTPServerBuilder { DoorChannel(service, tls: tls, limits: limits, responder: $0) },
      configuration: .init(
        address: .hostname(settings.host, port: settings.port), serverName: "martlet",
        availableConnectionsDelegate: MaximumAvailableConnections(limits.most)),
      onServerRunning: { channel in
        isRunning.raise()
        _ = recorder.note(
          Record("serve.start", outcome: "started", by: Record.localPrincipal, at: Date()))
        ready(channel.localAddress?.port ?? settings.port)
      }, logger: frameworkLogger)
    if !settings.preload.isEmpty {
      let wanted = settings.preload.map(NamePattern.init)
      await Task.detached { host.preload { name in wanted.contains { $0.covers(.model(name)) } } }.value
    }
    // Not children of this task: what is to be recorded is recorded also when it is cancelled.
    let recording = Task { await recorder.run() }
    let watching = watch(host, tls, posts)
    defer { for task in watching { task.cancel() } }
    do {
      let ended: Result<Void, any Error>
      do { ended = .success(try await runUntilStopped(application, signals)) } catch {
        ended = .failure(error)
      }
      recorder.finish()
      await recording.value
      try ended.get()
    } catch let error as IOError where !isRunning.isRaised {
      throw ServerError.cannotListen(
        host: settings.host, port: settings.port, reason: unsafe String(cString: strerror(error.errnoCode)))
    }
    try lifecycle.store.record([
      Record("serve.stop", outcome: "stopped", by: Record.localPrincipal, at: Date())
    ])
  }

  /// Ends gracefully at a signal, and when the task is cancelled.
  private func runUntilStopped(_ application: some Service, _ signals: [UnixSignal]) async throws {
    var configuration = ServiceGroupConfiguration(
      services: [application], gracefulShutdownSignals: signals, logger: frameworkLogger)
    // Whoever does not take their answer in this time does not get it.
    configuration.maximumGracefulShutdownDuration = .seconds(30)
    let group = ServiceGroup(configuration: configuration)
    let running = Task { try await group.run() }
    try await withTaskCancellationHandler {
      try await running.value
    } onCancel: {
      Task { await group.triggerGracefulShutdown() }
    }
  }

  /// What goes on beside the requests.
  private func watch(_ host: ModelHost, _ tls: TLSKeeper, _ posts: GuardPosts) -> [Task<Void, Never>] {
    let releases = Task { [lifecycle, logger] in
      await ReleaseWatch(lifecycle: lifecycle).run {
        logger.error("released models could not be decided about", metadata: ["reason": "\($0)"])
      }
    }
    let models = Task { await host.watch() }
    let guards = Task { await posts.watch() }
    let certificate = Task { [logger] in await CertificateWatch(tls: tls, logger: logger).run() }
    let hangUp = Task { [logger] in await CertificateWatch(tls: tls, logger: logger).reloadOnHangUp() }
    let memory = Task { await ServerMemory.keepTrimmed() }
    return [releases, models, guards, certificate, hangUp, memory]
  }

  private func router(
    _ service: DoorService, _ recorder: Recorder, _ posts: GuardPosts
  ) -> Router<DoorContext> {
    let router = Router(context: DoorContext.self)
    router.add(middleware: ErrorsMiddleware(service: service))
    let inference = InferenceRoutes(host: service.desk.host, recorder: recorder)
    inference.addHealth(to: router)
    let guarded = router.group().add(middleware: CredentialsMiddleware(doorkeeper: service.doorkeeper))
    inference.add(to: guarded)
    APIRoutes(lifecycle: lifecycle, recorder: recorder, guards: posts).add(to: guarded)
    MetricsRoute(service: service, recorder: recorder).add(to: guarded)
    if settings.hasConsole {
      let host = service.desk.host
      let view = ServerView(
        question: { model, version in (try? host.model(model, version: version))?.exampleQuestion },
        traffic: {
          service.traffic.report(
            .init(models: host.count, recordsWaiting: recorder.waiting, canRecord: !recorder.isFailing),
            connections: service.metrics.openConnections)
        }, guards: posts)
      let provider = settings.signIn.map { OpenIDProvider($0, authorities: settings.authorities) }
      Console(lifecycle: lifecycle, recorder: recorder, server: view, provider: provider)
        .mount(on: router) { $0.source }
    }
    return router
  }

  /// The framework writes a line about each start and stop, which the record has.
  private var frameworkLogger: Logger {
    var logger = logger
    logger.logLevel = max(logger.logLevel, .warning)
    return logger
  }
}

/// Something that happens once, on another thread.
private final class Flag: Sendable {
  private let state = Atomic(false)

  var isRaised: Bool { state.load(ordering: .acquiring) }

  func raise() { state.store(true, ordering: .releasing) }
}
