// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import HTTPTypes
import Hummingbird

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
  static let busy = Refusal(
    status: .serviceUnavailable, message: "the model is busy: ask again in a moment",
    headers: [.retryAfter: "1"])
  static let failed = Refusal(status: .internalServerError, message: "the server failed to answer")

  static func malformed(_ message: String) -> Refusal {
    Refusal(status: .badRequest, message: message)
  }

  /// The error body of the Open Inference Protocol: `{"error": "…"}`.
  var body: [UInt8] { (try? JSONEncoder().encode(["error": message])).map { Array($0) } ?? [] }

  var response: Response {
    var headers = headers
    headers[.contentType] = "application/json"
    return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: body)))
  }
}

extension HTTPFields {
  /// What is said with every answer, a page or not.
  static let ofEveryAnswer: HTTPFields = [
    .xContentTypeOptions: "nosniff", .strictTransportSecurity: "max-age=31536000",
  ]

  /// What a browser that is led to an answer for programs may do with it: nothing.
  static let ofAnswersForPrograms: HTTPFields = [
    .contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'",
    HTTPField.Name("Referrer-Policy")!: "no-referrer",
    HTTPField.Name("Cross-Origin-Resource-Policy")!: "same-origin",
  ]
}

extension HTTPField.Name {
  static let traceparent = HTTPField.Name("traceparent")!
}
