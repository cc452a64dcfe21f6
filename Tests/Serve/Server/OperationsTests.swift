// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Foundation
import Logging
import MartletAccess
import MartletBytes
import MartletFormats
import MartletLifecycle
import MartletRegistry
import MartletServer
import NIOSSL
import SwiftASN1
import Synchronization
import Testing
import X509

/// What whoever runs the server sees of it.
@Suite struct OperationsTests {
  @Test func beyondLoopbackOnlyWithACertificateOfOnesOwn() async throws {
    for host in ["0.0.0.0", "::", "192.0.2.1", "example.org", "127.0.0.1.example.org", "128.0.0.1", ""] {
      await #expect(throws: ServerError.openToOthers(host: host), "\(host)") {
        _ = try await ServedStore(models: [], settings: { $0.host = host })
      }
    }
    for host in ["127.0.0.1", "localhost"] {
      let served = try await ServedStore(models: [], settings: { $0.host = host })
      try await served.stop()
    }
  }

  @Test func metricsAreForWhoOperatesOrAudits() async throws {
    let served = try await ServedStore()
    let key = try served.key(.predictor)
    for _ in 0..<3 {
      #expect(
        try await served.ask("POST", "/v2/models/digits/infer", key: key, body: Question.body).status == 200)
    }
    #expect(try await served.ask("POST", "/v2/models/digits/infer", key: key, body: [0]).status == 400)
    #expect(try await served.ask("GET", "/metrics").status == 401)
    #expect(try await served.ask("GET", "/metrics", key: key).status == 403)
    for role in [Role.operator, .auditor] {
      let answer = try await served.ask("GET", "/metrics", key: served.key(role))
      #expect(answer.status == 200)
      #expect(answer.fields["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
      for line in [
        #"martlet_requests_total{route="infer",status="200"} 3"#,
        #"martlet_requests_total{route="infer",status="400"} 1"#,
        #"martlet_request_seconds_count{route="infer"} 4"#, "martlet_models_loaded 1", "martlet_recording 1",
      ] { #expect(answer.text.contains(line + "\n"), "\(line)") }
      // Each family is described once, and a bucket never has less than the one before.
      #expect(answer.text.components(separatedBy: "# TYPE martlet_requests_total counter").count == 2)
      let buckets = answer.text.split(separator: "\n").filter {
        $0.hasPrefix(#"martlet_request_seconds_bucket{route="infer""#)
      }
      let counts = buckets.compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }
      #expect(counts.count == 15)
      #expect(counts == counts.sorted())
      #expect(counts.last == 4)
    }
    try await served.stop()
  }

  @Test func linesOfTheLogAreJSONAndCarryTheTrace() async throws {
    let lines = Lines()
    var logger = Logger(label: "martlet") { _ in JSONLogHandler { lines.add($0) } }
    logger.logLevel = .info
    let served = try await ServedStore(logger: logger)
    let key = try served.key(.predictor)
    let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    let field = "traceparent: 00-\(trace)-00f067aa0ba902b7-01"
    #expect(
      try await served.ask("POST", "/v2/models/digits/infer", key: key, fields: [field], body: Question.body)
        .status == 200)
    #expect(try await served.ask("GET", "/v2/models/digits", key: key, fields: [field]).status == 200)
    // What is not one is left out, not passed on.
    for wrong in [
      "00-\(trace)-00f067aa0ba902b7", "01-\(trace)-00f067aa0ba902b7-01",
      "00-\(trace.uppercased())-00f067aa0ba902b7-01",
      "00-00000000000000000000000000000000-00f067aa0ba902b7-01", "00-\(trace)-0000000000000000-01",
      "00-\(trace)-00f067aa0ba902b7-01-more", #"00-"},{"a":"#,
    ] {
      #expect(
        try await served.ask("GET", "/v2/models/digits", key: key, fields: ["traceparent: \(wrong)"]).status
          == 200)
    }
    try await served.stop()
    let requests = try lines.all.map { line in
      let bytes = Bytes(line)
      return try JSONReader.read(bytes.span)
    }.filter { $0["message"]?.string == "request" }
    #expect(requests.count == 9)
    #expect(
      requests.count { $0["trace_id"]?.string == trace && $0["parent_id"]?.string == "00f067aa0ba902b7" } == 2
    )
    #expect(requests.count { $0["trace_id"] == nil } == 7)
    let owner = try served.lifecycle.store.registry.key(key.id)?.account.principal.id
    #expect(requests[0]["path"]?.string == "/v2/models/digits/infer")
    #expect(requests[0]["status"]?.string == "200")
    #expect(requests[0]["principal"]?.string == owner)
    #expect(try served.records().count { $0.trace == trace } == 2)
  }

  @Test func everyAnswerHasTheFieldsThatKeepBrowsersHarmless() async throws {
    let served = try await ServedStore()
    let key = try served.key(.predictor)
    for (method, path, body) in [
      ("GET", "/v2/models/digits", nil), ("POST", "/v2/models/digits/infer", Question.body),
      ("GET", "/nothing", nil),
      ("GET", "/v2/nothing", nil), ("GET", "/signin", nil), ("POST", "/v2/models/digits/infer", [1]),
    ] as [(String, String, [UInt8]?)] {
      let answer = try await served.ask(method, path, key: key, body: body)
      #expect(answer.fields["x-content-type-options"] == "nosniff", "\(path)")
      #expect(answer.fields["strict-transport-security"] == "max-age=31536000", "\(path)")
      #expect(answer.fields["cache-control"] == "no-store", "\(path)")
      if !path.hasSuffix("infer") {
        #expect(answer.fields["content-security-policy"]?.hasPrefix("default-src 'none'") == true, "\(path)")
        #expect(answer.fields["referrer-policy"] == "no-referrer", "\(path)")
      }
    }
    try await served.stop()
  }

  @Test func whatIsBegunIsAnsweredBeforeTheEnd() async throws {
    let served = try await ServedStore(settings: { settings in
      settings.models.standard.batch = .init(rows: 64, wait: .seconds(1))
    })
    let key = try served.key(.predictor)
    let (busy, idle) = (try await served.connect(), try await served.connect())
    #expect(try await idle.ask("GET", "/v2/health/live").status == 200)
    // It waits for others when the end comes.
    let answering = Task {
      try await busy.ask("POST", "/v2/models/digits/infer", key: key, body: Question.body)
    }
    while try !served.records().contains(where: { $0.action == "serve.predict" }) {}
    try await served.stop()
    let answer = try await answering.value
    #expect(answer.status == 200)
    #expect(await idle.rest() == "")
    #expect(await busy.rest() == "")
    await #expect(throws: (any Error).self) { _ = try await served.connect() }
  }

  @Test func aCertificateIsExchangedWithoutARestart() async throws {
    let place = FileManager.default.temporaryDirectory.appendingPathComponent("certificates \(UUID())").path
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: place) }
    let (first, second) = (try TestCertificate(name: "localhost"), try TestCertificate(name: "localhost"))
    try first.write(to: place)
    let served = try await ServedStore(
      models: [],
      settings: { $0.tls.own = .init(certificate: place + "/server.pem", key: place + "/server.key") })
    #expect(try await first.isShown(by: served))
    #expect(try await !second.isShown(by: served))
    try second.write(to: place)
    while try await !second.isShown(by: served) {}
    // What is no certificate changes nothing.
    try Data("nonsense".utf8).write(to: URL(fileURLWithPath: place + "/server.pem"))
    for _ in 0..<3 { #expect(try await second.isShown(by: served)) }
    try await served.stop()
  }

  /// Somebody may know better than what the files look like from outside.
  @Test(arguments: [
    "no such file", "no certificate", "no key", "a key of another", "a key that others may read",
  ])
  func aCertificateThatIsNoGoodIsExplained(_ what: String) async throws {
    let place = FileManager.default.temporaryDirectory.appendingPathComponent("certificates \(UUID())").path
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: place) }
    try TestCertificate(name: "localhost").write(to: place)
    switch what {
    case "no such file": try FileManager.default.removeItem(atPath: place + "/server.pem")
    case "no certificate": try Data("x".utf8).write(to: URL(fileURLWithPath: place + "/server.pem"))
    case "no key":
      try Data("x".utf8).write(to: URL(fileURLWithPath: place + "/server.key"))
      chmod(place + "/server.key", 0o600)
    case "a key of another": try TestCertificate(name: "localhost").writeKey(to: place)
    default: chmod(place + "/server.key", 0o644)
    }
    let error = await #expect(throws: ServerError.self) {
      _ = try await ServedStore(
        models: [],
        settings: { $0.tls.own = .init(certificate: place + "/server.pem", key: place + "/server.key") })
    }
    guard case .certificate(let path, _)? = error else {
      return #expect(Bool(false), "\(String(describing: error))")
    }
    #expect(path.hasPrefix(place))
  }

  @Test func aClientCertificateIsWhoItSaysIfTheRootIsTrusted() async throws {
    let place = FileManager.default.temporaryDirectory.appendingPathComponent("certificates \(UUID())").path
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: place) }
    let (root, stranger) = (try TestCertificate(name: "root"), try TestCertificate(name: "root"))
    try root.write(to: place)
    let served = try await ServedStore(settings: { $0.tls.clients = place + "/server.pem" })
    let uri = "spiffe://martlet.test/line-4"
    let principal = try served.lifecycle.addPrincipal(named: "line 4", kind: .service)
    try served.lifecycle.addCertificate(CertificateIdentity(written: uri), to: "line 4")
    try served.lifecycle.grant(.predictor, on: "digits", to: "line 4", effect: .allow)

    let known = try root.client(uri: uri)
    for path in ["/v2/models/digits/infer", "/v2/models/digits/versions/1/infer"] {
      let connection = try await served.connect(identity: known)
      #expect(try await connection.ask("POST", path, body: Question.body).status == 200)
      #expect(try await connection.ask("GET", "/v2/models/digits").status == 200)
      // A key that does not work is not made good by the certificate.
      #expect(
        try await connection.ask(
          "POST", path, fields: ["Authorization: Bearer mk_live_x"], body: Question.body
        ).status == 401)
      connection.close()
    }
    let unknown = try await served.connect(identity: root.client(uri: "spiffe://martlet.test/line-5"))
    #expect(try await unknown.ask("POST", "/v2/models/digits/infer", body: Question.body).status == 401)
    unknown.close()
    // TLS 1.3 tells the client only after it has begun to speak.
    if let untrusted = try? await served.connect(identity: stranger.client(uri: uri)) {
      try? await untrusted.send("GET /v2/health/live HTTP/1.1\r\nHost: x\r\n\r\n")
      #expect(await untrusted.rest() == "")
    }
    let without = try await served.connect()
    #expect(try await without.ask("GET", "/v2/models/digits").status == 401)
    without.close()
    try served.lifecycle.disable("line 4")
    let disabled = try await served.connect(identity: known)
    #expect(try await disabled.ask("GET", "/v2/models/digits").status == 401)
    disabled.close()
    try await served.stop()
    #expect(try served.records().contains { $0.action == "serve.predict" && $0.principal == principal.id })
  }

  @Test func aTokenOfATrustedIssuerOpensTheDoor() async throws {
    let place = FileManager.default.temporaryDirectory.appendingPathComponent("issuer \(UUID())").path
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: place) }
    let issuer = try TestIssuer(keysAt: place + "/keys.json")
    let served = try await ServedStore()
    try served.lifecycle.setIssuer(issuer.stored)
    let infer = "/v2/models/digits/infer"
    func status(_ token: String) async throws -> Int {
      try await served.ask("POST", infer, fields: ["Authorization: Bearer \(token)"], body: Question.body)
        .status
    }
    #expect(try await status(issuer.token(["groups": ["askers"]])) == 200)
    #expect(try await status(issuer.token(["groups": ["others"]])) == 403)
    #expect(try await status(issuer.token(["groups": ["askers"], "aud": "somebody else"])) == 401)
    #expect(try await status(issuer.token(["groups": ["askers"], "exp": 1])) == 401)
    #expect(try await status(issuer.token(["groups": ["askers"], "iss": "https://other.test"])) == 401)
    #expect(try await status(String(issuer.token(["groups": ["askers"]]).dropLast(4)) + "AAAA") == 401)
    // Not believed any longer, although it was a moment ago.
    let token = try issuer.token(["groups": ["askers"]])
    for _ in 0..<3 { #expect(try await status(token) == 200) }
    try served.lifecycle.removeIssuer("https://issuer.test")
    while try await status(token) != 401 {}
    #expect(try await status(issuer.token(["groups": ["askers"]])) == 401)
    try await served.stop()
  }

  /// The keys of an issuer come over TLS, from a server that somebody trusted has signed for.
  @Test func theKeysOfAnIssuerAreFetchedFromWhereItSays() async throws {
    let place = FileManager.default.temporaryDirectory.appendingPathComponent("authorities \(UUID())").path
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: place) }
    let authority = try TestCertificate(name: "localhost")
    try authority.write(to: place)
    let keys = try await FixedAnswer([], tls: authority.server())
    let issuer = try TestIssuer(keysAt: "https://localhost:\(keys.port)/keys")
    keys.say(Array(try issuer.keySet()))
    func status(_ served: ServedStore, _ token: String) async throws -> Int {
      try await served.ask(
        "POST", "/v2/models/digits/infer", fields: ["Authorization: Bearer \(token)"], body: Question.body
      ).status
    }
    let trusting = try await ServedStore(settings: { $0.authorities = place + "/server.pem" })
    try trusting.lifecycle.setIssuer(issuer.stored)
    for _ in 0..<3 { #expect(try await status(trusting, issuer.token(["groups": ["askers"]])) == 200) }
    #expect(keys.asked == 1, "the keys are kept")
    #expect(try await status(trusting, issuer.token(["groups": ["others"]])) == 403)
    try await trusting.stop()
    // Without the authority nobody vouches for the keys.
    let doubting = try await ServedStore()
    try doubting.lifecycle.setIssuer(issuer.stored)
    #expect(try await status(doubting, issuer.token(["groups": ["askers"]])) == 401)
    #expect(keys.asked == 1)
    try await doubting.stop()
    // What is no key set proves nothing.
    keys.say(Array(#"{"keys": 5}"#.utf8))
    let misled = try await ServedStore(settings: { $0.authorities = place + "/server.pem" })
    try misled.lifecycle.setIssuer(issuer.stored)
    #expect(try await status(misled, issuer.token(["groups": ["askers"]])) == 401)
    try await misled.stop()
  }
}

/// Lines as they come, from any thread.
private final class Lines: Sendable {
  private let lines = Mutex<[[UInt8]]>([])
  var all: [[UInt8]] { lines.withLock { $0 } }
  func add(_ line: [UInt8]) { lines.withLock { $0.append(line) } }
}
