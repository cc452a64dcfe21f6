// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
package import Hummingbird
package import MartletAccess
package import MartletLifecycle
import NIOPosix

/// The web console: server-rendered pages for people, readable without scripts.
///
///     Console(lifecycle: lifecycle, recorder: recorder).mount(on: router)
package struct Console: Sendable {
  let lifecycle: Lifecycle
  let recorder: Recorder
  let server: ServerView
  let provider: (any IdentityProvider)?
  let now: @Sendable () -> Date
  /// Who has tried to sign in how often.
  let gate: SignInGate
  let forms = FormKey()
  let tokenGrants = TokenGrants()
  let journeys = Journeys()
  let uploads = OpenUploads()

  /// - Parameters:
  ///   - server: what the server around it knows.
  ///   - provider: who else tells who somebody is; nil for nobody.
  ///   - now: the time, for tests.
  package init(
    lifecycle: Lifecycle, recorder: Recorder, server: ServerView = ServerView(),
    provider: (any IdentityProvider)? = nil, gate: SignInGate = SignInGate(),
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.lifecycle = lifecycle
    self.recorder = recorder
    self.server = server
    self.provider = provider
    self.gate = gate
    self.now = now
  }

  /// Adds the pages at `/`, and answers every error outside `/v2` and `/api` with a page. Routes that were added before are
  /// not touched.
  /// - Parameter source: from where a request comes, for those who guess passwords.
  package func mount<Context: RequestContext>(
    on router: Router<Context>,
    source: @escaping @Sendable (Context) -> ClientSource = { (_: Context) in .local }
  ) {
    router.add(middleware: ConsoleMiddleware<Context>())
    router.get("console.css") { _, _ in Stylesheet.response }
    router.get("console.js") { _, _ in Script.response }
    mountSignIn(on: router, source: source)
    mountFirst(on: router, source: source)
    mountModels(on: router)
    mountLife(on: router)
    mountUpload(on: router)
    mountLog(on: router)
    mountPolicy(on: router)
    mountTraffic(on: router)
    mountGuard(on: router)
    mountPeople(on: router)
  }

  /// A page for whoever is signed in; everybody else is sent to the sign-in page.
  func show(
    _ request: Request, _ page: @escaping @Sendable (Visitor) throws -> Response
  ) async throws -> Response {
    guard let visitor = try await visitor(request) else { throw ConsoleRefusal.notSignedIn }
    return try await onThread { try page(visitor) }
  }

  /// Does what a posted form asks for, and leads to a page that shows what came of it.
  /// - Parameter limit: bytes of the form.
  func act(
    _ request: Request, atMost limit: Int = Form.longest,
    _ body: @escaping @Sendable (Visitor, Form) throws -> Response
  ) async throws -> Response {
    let (visitor, form) = try await posted(request, atMost: limit)
    return try await onThread { try body(visitor, form) }
  }

  /// Runs what reads the disk away from the threads that serve connections.
  func onThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await NIOThreadPool.singleton.runIfActive(body)
  }
}

/// One thread for passwords: each takes a second and 128 MiB, and whoever sends many keeps no page of others waiting.
enum PasswordThread {
  static let pool: NIOThreadPool = {
    let pool = NIOThreadPool(numberOfThreads: 1)
    pool.start()
    return pool
  }()
}

/// What the server around the console knows.
package struct ServerView: Sendable {
  let question: @Sendable (_ model: String, _ version: Int) -> String?
  let traffic: @Sendable () -> TrafficReport
  let guards: (any GuardDesk)?

  /// - Parameters:
  ///   - question: the JSON of a question that the version can answer, for the command that its page shows; `nil` when the
  ///     version does not answer. It may take long.
  ///   - traffic: what has been asked lately.
  ///   - guards: whom the guards of models watch.
  package init(
    question: @escaping @Sendable (_ model: String, _ version: Int) -> String? = { _, _ in nil },
    traffic: @escaping @Sendable () -> TrafficReport = { TrafficReport() }, guards: (any GuardDesk)? = nil
  ) {
    self.question = question
    self.traffic = traffic
    self.guards = guards
  }
}
