// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Hummingbird
import Logging

/// Answers every error with a ``Refusal``, gives every response its headers, and counts it. Details go to the server's own log only.
struct ErrorsMiddleware: RouterMiddleware {
  typealias Context = DoorContext
  let service: DoorService

  @concurrent func handle(
    _ request: Request, context: DoorContext,
    next: @concurrent (Request, DoorContext) async throws -> Response
  ) async throws -> Response {
    let begun = ContinuousClock.now
    var context = context
    context.trace = TraceContext(request.headers[.traceparent])
    var response: Response
    do {
      response = try await next(request, context)
    } catch let error as HTTPError {
      response = Self.refusal(for: error.status).response
    } catch {
      response = service.refusal(for: error).response
    }
    for field in HTTPFields.ofEveryAnswer { response.headers[field.name] = field.value }
    for field in HTTPFields.ofAnswersForPrograms where response.headers[field.name] == nil {
      response.headers[field.name] = field.value
    }
    response.headers[.cacheControl] = response.headers[.cacheControl] ?? "no-store"
    // An answer to HEAD has no body, and whoever asked would take one for the next answer (RFC 9110, section 9.3.2).
    if request.method == .head { response.body = .init() }
    service.note(
      Answered(
        method: request.method, path: request.uri.path, route: Self.route(request.uri.path),
        status: response.status.code, asker: nil, trace: context.trace, duration: .now - begun))
    return response
  }

  private static func route(_ path: String) -> StaticString {
    switch path.split(separator: "/", maxSplits: 1).first {
    case "v2": "v2"
    case "api": "api"
    case "metrics": "metrics"
    default: "console"
    }
  }

  /// The framework's own refusals, in our words.
  private static func refusal(for status: HTTPResponse.Status) -> Refusal {
    switch status {
    case .notFound, .methodNotAllowed: .notFound
    case .contentTooLarge: .tooLarge
    case .badRequest: .malformed("the request is malformed")
    default: status.code < 500 ? Refusal(status: status, message: status.reasonPhrase) : .failed
    }
  }
}
