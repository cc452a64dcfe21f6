// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Testing

/// The commands with `--server`, and the API that they speak.
@Suite struct RemoteTests {
  let place = try! Workplace()

  /// What a command needs to reach a server as somebody.
  private func environment(_ server: RunningServer, _ key: String) -> [String: String] {
    [
      "MARTLET_SERVER": "https://localhost:\(server.port)", "MARTLET_CA": server.certificate,
      "MARTLET_KEY": key,
      // Nothing of it is on this machine.
      "MARTLET_HOME": place("nothing here"),
    ]
  }

  @Test func aModelGoesThroughItsLifeFromElsewhere() async throws {
    let server = try await RunningServer(place, "--policy", place.lenientPolicy())
    let submitter = environment(server, try await server.newKey("ci", role: "submitter", models: "net*"))
    let administrator = environment(
      server, try await server.newKey("root", role: "administrator"))
    func asked(_ arguments: String...) async throws -> Program.Ended {
      try await place.martlet(arguments, environment: administrator)
    }

    let pushed = try await place.martlet(
      ["push", Example.network, "--name", "net", "--format", "json"], environment: submitter)
    #expect(pushed.status == 0, "\(pushed.errors)")
    #expect(try pushed.json()["version"] as? Int == 1 && pushed.json()["state"] as? String == "admitted")
    let again = try await place.martlet(["push", Example.network, "--name", "net"], environment: submitter)
    #expect(again.status == 0 && again.output.contains("net:1 was there already, admitted"))
    let elsewhere = try await place.martlet(
      ["push", Example.network, "--name", "other"], environment: submitter)
    #expect(elsewhere.status == 2 && elsewhere.errors.contains("403"))

    #expect(try await asked("alias", "set", "net:1", "champion").output == "net@champion is version 1\n")
    #expect(try await asked("tag", "net@champion", "team=vision", "--parent", "net:1").status == 0)
    let released = try await asked("release", "net@champion")
    #expect(
      released.status == 0 && released.output.contains("net@champion is released"), "\(released.errors)")
    #expect(try await asked("approve", "net").output.contains(" approves net "))
    #expect(try await asked("pull", "net", "-o", "out.onnx").status == 0)
    #expect(try Example.bytes(place("out.onnx")) == Example.bytes(Example.network))

    // What is seen from elsewhere is what is seen here.
    for command in [["list"], ["show", "net"], ["token", "list"], ["user", "list"], ["grant", "list"]] {
      let there = try await place.martlet(command + ["--format", "json"], environment: administrator)
      let here = try await place.martlet(command + ["--format", "json"])
      #expect(there.status == 0 && there.output == here.output, "\(command) \(there.errors)")
    }
    #expect(try await asked("quarantine", "net", "--reason", "drift").output == "net:1 is quarantined\n")
    #expect(try await asked("revoke", "net:1", "--reason", "poisoned").status == 0)
    let back = try await place.martlet(["push", Example.network, "--name", "net-2"], environment: submitter)
    #expect(back.status == 2 && back.errors.contains("what was revoked never comes back"))
    #expect(!FileManager.default.fileExists(atPath: place("nothing here")))
    #expect(try await server.stop().status == 0)
    #expect(try await place.martlet("fsck").status == 0)
    try await place.expectIntactLog()
  }

  @Test func aFolderGoesThereAndBackAndOneThatDoesHarmIsRefused() async throws {
    let server = try await RunningServer(place)
    let key = environment(server, try await server.newKey("root", role: "administrator"))
    let folder = place("a model")
    try FileManager.default.createDirectory(atPath: folder + "/weights", withIntermediateDirectories: true)
    let (model, weights) = try Example.split(Example.network, into: "weights/all.bin")
    try Data(model).write(to: URL(fileURLWithPath: folder + "/model.onnx"))
    try Data(weights).write(to: URL(fileURLWithPath: folder + "/weights/all.bin"))
    let pushed = try await place.martlet(["push", "a model", "--name", "two"], environment: key)
    #expect(pushed.status == 0, "\(pushed.errors)")
    #expect(try await place.martlet(["pull", "two", "-o", "back"], environment: key).status == 0)
    #expect(try place.files(in: place("back")) == place.files(in: folder))

    // protocol 0: os.system('true')
    try place.write("cos\nsystem\n(S'true'\ntR.", to: "bad.pkl")
    let refused = try await place.martlet(["push", "bad.pkl"], environment: key)
    #expect(refused.status == 1 && refused.output.contains("bad is refused: the scan verdict is unsafe"))
    #expect(try await server.stop().status == 0)
    #expect(try await place.martlet("fsck").status == 0)
  }

  /// A server that is killed forgets no piece that it acknowledged.
  @Test func aPieceThatWasAcknowledgedSurvivesTheServer() async throws {
    let bytes = (0..<(8 << 20) + 5).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try place.write(bytes, to: "notes.bin")
    let digest = try await place.run("/usr/bin/env", ["sha256sum", place("notes.bin")]).output.prefix(64)
    let server = try await RunningServer(place)
    let key = try await server.newKey("root", role: "administrator")
    let offer = #"{"model":"net","files":[{"name":".","digest":"\#(digest)","size":\#(bytes.count)}]}"#
    let begun = try await server.ask("/api/v1/pushes", key: key, post: offer)
    #expect(begun.status == 202, "\(begun.body)")
    let push = try #require(try begun.json()["id"] as? String)
    try place.write(bytes.suffix(5), to: "last")
    let kept = try await server.ask(
      "/api/v1/pushes/\(push)/files/0/pieces/1", key: key, "-X", "PUT", "--data-binary", "@" + place("last"))
    #expect(kept.status == 204, "\(kept.body)")
    server.program.signal(SIGKILL)
    _ = try await server.program.end()

    let next = try await RunningServer(place)
    let left = try await next.ask("/api/v1/pushes/\(push)", key: key)
    #expect(left.body.contains(#""missing":[{"file":0,"pieces":[0]}]"#), "\(left.body)")
    let other = try await next.newKey("another", role: "administrator")
    #expect(try await next.ask("/api/v1/pushes/\(push)", key: other).status == 404)
    let gone = try await next.ask("/api/v1/pushes/\(push)", key: key, "-X", "DELETE")
    #expect(gone.status == 204)
    #expect(try await next.stop().status == 0)
  }

  @Test(arguments: [
    (["list", "--server", "ftp://x"], "expected the address of a server"),
    (["list", "--server", "http://models.example.org"], "plain http only for loopback"),
    (["list", "--server", "https://localhost:1"], "expected an answer from https://localhost:1/api/v1"),
    (["list", "--ca", "x.pem"], "--key-file and --ca go with --server"),
    (["list", "--server", "https://localhost:1", "--ca", "none.pem"], "expected certificates in PEM form"),
    (
      ["user", "password", "anna", "--server", "https://localhost:1"], "leave --server and MARTLET_SERVER out"
    ),
    (["push", "none.onnx", "--server", "https://localhost:1"], "none.onnx"),
  ])
  func whatIsWrongIsOneLine(_ arguments: [String], _ words: String) async throws {
    let ended = try await place.martlet(arguments, environment: ["MARTLET_KEY": "mk_x"])
    #expect(ended.status == 2)
    #expect(ended.complaints.count == 1 && ended.errors.contains(words), "\(ended.errors)")
    let without = try await place.martlet(["list", "--server", "https://localhost:1"])
    #expect(without.errors.contains("expected an API key for the server"))
  }
}
