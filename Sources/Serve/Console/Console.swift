// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
package import Hummingbird
package import MartletLifecycle
import NIOPosix

/// The web console: server-rendered pages without scripts, for people with an API key.
///
///     Console(lifecycle: lifecycle, recorder: recorder).mount(on: router)
package struct Console: Sendable {
  let lifecycle: Lifecycle
  let recorder: Recorder
  let question: @Sendable (_ model: String, _ version: Int) -> String?
  let now: @Sendable () -> Date
  let sessions = Sessions()
  let tokens = FormTokens()

  /// - Parameters:
  ///   - question: the JSON of a question that the version can answer, for the command that its page shows; `nil` when the
  ///     version does not answer. It may take long.
  ///   - now: the time, for tests.
  package init(
    lifecycle: Lifecycle, recorder: Recorder,
    question: @escaping @Sendable (_ model: String, _ version: Int) -> String? = { _, _ in nil },
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.lifecycle = lifecycle
    self.recorder = recorder
    self.question = question
    self.now = now
  }

  /// Adds the pages at `/`, and answers every error outside `/v2` and `/api` with a page. Routes that were added before are
  /// not touched.
  package func mount<Context: RequestContext>(on router: Router<Context>) {
    router.add(middleware: ConsoleMiddleware<Context>())
    router.get("console.css") { _, _ in Stylesheet.response }
    router.get("signin") { request, _ in try await signInPage(request) }
    router.post("signin") { request, _ in try await signIn(request) }
    router.post("signout") { request, _ in try await signOut(request) }
    router.get("/") { request, _ in
      try await show(request) { visitor in try homePage(visitor) }
    }
    router.get("models/{model}/{number}") { request, context in
      let (model, number) = (context.parameters.get("model"), context.parameters.get("number", as: Int.self))
      return try await show(request) { visitor in
        guard let model else { throw ConsoleRefusal.notFound }
        return try versionPage(model, number, visitor, host: request.head.authority)
      }
    }
    router.get("models/{model}/refused/{digest}") { request, context in
      let (model, digest) = (context.parameters.get("model"), context.parameters.get("digest"))
      return try await show(request) { visitor in
        guard let model else { throw ConsoleRefusal.notFound }
        return try refusedPage(model, digest ?? "", visitor)
      }
    }
    router.get("log") { request, _ in
      let before = request.uri.queryParameters.get("before")
      return try await show(request) { visitor in try logPage(visitor, before: before) }
    }
  }

  /// A page for whoever is signed in; everybody else is sent to the sign-in page.
  private func show(
    _ request: Request, _ page: @escaping @Sendable (Visitor) throws -> Response
  ) async throws -> Response {
    guard let visitor = try await visitor(request) else { throw ConsoleRefusal.notSignedIn }
    return try await onThread { try page(visitor) }
  }

  /// Runs what reads the disk away from the threads that serve connections.
  func onThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await NIOThreadPool.singleton.runIfActive(body)
  }
}
