// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import AsyncHTTPClient
import Crypto
import Foundation
import Hummingbird
import MartletAccess
import NIOCore
import NIOHTTP1
import Synchronization
import Testing

@testable import MartletServer

/// An OpenID Connect provider of a test, at a port of this machine. It knows one person, and can be told to lie.
final class TestIssuer: Sendable {
  /// What it does otherwise than it should.
  struct Lies: Sendable {
    /// Takes the place of the claims of that name.
    var claims: [String: String] = [:]
    var isForeignKey = false
    var refusesCode = false
    /// What its configuration says about who it is.
    var issuer: String?
  }

  private struct Granted {
    let back: String
    let nonce: String
    let challenge: String
  }

  private struct State {
    var granted: [String: Granted] = [:]
    var lies = Lies()
  }

  static let secret = "s3cret+with/odd=letters"
  let address: String
  private let key = P256.Signing.PrivateKey()
  private let state = Mutex(State())
  private let running: Task<Void, any Error>

  init() async throws {
    let (ports, said) = AsyncStream<Int>.makeStream()
    let router = Router()
    let shared = Shared()
    router.get(".well-known/openid-configuration") { _, _ in try shared.issuer.configuration() }
    router.get("keys") { _, _ in try shared.issuer.keySet() }
    router.get("authorize") { request, _ in try shared.issuer.authorize(request) }
    router.post("token") { request, _ in try await shared.issuer.token(request) }
    let application = Application(
      router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { said.yield($0.localAddress?.port ?? 0) })
    running = Task { try await application.run() }
    var first = ports.makeAsyncIterator()
    address = "http://127.0.0.1:\(try #require(await first.next()))"
    shared.box.withLock { $0 = self }
  }

  deinit { running.cancel() }

  func stop() { running.cancel() }

  func lie(_ change: @Sendable (inout Lies) -> Void) { state.withLock { change(&$0.lies) } }

  /// For a server that takes this issuer's word.
  func settings(in folder: String) throws -> SignInSettings {
    let file = folder + "/client-secret"
    try Data((Self.secret + "\n").utf8).write(to: URL(fileURLWithPath: file))
    var settings = SignInSettings(
      name: "the company", issuer: address, client: "martlet", secret: file,
      grants: [.init(claim: "groups", value: "ml", role: .auditor)])
    settings.patience = 1_800
    return settings
  }

  /// Goes where a browser is sent, as somebody who is signed in there, and says where it is sent back to.
  func visit(_ place: String) async throws -> String {
    let configuration = HTTPClient.Configuration(
      redirectConfiguration: .disallow, timeout: .init(connect: .minutes(30), read: .minutes(30)))
    let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    let answer: HTTPClientResponse
    do { answer = try await client.execute(HTTPClientRequest(url: place), timeout: .minutes(30)) } catch {
      try await client.shutdown()
      throw error
    }
    try await client.shutdown()
    return try #require(answer.headers.first(name: "location"))
  }

  private func configuration() throws -> Response {
    try Self.json([
      "issuer": state.withLock { $0.lies.issuer } ?? address,
      "authorization_endpoint": address + "/authorize?hint=a",
      "token_endpoint": address + "/token", "jwks_uri": address + "/keys",
    ])
  }

  private func keySet() throws -> Response {
    let raw = key.publicKey.rawRepresentation
    return try Self.json([
      "keys": [
        [
          "kty": "EC", "crv": "P-256", "kid": "1", "x": Self.base64(raw.prefix(32)),
          "y": Self.base64(raw.suffix(32)),
        ]
      ]
    ])
  }

  private func authorize(_ request: Request) throws -> Response {
    let query = request.uri.queryParameters
    guard query["client_id"] == "martlet", query["response_type"] == "code",
      query["code_challenge_method"] == "S256",
      query["hint"] == "a", query["scope"]?.contains("openid") == true,
      let back = query["redirect_uri"], let state = query["state"], let nonce = query["nonce"],
      let challenge = query["code_challenge"]
    else { throw HTTPError(.badRequest) }
    let code = UUID().uuidString
    self.state.withLock {
      $0.granted[code] = Granted(back: String(back), nonce: String(nonce), challenge: String(challenge))
    }
    return Response(status: .seeOther, headers: [.location: "\(back)?code=\(code)&state=\(state)"])
  }

  private func token(_ request: Request) async throws -> Response {
    let body = String(buffer: try await request.body.collect(upTo: 1 << 16))
    var fields: [String: String] = [:]
    for pair in body.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1)
      fields[String(parts[0])] = String(parts.last ?? "").removingPercentEncoding
    }
    let escaped = Self.secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics)!
    let (granted, lies) = state.withLock { ($0.granted.removeValue(forKey: fields["code"] ?? ""), $0.lies) }
    let challenge = Self.base64(Data(SHA256.hash(data: Data((fields["code_verifier"] ?? "").utf8))))
    guard !lies.refusesCode, let granted, granted.back == fields["redirect_uri"],
      fields["grant_type"] == "authorization_code", granted.challenge == challenge,
      request.headers[.authorization] == "Basic \(Data("martlet:\(escaped)".utf8).base64EncodedString())"
    else { throw HTTPError(.badRequest) }
    let now = Int(Date().timeIntervalSince1970)
    var claims: [String: Any] = [
      "iss": address, "aud": "martlet", "sub": "u-17", "iat": now, "exp": now + 300, "nonce": granted.nonce,
      "preferred_username": "dora", "groups": ["ml", "staff"],
    ]
    for (name, value) in lies.claims { claims[name] = value }
    let text = try Self.part(["alg": "ES256", "kid": "1", "typ": "JWT"]) + "." + Self.part(claims)
    let signer = lies.isForeignKey ? P256.Signing.PrivateKey() : key
    let signature = try signer.signature(for: Data(text.utf8)).rawRepresentation
    return try Self.json([
      "access_token": "x", "token_type": "Bearer", "id_token": text + "." + Self.base64(signature),
    ])
  }

  private static func json(_ value: [String: Any]) throws -> Response {
    Response(
      status: .ok, headers: [.contentType: "application/json"],
      body: .init(byteBuffer: ByteBuffer(bytes: try JSONSerialization.data(withJSONObject: value))))
  }

  private static func part(_ value: [String: Any]) throws -> String {
    base64(try JSONSerialization.data(withJSONObject: value))
  }

  private static func base64(_ bytes: some Sequence<UInt8>) -> String {
    Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing(
      "=", with: "")
  }

  /// The issuer of a router that is made before it.
  private final class Shared: Sendable {
    let box = Mutex<TestIssuer?>(nil)

    var issuer: TestIssuer {
      get throws { try #require(box.withLock { $0 }) }
    }
  }
}
