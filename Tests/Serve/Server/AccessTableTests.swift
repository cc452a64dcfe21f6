// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import AsyncHTTPClient
import Foundation
import MartletAccess
import MartletLifecycle
import MartletRegistry
import NIOCore
import NIOHTTP1
import NIOSSL
import Testing

/// Every route, with every method, over every transport, with every kind of credential: nothing answers that should not.
///
/// The lesson of MLflow CVE-2026-2652 and CVE-2026-0545 and of Triton CVE-2026-24206 and CVE-2026-24207: another route or another
/// transport that nobody thought of.
@Suite struct AccessTableTests {
  /// What a route asks for.
  enum Need: Sendable {
    /// Nothing: it says whether the server is up, or how to sign in.
    case nothing
    /// A credential that lives.
    case anybody
    case onDigits(Action)
    case onEverything([Action])
    /// A session of the console, which no bearer credential is.
    case session
  }

  struct Route: Sendable {
    let method: String
    let path: String
    let need: Need
    let body: [UInt8]?

    init(_ method: String, _ path: String, _ need: Need, body: [UInt8]? = nil) {
      (self.method, self.path, self.need, self.body) = (method, path, need, body)
    }
  }

  static let routes =
    [
      Route("GET", "/v2/health/live", .nothing), Route("GET", "/v2/health/ready", .nothing),
      Route("GET", "/v2", .anybody),
      Route("GET", "/v2/models/digits", .onDigits(.view)),
      Route("GET", "/v2/models/digits/ready", .onDigits(.view)),
      Route("GET", "/v2/models/digits/versions/1", .onDigits(.view)),
      Route("GET", "/v2/models/digits/versions/1/ready", .onDigits(.view)),
      Route("POST", "/v2/models/digits/infer", .onDigits(.predict), body: Question.body),
      Route("POST", "/v2/models/digits/versions/1/infer", .onDigits(.predict), body: Question.body),
      Route("GET", "/metrics", .onEverything([.operate, .audit])),
      Route("GET", "/console.css", .nothing), Route("GET", "/console.js", .nothing),
      Route("GET", "/signin", .nothing), Route("GET", "/signin/key", .nothing),
    ] + pages.map { Route("GET", $0, .session) } + acts.map { Route($0.0, $0.1, .session) }

  /// Pages of the console. What each of them shows to whom is in the console's own table.
  static let pages = [
    "/", "/models", "/models/digits", "/models/digits/1", "/models/digits/1/evidence/00",
    "/models/digits/1/quarantine", "/models/digits/1/retire", "/models/digits/1/revoke",
    "/models/digits/refused/00", "/upload", "/traffic", "/traffic/now", "/log", "/log/0", "/log/0/proof",
    "/policy", "/people", "/people/00", "/signin/provider", "/signin/return", "/signin/arrive", "/first",
    "/guard",
  ]

  /// What the console does when somebody asks from one of its pages, and for nobody else.
  static let acts = [
    ("POST", "/signin"), ("POST", "/signin/key"), ("POST", "/signout"), ("POST", "/first"),
    ("POST", "/upload"),
    ("POST", "/upload/offers"), ("PUT", "/upload/00/files/0/pieces/0"), ("POST", "/upload/00/complete"),
    ("POST", "/models/digits/1/approve"), ("POST", "/models/digits/1/release"),
    ("POST", "/models/digits/1/quarantine"), ("POST", "/models/digits/1/retire"),
    ("POST", "/models/digits/1/revoke"), ("POST", "/policy/trial"), ("POST", "/people"),
    ("POST", "/people/00/disable"), ("POST", "/people/00/enable"), ("POST", "/people/00/password"),
    ("POST", "/people/00/grants"), ("POST", "/people/00/grants/remove"), ("POST", "/people/00/keys"),
    ("POST", "/people/00/keys/revoke"), ("POST", "/guard/clear"),
  ]

  /// Credentials that a session is not asked for with every one of: it is none of them.
  static let enoughForSessions = ["none", "garbage", "administrator", "a revoked key"]

  /// Paths that other servers have, and that a proxy or a framework might add.
  static let elsewhere = [
    "/v2/repository/index", "/v2/repository/models/digits/load", "/v2/models", "/v2/models/digits/stats",
    "/v2/models/stats",
    "/v2/systemsharedmemory/region/a/register", "/v2/cudasharedmemory/status", "/v2/trace/setting",
    "/v2/logging",
    "/v1/models/digits:predict", "/api/v1", "/api/2.0/mlflow/experiments/list", "/graphql", "/ajax-api",
    "/docs",
    "/openapi.json", "/debug/pprof", "/.env", "/server.pem", "/keys/server.pem", "/martlet.db",
    "/static/x",
    "/v2/health", "/v2/health/live/x", "/v2/models/digits/explode", "/favicon.ico",
  ]

  static let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"]

  /// Whoever is left without being shut down ends the whole run.
  private func withClient(
    _ version: HTTPClient.Configuration.HTTPVersion, of served: ServedStore,
    _ body: (HTTPClient) async throws -> Void
  ) async throws {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(served.certificate))
    var configuration = HTTPClient.Configuration(tlsConfiguration: tls, redirectConfiguration: .disallow)
    configuration.httpVersion = version
    configuration.timeout.connect = .minutes(20)
    let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    do { try await body(client) } catch {
      try await client.shutdown()
      throw error
    }
    try await client.shutdown()
  }

  private func ask(
    _ method: String, _ path: String, bearer: String?, body: [UInt8]?, _ client: HTTPClient,
    _ served: ServedStore
  ) async throws -> (status: Int, version: String, text: String) {
    var request = HTTPClientRequest(url: "https://localhost:\(served.port)\(path)")
    request.method = .RAW(value: method)
    if let bearer { request.headers.add(name: "Authorization", value: "Bearer \(bearer)") }
    if let body { request.body = .bytes(body) }
    let answer = try await client.execute(request, timeout: .minutes(20))
    let text = String(buffer: try await answer.body.collect(upTo: 1 << 20))
    return (Int(answer.status.code), "\(answer.version.major)", text)
  }

  @Test(arguments: [("1", HTTPClient.Configuration.HTTPVersion.http1Only), ("2", .automatic)])
  func theTable(_ name: String, _ version: HTTPClient.Configuration.HTTPVersion) async throws {
    let served = try await ServedStore()
    var credentials: [(name: String, bearer: String?, actions: ActionSet?, seesDigits: Bool)] = [
      ("none", nil, nil, false), ("an empty one", "", nil, false), ("garbage", "garbage", nil, false),
      ("a token of nobody", "eyJhbGciOiJub25lIn0.e30.AA", nil, false),
    ]
    for role in Role.allCases {
      credentials.append(("\(role)", try served.key(role).reveal(), role.actions, true))
      credentials.append(
        ("\(role) of another tenant", try served.key(role, on: "other").reveal(), role.actions, false))
    }
    let revoked = try served.key(.administrator)
    try served.lifecycle.revokeKey(revoked.id)
    credentials.append(("a revoked key", revoked.reveal(), nil, false))

    try await withClient(version, of: served) { [credentials] client in
      for (credential, bearer, actions, isGeneral) in credentials {
        for route in Self.routes {
          if case .session = route.need, !Self.enoughForSessions.contains(credential) { continue }
          let answer = try await ask(
            route.method, route.path, bearer: bearer, body: route.body, client, served)
          #expect(answer.version == name)
          let expected: Set<Int>
          switch route.need {
          case .nothing: expected = [200]
          case .anybody: expected = [actions == nil ? 401 : 200]
          case .onDigits(let action):
            expected = [actions.map { $0.contains(action) && isGeneral ? 200 : 403 } ?? 401]
          case .onEverything(let wanted):
            expected = [
              actions.map { have in wanted.contains(where: have.contains) && isGeneral ? 200 : 403 } ?? 401
            ]
          case .session: expected = [303, 403, 404]
          }
          #expect(
            expected.contains(answer.status),
            "\(route.method) \(route.path) with \(credential): \(answer.status)")
          if case .session = route.need { #expect(!answer.text.contains("Released"), "\(route.path)") }
        }
      }
    }
    try await served.stop()
  }

  @Test(arguments: [("1", HTTPClient.Configuration.HTTPVersion.http1Only), ("2", .automatic)])
  func nothingElseAnswersWhateverTheMethod(_ name: String, _ version: HTTPClient.Configuration.HTTPVersion)
    async throws
  {
    let served = try await ServedStore()
    let known = Set(Self.routes.map { "\($0.method) \($0.path)" })
    let administrator = try served.key(.administrator).reveal()
    try await withClient(version, of: served) { client in
      for bearer in [nil, administrator] {
        for path in Set(Self.routes.map(\.path) + Self.elsewhere) {
          for method in Self.methods where !known.contains("\(method) \(path)") {
            let body: [UInt8]? = ["POST", "PUT", "PATCH"].contains(method) ? Question.body : nil
            let answer = try await ask(method, path, bearer: bearer, body: body, client, served)
            #expect(answer.status >= 303, "\(method) \(path): \(answer.status) \(answer.text.prefix(80))")
          }
        }
      }
    }
    try await served.stop()
  }

  @Test func whoMayNotLearnsNothingAboutWhatIsThere() async throws {
    let served = try await ServedStore()
    let key = try served.key(.predictor, on: "other")
    for path in ["/v2/models/%@/infer", "/v2/models/%@/versions/1/infer"] {
      let there = try await served.ask(
        "POST", path.replacingOccurrences(of: "%@", with: "digits"), key: key, body: Question.body)
      let missing = try await served.ask(
        "POST", path.replacingOccurrences(of: "%@", with: "missing"), key: key, body: Question.body)
      #expect(there.status == 403)
      #expect(there.status == missing.status)
      #expect(there.body == missing.body)
    }
    try await served.stop()
  }

  @Test func whatIsRefusedIsRecordedWithWhoAndWhy() async throws {
    let served = try await ServedStore()
    let key = try served.key(.viewer)
    let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    #expect(
      try await served.ask(
        "POST", "/v2/models/digits/infer", key: key, fields: ["traceparent: 00-\(trace)-00f067aa0ba902b7-01"],
        body: Question.body
      ).status == 403)
    #expect(
      try await served.ask(
        "POST", "/v2/models/digits/infer", fields: ["Authorization: Bearer x"], body: Question.body
      )
      .status == 401)
    #expect(try await served.ask("GET", "/metrics", key: key).status == 403)
    try await served.stop()
    let records = try served.records()
    let owner = try served.lifecycle.store.registry.key(key.id)?.account.principal.id
    let denied = try #require(records.first { $0.action == "serve.predict" })
    #expect(denied.outcome == "denied")
    #expect(denied.principal == owner)
    #expect(denied.model == "digits")
    #expect(denied.trace == trace)
    #expect(denied.reason == "no grant to predict model digits")
    #expect(
      records.contains {
        $0.action == "serve.authenticate" && $0.outcome == "refused" && $0.principal == "unknown"
      })
    #expect(records.contains { $0.action == "serve.audit" && $0.outcome == "denied" })
  }
}
