// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import Logging

/// A request that is not answered, in words that tell the asker what to mend and nothing about the inside.
struct Refusal: Error, Sendable {
  let status: HTTPResponse.Status
  let message: String
  var headers = HTTPFields()

  static let unauthenticated = Refusal(
    status: .unauthorized, message: "a valid API key is needed: send it as `Authorization: Bearer mk_…`",
    headers: [.wwwAuthenticate: "Bearer realm=\"martlet\""])
  static let forbidden = Refusal(status: .forbidden, message: "this key has no right to do that")
  static let notFound = Refusal(status: .notFound, message: "there is no such thing here")
  static let tooLarge = Refusal(status: .contentTooLarge, message: "the request is too large")
  static let unavailable = Refusal(status: .serviceUnavailable, message: "the server cannot answer now")
  static let failed = Refusal(status: .internalServerError, message: "the server failed to answer")

  static func malformed(_ message: String) -> Refusal {
    Refusal(status: .badRequest, message: message)
  }

  /// The error body of the Open Inference Protocol: `{"error": "…"}`.
  var response: Response {
    let body = (try? JSONEncoder().encode(["error": message])) ?? Data()
    var headers = headers
    headers[.contentType] = "application/json"
    return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: body)))
  }
}

/// Answers every error with a ``Refusal`` and gives every response its headers. Details go to the server's own log only.
struct ErrorsMiddleware: RouterMiddleware {
  typealias Context = DoorContext

  @concurrent func handle(
    _ request: Request, context: DoorContext,
    next: @concurrent (Request, DoorContext) async throws -> Response
  ) async throws -> Response {
    var response: Response
    do {
      response = try await next(request, context)
    } catch let refusal as Refusal {
      response = refusal.response
    } catch let error as HTTPError {
      response = Self.refusal(for: error.status).response
    } catch {
      context.logger.error("request failed", metadata: ["reason": "\(error)"])
      response = Refusal.failed.response
    }
    response.headers[.xContentTypeOptions] = "nosniff"
    response.headers[.cacheControl] = response.headers[.cacheControl] ?? "no-store"
    response.headers[.strictTransportSecurity] = "max-age=31536000"
    return response
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
