// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import HummingbirdTesting
import MartletAccess
import MartletEvidence
import MartletGate
import MartletRegistry
import Synchronization
import Testing

@testable import MartletConsole
@testable import MartletLifecycle

/// A console on a store of its own, with a clock that stands still until it is moved.
final class ConsoleFixture: Sendable {
  let lifecycle: Lifecycle
  private let home: Home
  private let offset = Mutex<TimeInterval>(0)
  private let recorder: Recorder
  private let began = Date()
  /// What a password costs here.
  static let cheap = ScryptCost(logN: 4, r: 8, p: 1)!
  let traffic = Mutex(TrafficReport())
  let provider = Mutex<(any IdentityProvider)?>(nil)
  let guards = GuardedFew()

  init() throws {
    home = Home(path: FileManager.default.temporaryDirectory.path + "/console \(UUID())")
    lifecycle = Lifecycle(store: try Store(home))
    recorder = Recorder(store: lifecycle.store)
  }

  deinit { try? FileManager.default.removeItem(atPath: home.path) }

  var logDirectory: String { home.log }

  func pass(_ seconds: TimeInterval) { offset.withLock { $0 += seconds } }

  func key(_ role: Role, on models: String = "*") throws -> APIKey {
    try lifecycle.makeKey(for: "\(role) \(UUID())", kind: .person, role: role, models: models)
  }

  /// The console of the store, with a provider where a test gives one.
  var console: Console {
    Console(
      lifecycle: lifecycle, recorder: recorder,
      server: ServerView(
        question: { model, _ in #"{"inputs":"\#(model)'s"}"# },
        traffic: { [self] in traffic.withLock { $0 } }, guards: guards), provider: provider.withLock { $0 },
      gate: SignInGate(cost: Self.cheap),
      now: { [self] in began.addingTimeInterval(offset.withLock { $0 }) })
  }

  /// Enters a person who may do nothing yet.
  /// - Returns: the name.
  func person(_ name: String, _ password: String?) throws -> String {
    _ = try lifecycle.addPrincipal(named: name, kind: .person)
    if let password { try lifecycle.setPassword(password, of: name, cost: Self.cheap) }
    return name
  }

  /// The time that the console knows.
  var now: Date { began.addingTimeInterval(offset.withLock { $0 }) }

  /// Runs `body` with a browser at the console.
  func visit(_ body: @escaping @Sendable (Browser) async throws -> Void) async throws {
    let router = Router()
    router.get("v2/health/live") { _, _ in HTTPResponse.Status.ok }
    console.mount(on: router)
    let app = Application(router: router)
    try await app.test(.router) { try await body(Browser(client: $0)) }
  }

  /// What has been recorded so far.
  func records() async throws -> [Record] {
    recorder.finish()
    await recorder.run()
    return try lifecycle.logPage(count: 1_000).entries.reversed().compactMap(\.record)
  }

  /// Enters a version with evidence, as far in its life as `released` says.
  @discardableResult func version(
    _ model: String, findings: [Finding] = [], released: Bool = true, byte: UInt8 = 1
  ) throws -> ModelVersion {
    let manifest = try Manifest([.init(name: ".", digest: .of(Array(model.utf8) + [byte]), size: 3)])
    let store = lifecycle.store
    func sworn(_ fact: some EvidencePredicate) -> StoredEvidence {
      store.evidence(fact, about: manifest.root, named: model)
    }
    let scan = ScanFact(
      at: began, verdict: .safe, format: "onnx", rules: "1", findings: findings,
      resources: manifest.resources)
    let signature = SignatureFact(at: began, outcome: .absent, subject: nil, key: nil, reason: nil)
    let seal = SealFact(
      at: began, sealed: true, format: "age-encryption.org/v1", recipients: ["age1recipient"],
      resources: manifest.resources)
    let robustness = RobustnessFact(
      at: began, examples: 100, clean: .init(accuracy: 0.97, low: 0.95, high: 0.98),
      linf: ["0.1": .init(accuracy: released ? 0.4 : 0.1, low: 0.05, high: 0.5)], l2: nil, table: nil,
      attack: "fast",
      differentiated: nil, trust: "reliable",
      checks: [.init(name: "steps", trust: "reliable", detail: "more steps find no more")], data: nil,
      reason: nil)
    _ = try store.registry.admit(
      model: model, digest: manifest.root, format: "onnx", manifest: manifest,
      evidence: [sworn(scan), sworn(signature), sworn(seal)], at: began)
    try store.registry.assess(model: model, digest: manifest.root, evidence: [sworn(robustness)])
    let decision = Gate(trusting: [store.evidenceVerifier]).decide(
      .standard, about: manifest.root,
      evidence: try store.registry.evidence(about: manifest.root).map(\.envelope),
      at: began)
    #expect(decision.released == released)
    try store.record([
      Record(
        "release", outcome: released ? "passed" : "refused", by: Record.localPrincipal, model: model,
        digest: manifest.root, at: began)
    ])
    try store.registry.move(
      model: model, digest: manifest.root, to: released ? .released : .assessed,
      evidence: [sworn(DecisionFact(at: began, decision: decision))])
    return try store.registry.versions(of: model).first { $0.digest == manifest.root }!
  }

  /// Keeps the evidence of an artifact that was refused.
  @discardableResult func refusal(_ model: String, _ finding: Finding) throws -> Digest {
    let digest = Digest.of(Array(model.utf8))
    let scan = ScanFact(
      at: began, verdict: .unsafe, format: "pickle", rules: "1", findings: [finding], resources: [])
    try lifecycle.store.registry.keep([lifecycle.store.evidence(scan, about: digest, named: model)])
    return digest
  }
}

/// Keeps the cookie and knows the token of the page it saw last.
final class Browser: Sendable {
  private let client: any TestClientProtocol
  private let state = Mutex<(cookie: String?, token: String?)>((nil, nil))

  init(client: any TestClientProtocol) { self.client = client }

  var cookie: String? { state.withLock { $0.cookie } }
  var token: String? { state.withLock { $0.token } }

  func get(_ path: String) async throws -> TestResponse {
    try await send(path, .get, [:], nil)
  }

  /// Posts a form as a browser does, with the token of the last page unless another is given.
  func post(
    _ path: String, _ fields: [String: String] = [:], token: String?? = nil,
    headers: HTTPFields = [.secFetchSite: "same-origin", .origin: "null"]
  ) async throws -> TestResponse {
    var fields = fields
    fields["token"] = token ?? self.token
    let form = fields.map { name, value in
      "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics)!)"
    }.joined(separator: "&")
    var headers = headers
    headers[.contentType] = "application/x-www-form-urlencoded"
    return try await send(path, .post, headers, ByteBuffer(string: form))
  }

  /// Sends bytes of another type than a form.
  func send(
    _ method: HTTPRequest.Method, _ path: String, _ headers: HTTPFields, _ body: [UInt8]
  ) async throws -> TestResponse {
    try await send(path, method, headers, ByteBuffer(bytes: body))
  }

  /// Opens the form, shows the key, and goes where that leads.
  @discardableResult func signIn(_ key: APIKey) async throws -> TestResponse {
    _ = try await get("/signin/key")
    let answer = try await post("/signin/key", ["key": key.reveal()])
    #expect(answer.status == .seeOther)
    return try await get("/")
  }

  /// Another tab of nobody: the same server, and no cookie.
  func stranger() -> Browser { Browser(client: client) }

  private func send(
    _ path: String, _ method: HTTPRequest.Method, _ headers: HTTPFields, _ body: ByteBuffer?
  ) async throws -> TestResponse {
    var headers = headers
    if let cookie { headers[.cookie] = cookie }
    let response = try await client.execute(uri: path, method: method, headers: headers, body: body)
    state.withLock { state in
      if let set = response.headers[.setCookie] {
        state.cookie = set.contains("Max-Age=0") ? nil : String(set.prefix { $0 != ";" })
      }
      if let match = response.html.firstMatch(of: #/name="token" value="([0-9a-f]+)"/#) {
        state.token = String(match.1)
      }
    }
    return response
  }
}

extension TestResponse {
  var html: String { String(buffer: body) }
}
