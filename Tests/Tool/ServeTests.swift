// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import GRDB
import Testing

/// `martlet serve` over the wire.
@Suite struct ServeTests {
  let place = try! Workplace()

  @Test func answersWithTheRightClassAndRecordsIt() async throws {
    try await place.release(Example.digits, as: "digits")
    let server = try await RunningServer(place)
    #expect(server.models == ["digits"])
    let key = try await server.newKey("line 4", role: "predictor", models: "digits")
    let images = try Example.images(12)
    var right = 0
    for (pixels, label) in images {
      let answer = try await server.classify(pixels, key: key)
      #expect(answer.status == 200)
      let document = try answer.json()
      #expect(document["model_name"] as? String == "digits")
      #expect(document["model_version"] as? String == "1")
      #expect(document["id"] as? String == "7")
      let output = try #require((document["outputs"] as? [[String: Any]])?.first)
      #expect(output["name"] as? String == "logits")
      #expect(output["shape"] as? [Int] == [1, 10])
      let scores = try #require(output["data"] as? [Double])
      if scores.indices.max(by: { scores[$0] < scores[$1] }) == Int(label) { right += 1 }
    }
    // The model is right on 99 of 100 test images; so is the one that was asked.
    #expect(right >= 11)

    let metadata = try await server.ask("/v2/models/digits", key: key).json()
    #expect(metadata["name"] as? String == "digits")
    #expect(metadata["platform"] as? String == "onnx")
    #expect(((metadata["inputs"] as? [[String: Any]])?.first?["shape"] as? [Int]) == [-1, 1, 8, 8])
    #expect(try await server.ask("/v2/models/digits/ready", key: key).status == 200)
    #expect(try await server.ask("/v2/models/digits/versions/1", key: key).status == 200)
    #expect(try await server.ask("/v2/models/digits/versions/2", key: key).status == 404)

    let ended = try await server.stop()
    #expect(ended.status == 0)
    #expect(ended.errors == "")
    let records = try await place.records().filter { ($0["action"] as? String)?.hasPrefix("serve") == true }
    #expect(records.first?["action"] as? String == "serve.start")
    #expect(records.last?["action"] as? String == "serve.stop")
    let predictions = records.filter { $0["action"] as? String == "serve.predict" }
    #expect(predictions.count == images.count)
    for record in predictions {
      #expect(record["outcome"] as? String == "allowed")
      #expect(record["model"] as? String == "digits")
    }
    try await place.expectIntactLog()
  }

  @Test func aHangUpHasTheCertificateReadAgainAlthoughTheFilesLookTheSame() async throws {
    let facts = try await putCertificate(named: "one")
    try place.write(
      "tls: {certificate: \(place("server.pem")), key: \(place("server.key"))}", to: "serve.yaml")
    let server = try await RunningServer(place, "--config", "serve.yaml")
    #expect(try await shownName(by: server) == "one")
    // Signatures differ in length by a byte or two.
    while try await putCertificate(named: "two") != facts {}
    repeat { server.program.signal(SIGHUP) } while try await shownName(by: server) != "two"
    #expect(try await server.stop().status == 0)
  }

  /// Writes a new certificate and its key into `server.pem` and `server.key`.
  /// - Returns: what the files look like from outside.
  private func putCertificate(named name: String) async throws -> String {
    let script = """
      umask 077
      openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=\(name) \
        -addext subjectAltName=DNS:localhost -keyout new.key -out new.pem 2>/dev/null || exit 1
      cat new.key > server.key && cat new.pem > server.pem && touch -d @1700000000 server.key server.pem
      stat -c '%i %s %Y' server.key server.pem
      """
    let ended = try await place.run("/bin/sh", ["-c", script])
    #expect(ended.status == 0, "\(ended.errors)")
    return ended.output
  }

  /// The name in the certificate that the server shows.
  private func shownName(by server: RunningServer) async throws -> String? {
    let script =
      "openssl s_client -connect localhost:\(server.port) < /dev/null 2>/dev/null | openssl x509 -noout -subject"
    let ended = try await place.run("/bin/sh", ["-c", script])
    return ended.output.split(separator: "=").last.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
  }

  @Test func onlyWhoMayIsAnswered() async throws {
    try await place.release(Example.digits, as: "digits")
    try await place.martlet("protect", Example.forest)
    let server = try await RunningServer(place)
    let pixels = try Example.images(1)[0].pixels
    for path in ["/v2/health/live", "/v2/health/ready"] {
      let answer = try await server.ask(path)
      #expect(answer.status == 200)
      #expect(answer.body == (path.hasSuffix("live") ? #"{"live":true}"# : #"{"ready":true}"#))
    }
    let right = try await server.newKey("right", role: "predictor", models: "dig*")
    let viewer = try await server.newKey("viewer", role: "viewer")
    let elsewhere = try await server.newKey("elsewhere", role: "predictor", models: "other")
    let everywhere = try await server.newKey("everywhere", role: "predictor")
    let revoked = try await server.newKey("revoked", role: "predictor")
    #expect(try await server.classify(pixels, key: revoked).status == 200)
    let id = revoked.split(separator: "_")[2]
    #expect(try await place.martlet("token", "revoke", String(id)).status == 0)
    // Another secret under the same id, with a checksum that fits.
    let letter = right.dropLast(8).last == "a" ? "b" : "a"
    let body = right.dropLast(9) + letter
    let checksum = String(Npz.crc32(Array(body.utf8)), radix: 16)
    let forged = body + String(repeating: "0", count: 8 - checksum.count) + checksum

    let question = RunningServer.question(pixels)
    let infer = "/v2/models/digits/infer"
    for (name, path, key, status) in [
      ("no key", infer, nil, 401), ("garbage", infer, "garbage", 401), ("an empty key", infer, "", 401),
      ("a forged key", infer, String(forged), 401), ("a revoked key", infer, revoked, 401),
      ("a viewer", infer, viewer, 403), ("a key for another model", infer, elsewhere, 403),
      ("the right key", infer, right, 200), ("a key for every model", infer, everywhere, 200),
      ("no such model", "/v2/models/none/infer", everywhere, 404),
      ("a model that is not released", "/v2/models/forest/infer", everywhere, 404),
      ("a model that is hidden", "/v2/models/forest/infer", right, 403),
      ("no such version", "/v2/models/digits/versions/9/infer", everywhere, 404),
      ("a version that is no number", "/v2/models/digits/versions/x/infer", everywhere, 404),
      ("a path that leads out", "/v2/models/..%2F..%2Fetc/infer", everywhere, 404),
      ("no such verb", "/v2/models/digits/explode", everywhere, 404),
    ] {
      let answer = try await server.ask(path, key: key, post: question)
      #expect(answer.status == status, "\(name): \(answer.body)")
      if status != 200 { try expectOpaque(answer) }
    }
    // Whether a model is there is not for everybody to know.
    #expect(
      try await server.ask("/v2/models/forest/infer", key: elsewhere, post: question).body
        == server.ask("/v2/models/none/infer", key: elsewhere, post: question).body)
    #expect(try await server.stop().status == 0)

    let records = try await place.records()
    func count(_ action: String, _ outcome: String) -> Int {
      records.count { $0["action"] as? String == action && $0["outcome"] as? String == outcome }
    }
    #expect(count("serve.authenticate", "refused") == 3)
    #expect(count("serve.predict", "denied") == 5)
    try await place.expectIntactLog()
  }

  @Test func whatMakesNoSenseIsRefusedInOneLine() async throws {
    try await place.release(Example.digits, as: "digits")
    let server = try await RunningServer(place)
    let key = try await server.newKey("line 4", role: "predictor")
    let pixels = Array(repeating: Float(0.5), count: 64)
    let good = RunningServer.question(pixels)
    for (name, body) in [
      ("nothing", ""), ("garbage", "\u{1}garbage"), ("a list", "[]"), ("no inputs", "{}"),
      ("cut short", String(good.dropLast(9))),
      ("more behind it", good + good),
      ("another shape", good.replacing("[1,1,8,8]", with: "[1,64]")),
      ("a negative shape", good.replacing("[1,1,8,8]", with: "[-1,1,8,-8]")),
      ("a shape beyond everything", good.replacing("[1,1,8,8]", with: "[4294967296,4294967296,8,8]")),
      ("too few numbers", good.replacing("[1,1,8,8]", with: "[2,1,8,8]")),
      ("another type", good.replacing("FP32", with: "INT64")),
      ("an unknown type", good.replacing("FP32", with: "FP8")),
      ("text for a number", good.replacing("0.5]", with: "\"x\"]")),
      ("another input", good.replacing("\"image\"", with: "\"picture\"")),
      ("an unknown output", String(good.dropLast()) + #","outputs":[{"name":"secret"}]}"#),
      ("deep nesting", String(repeating: "[", count: 100_000)),
    ] {
      let answer = try await server.ask("/v2/models/digits/infer", key: key, post: body)
      #expect(answer.status == 400, "\(name): \(answer.body)")
      try expectOpaque(answer)
    }
    let huge = place("huge")
    try Data().write(to: URL(fileURLWithPath: huge))
    truncate(huge, (64 << 20) + 1)
    let announced = try await server.ask(
      "/v2/models/digits/infer", key: key, "-T", huge, "-X", "POST", "-H", "Expect:")
    #expect(announced.status == 413)
    try expectOpaque(announced)
    let streamed = try await server.ask(
      "/v2/models/digits/infer", key: key, "--http1.1", "-T", huge, "-X", "POST", "-H", "Expect:", "-H",
      "Transfer-Encoding: chunked")
    #expect(streamed.status == 413)
    #expect(try await server.classify(pixels, key: key).status == 200)
    #expect(try await server.stop().status == 0)
  }

  @Test func speaksTLSByNameOnly() async throws {
    let server = try await RunningServer(place)
    let live = "/v2/health/live"
    let first = try await server.ask(live, "--http1.1")
    #expect(first.status == 200)
    #expect(first.version == "1.1")
    let second = try await server.ask(live, "--http2")
    #expect(second.status == 200)
    #expect(second.version == "2")
    let address = "https://127.0.0.1:\(server.port)\(live)"
    #expect(
      try await server.curl(["-sS", "--cacert", server.certificate, "-w", "\n%{http_code}", address]).status
        == 200)

    // curl's 60: the certificate is not one that is trusted for this name.
    #expect(try await server.curl(["-sS", address]).exit == 60)
    let other = "other.example:\(server.port)"
    #expect(
      try await server.curl([
        "-sS", "--cacert", server.certificate, "--resolve", "\(other):127.0.0.1", "https://\(other)\(live)",
      ]).exit == 60)
    #expect(try await server.ask(live, "--tls-max", "1.2").exit != 0)
    let plain = try await server.curl([
      "-sS", "-w", "\n%{http_code}", "http://127.0.0.1:\(server.port)\(live)",
    ])
    #expect(plain.exit != 0)
    #expect(plain.status == 0)
    #expect(try await server.ask(live).status == 200)
    #expect(try await server.stop().status == 0)
  }

  @Test func whatIsNoLongerReleasedStopsAnswering() async throws {
    try await place.release(Example.digits, as: "digits")
    let server = try await RunningServer(place)
    let key = try await server.newKey("line 4", role: "predictor")
    let pixels = try Example.images(1)[0].pixels
    #expect(try await server.classify(pixels, key: key).status == 200)
    try place.database { try $0.execute(sql: "UPDATE version SET state = 'revoked' WHERE model = 'digits'") }
    while try await server.classify(pixels, key: key).status == 200 {}
    #expect(try await server.classify(pixels, key: key).status == 404)
    #expect(try await server.ask("/v2/models/digits", key: key).status == 404)
    #expect(try await server.stop().status == 0)
  }

  @Test func aRowInTheDatabaseReleasesNothing() async throws {
    try await place.release(Example.network, as: "released")
    let refused = try await place.martlet("protect", Example.forest)
    #expect(refused.status == 1)
    try place.database { try $0.execute(sql: "UPDATE version SET state = 'released'") }
    let server = try await RunningServer(place)
    let key = try await server.newKey("line 4", role: "predictor")
    #expect(try await server.ask("/v2/models/forest", key: key).status == 404)
    #expect(try await server.ask("/v2/models/released", key: key).status == 200)
    // Nor does an exchanged list of files, under a genuine decision.
    try await place.release(Example.digits, as: "digits")
    try place.database {
      try $0.execute(
        sql: """
          UPDATE version SET manifest = (SELECT manifest FROM version WHERE model = 'forest') WHERE model = 'digits'
          """)
    }
    #expect(try await server.ask("/v2/models/digits", key: key).status == 404)
    // Nor does a decision that was signed about another model's digest.
    try place.database {
      try $0.execute(
        sql: """
          UPDATE OR REPLACE evidence SET subject = (SELECT digest FROM version WHERE model = 'forest')
          WHERE subject = (SELECT digest FROM version WHERE model = 'released')
          """)
    }
    #expect(try await server.ask("/v2/models/forest", key: key).status == 404)
    #expect(try await server.stop().status == 0)
  }

  @Test func aLaterRefusalCountsEvenWithinTheSameSecond() async throws {
    let strict = try place.write(
      "name: strict\nrelease:\n  - require: robustness.clean.accuracy >= 0.9\n", to: "strict.yaml")
    try await place.release(Example.network, as: "n")
    #expect(
      try await place.martlet("protect", Example.network, "--name", "n", "--policy", strict).status == 1)
    try place.database { try $0.execute(sql: "UPDATE version SET state = 'released'") }
    let server = try await RunningServer(place)
    let key = try await server.newKey("line 4", role: "predictor")
    #expect(try await server.ask("/v2/models/n", key: key).status == 404)
    #expect(try await server.stop().status == 0)
  }

  @Test func aTakenPortIsExplainedAndRecordsNoStart() async throws {
    let server = try await RunningServer(place, "--one-time-key")
    let key = try #require(server.key)
    #expect(try await server.ask("/v2", key: key).status == 200)
    let second = try await place.martlet("serve", "--port", "\(server.port)", "--one-time-key")
    #expect(second.status == 2)
    #expect(second.output == "")
    #expect(
      second.complaints == [
        "martlet: cannot listen on 127.0.0.1:\(server.port): Address already in use; choose another port with --port, "
          + "or --port 0 for any free one"
      ])
    #expect(try await server.ask("/v2", key: key).status == 200)
    #expect(try await server.stop().status == 0)
    // Both one-time keys have ended with their servers.
    let keys = try await place.martlet("token", "list").lines
    #expect(keys.count == 2)
    for key in keys { #expect(key.contains("  revoked  one-time administrator")) }
    #expect(try await place.records().count { $0["action"] as? String == "serve.start" } == 1)
    try await place.expectIntactLog()
  }

  @Test func settingsAreCheckedWithoutStarting() async throws {
    let good = try place.write(
      "listen: {port: 9443}\nmodels: {limits: [{name: digits, batch: {rows: 8}}]}\n", to: "good.yaml")
    let checked = try await place.martlet("serve", "--config", good, "--check")
    #expect(checked.status == 0, "\(checked.errors)")
    #expect(checked.lines == ["the settings are good: it would listen on 127.0.0.1:9443"])
    let overridden = try await place.martlet(
      ["serve", "--check", "--port", "9445"],
      environment: ["MARTLET_SERVE_CONFIG": good, "MARTLET_SERVE_PORT": "9444"])
    #expect(overridden.output.contains("127.0.0.1:9445"))
    let open = try place.write("listen: {host: 0.0.0.0}\n", to: "open.yaml")
    let unknown = try place.write("listen: {prot: 1}\n", to: "unknown.yaml")
    for (options, words) in [
      (["--config", open], "expected a certificate and a key to listen on 0.0.0.0"),
      (["--config", unknown], "`listen` has the unknown key `prot`; known are host, port"),
      (["--config", place("none.yaml")], "expected a YAML file"),
      (["--host", "192.0.2.1"], "expected a certificate and a key"),
      (["--log-level", "loud"], "--log-level must be one of"),
    ] {
      for more in [["--check"], []] {
        let refused = try await place.martlet(["serve"] + options + more)
        #expect(refused.status == 2)
        #expect(refused.complaints.count == 1)
        #expect(refused.errors.contains(words), "\(refused.errors)")
      }
    }
    #expect(try await place.records().isEmpty)
  }

  @Test func theTextSaysWhatToDoNext() async throws {
    try await place.release(Example.digits, as: "digits")
    let server = try place.start(["serve", "--port", "0"])
    let shown = try await untilAnnounced(server)
    #expect(shown.contains("martlet serves at https://localhost:"))
    #expect(shown.contains("martlet token create"))
    #expect(shown.contains("curl --cacert '\(place.home)/server.pem'"))
    #expect(shown.contains("/v2/models/digits"))
  }

  /// Its output is a file, which is complete once the server has ended; it ends once it has recorded its start.
  private func untilAnnounced(_ server: Program) async throws -> String {
    while try await place.martlet("log", "show", "--last", "1").output.contains("serve.start") == false {}
    server.signal(SIGINT)
    let ended = try await server.end()
    #expect(ended.status == 0)
    return ended.output
  }

  /// One line of JSON with nothing in it about the inside.
  private func expectOpaque(_ answer: RunningServer.Answer) throws {
    let document = try answer.json()
    #expect(Array(document.keys) == ["error"])
    #expect(!answer.body.contains("\n"))
    for inside in ["/", "Error(", "swift", "sqlite", "onnxruntime", "nil"] {
      #expect(!answer.body.lowercased().contains(inside.lowercased()), "\(answer.body)")
    }
  }
}
