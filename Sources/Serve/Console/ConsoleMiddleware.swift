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
    } catch ConsoleRefusal.notSignedIn where !Self.isScripted(request) {
      response = .seeOther("/signin")
    } catch {
      let refusal = Self.refusal(for: error)
      if case .failed = refusal {
        context.logger.error("page failed", metadata: ["reason": "\(error)"])
      }
      response = Self.isScripted(request) ? .words(refusal) : ErrorPage.response(refusal)
    }
    if response.headers[.contentSecurityPolicy] == nil {
      response.headers[.contentSecurityPolicy] = ContentPolicy.plain
    }
    response.headers[.referrerPolicy] = "no-referrer"
    response.headers[.xContentTypeOptions] = "nosniff"
    response.headers[.crossOriginOpenerPolicy] = "same-origin"
    response.headers[.crossOriginResourcePolicy] = "same-origin"
    response.headers[.cacheControl] = response.headers[.cacheControl] ?? "no-store"
    return response
  }

  private static func refusal(for error: any Error) -> ConsoleRefusal {
    if let refusal = error as? ConsoleRefusal { return refusal }
    if let error = error as? HTTPError { return ConsoleRefusal(error.status) }
    return ConsoleRefusal(of: error) ?? .failed
  }

  /// Whether our own script asks, which reads words and no page.
  private static func isScripted(_ request: Request) -> Bool { request.headers[.formToken] != nil }

  private static func isForPrograms(_ path: String) -> Bool {
    let first = path.split(separator: "/", maxSplits: 1).first
    return first == "v2" || first == "api"
  }
}

/// What a browser may do with a page: show it with the one style sheet. Pages with live parts may also run the one script,
/// which talks to this server alone.
enum ContentPolicy {
  static let plain = """
    default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; \
    base-uri 'none'
    """
  static let live = plain + "; script-src 'self'; connect-src 'self'"
}

extension Response {
  static func seeOther(_ path: String) -> Response {
    Response(status: .seeOther, headers: [.location: path])
  }

  /// A rendered page.
  static func page(_ html: String, status: HTTPResponse.Status = .ok, isLive: Bool = false) -> Response {
    Response(
      status: status,
      headers: [
        .contentType: "text/html; charset=utf-8",
        .contentSecurityPolicy: isLive ? ContentPolicy.live : ContentPolicy.plain,
      ], body: .init(byteBuffer: ByteBuffer(string: html)))
  }

  static func page(_ page: some Page, status: HTTPResponse.Status = .ok) -> Response {
    .page(Templates.render(page), status: status, isLive: page.isLive)
  }

  /// A file for keeping.
  static func file(_ bytes: [UInt8], named name: String, type: String = "text/plain; charset=utf-8")
    -> Response
  {
    Response(
      status: .ok,
      headers: [.contentType: type, .contentDisposition: "attachment; filename=\"\(name)\""],
      body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  static func words(_ refusal: ConsoleRefusal) -> Response {
    Response(
      status: refusal.status, headers: [.contentType: "text/plain; charset=utf-8"],
      body: .init(byteBuffer: ByteBuffer(string: refusal.advice)))
  }
}
