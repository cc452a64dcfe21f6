// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Hummingbird
import Logging

/// Answers the errors of pages with pages, and gives every page its headers. Programs keep their own doors, `/v2` and
/// `/api`.
struct ConsoleMiddleware<Context: RequestContext>: RouterMiddleware {
  @concurrent func handle(
    _ request: Request, context: Context,
    next: @concurrent (Request, Context) async throws -> Response
  ) async throws -> Response {
    if Self.isForPrograms(request.uri.path) { return try await next(request, context) }
    var response: Response
    do {
      response = try await next(request, context)
    } catch ConsoleRefusal.notSignedIn {
      response = .seeOther("/signin")
    } catch let refusal as ConsoleRefusal {
      response = ErrorPage.response(refusal)
    } catch let error as HTTPError {
      response = ErrorPage.response(ConsoleRefusal(error.status))
    } catch {
      context.logger.error("page failed", metadata: ["reason": "\(error)"])
      response = ErrorPage.response(.failed)
    }
    response.headers[.contentSecurityPolicy] = """
      default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; \
      base-uri 'none'
      """
    response.headers[.referrerPolicy] = "no-referrer"
    response.headers[.xContentTypeOptions] = "nosniff"
    response.headers[.crossOriginOpenerPolicy] = "same-origin"
    response.headers[.crossOriginResourcePolicy] = "same-origin"
    response.headers[.cacheControl] = response.headers[.cacheControl] ?? "no-store"
    return response
  }

  private static func isForPrograms(_ path: String) -> Bool {
    let first = path.split(separator: "/", maxSplits: 1).first
    return first == "v2" || first == "api"
  }
}

extension Response {
  static func seeOther(_ path: String) -> Response {
    Response(status: .seeOther, headers: [.location: path])
  }

  /// A rendered page.
  static func page(_ html: String, status: HTTPResponse.Status = .ok) -> Response {
    Response(
      status: status, headers: [.contentType: "text/html; charset=utf-8"],
      body: .init(byteBuffer: ByteBuffer(string: html)))
  }
}
