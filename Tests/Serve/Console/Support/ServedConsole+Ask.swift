// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import AsyncHTTPClient
import Foundation
import MartletAccess
import MartletLifecycle
import NIOCore
import NIOHTTP1
import NIOSSL

extension ServedConsole {
  /// Sends a program's request, with a key or a browser's cookie.
  func send(
    _ method: String, _ path: String, key: APIKey? = nil, cookie: String? = nil, body: String? = nil
  ) async throws -> (status: Int, text: String) {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(home.certificate))
    let client = HTTPClient(
      eventLoopGroupProvider: .singleton,
      configuration: .init(
        tlsConfiguration: tls, redirectConfiguration: .disallow,
        timeout: .init(connect: .minutes(30), read: .minutes(30))))
    var request = HTTPClientRequest(url: address(path))
    request.method = .RAW(value: method)
    if let key { request.headers.add(name: "Authorization", value: "Bearer \(key.reveal())") }
    if let cookie { request.headers.add(name: "Cookie", value: cookie) }
    if let body { request.body = .bytes(ByteBuffer(string: body)) }
    let answer: (Int, String)
    do {
      let response = try await client.execute(request, timeout: .minutes(30))
      answer = (
        Int(response.status.code), String(buffer: try await response.body.collect(upTo: 64 << 20))
      )
    } catch {
      try await client.shutdown()
      throw error
    }
    try await client.shutdown()
    return answer
  }

  /// Asks the model of digits.
  func ask(_ model: String, key: APIKey?) async throws -> (status: Int, text: String) {
    let zeros = [Float](repeating: 0.5, count: 64)
    let question = #"{"inputs":[{"name":"image","shape":[1,1,8,8],"datatype":"FP32","data":\#(zeros)}]}"#
    return try await send("POST", "/v2/models/\(model)/infer", key: key, body: question)
  }
}
