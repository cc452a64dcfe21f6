// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Testing

/// The API against its own description: who is answered what, and what a fuzzer finds.
@Suite struct APITests {
  let place = try! Workplace()

  private struct Route: CustomStringConvertible {
    let method: String
    let path: String
    let action: String?
    let id: String
    var description: String { "\(method) \(path)" }
    var isPush: Bool { path.hasPrefix("/pushes/") }
  }

  private func routes(_ server: RunningServer, _ key: String) async throws -> [Route] {
    let document = try await server.ask("/api/v1/openapi.json", key: key).json()
    let paths = try #require(document["paths"] as? [String: [String: [String: Any]]])
    return paths.flatMap { path, methods in
      methods.map { method, facts in
        Route(
          method: method.uppercased(), path: path, action: facts["x-martlet-action"] as? String,
          id: facts["operationId"] as? String ?? "")
      }
    }.sorted { "\($0)" < "\($1)" }
  }

  /// Asks every route, with a body that is right, about things that are not there: nothing changes.
  /// - Returns: the statuses, in the order of the routes. One curl asks them all over one connection.
  private func ask(
    _ routes: [Route], _ server: RunningServer, key: String?, model: String
  ) async throws -> [Int] {
    let places = [
      "{model}": model, "{version}": "newest", "{file}": "0", "{piece}": "0", "{alias}": "champion",
      "{push}": String(repeating: "0", count: 32), "{name}": "nobody", "{key}": "abc", "{index}": "0",
    ]
    let queries = [
      "explainAccess": "?name=nobody&action=view", "removeQuota": "?models=none",
      "removeRetention": "?models=none",
    ]
    let zeros = String(repeating: "0", count: 64)
    let bodies = [
      "beginPush": #"{"model":"\#(model)","files":[{"name":".","digest":"\#(zeros)","size":0}]}"#,
      "addGrant": #"{"name":"nobody","role":"viewer","models":"*","effect":"allow"}"#,
      "removeGrant": #"{"name":"nobody","role":"viewer","models":"*","effect":"allow"}"#,
    ]
    let questions = routes.map { route in
      var path = route.path
      for (name, value) in places { path = path.replacing(name, with: value) }
      var lines = [
        "silent", "show-error", "cacert = \"\(server.certificate)\"", "request = \(route.method)",
        "output = /dev/null", #"write-out = "%{http_code}\n""#,
        "url = \"https://localhost:\(server.port)/api/v1\(path)\(queries[route.id] ?? "")\"",
      ]
      if let key { lines.append("header = \"Authorization: Bearer \(key)\"") }
      if ["POST", "PUT", "PATCH"].contains(route.method) {
        let body = (bodies[route.id] ?? "{}").replacing("\"", with: "\\\"")
        lines.append("data = \"\(body)\"")
      }
      return lines.joined(separator: "\n")
    }
    let file = try place.write(
      questions.joined(separator: "\nnext\n"), to: ".printed/\(UUID().uuidString)")
    let ended = try await place.run("/usr/bin/env", ["curl", "-K", file])
    let statuses = ended.lines.compactMap { Int($0) }
    try #require(statuses.count == routes.count, "\(ended.errors)")
    return statuses
  }

  /// Every route: without a credential, with each role, and with a key for another team's models.
  @Test func everyRouteAnswersOnlyWhoMay() async throws {
    try await place.release(Example.network, as: "net")
    let server = try await RunningServer(place)
    let root = try await server.newKey("root", role: "administrator")
    let allowed: [String: Set<String>] = [
      "viewer": ["view"], "predictor": ["view", "predict"], "submitter": ["view", "submit"],
      "assessor": ["view", "assess"], "approver": ["view", "audit", "approve"],
      "operator": ["view", "predict", "operate"], "auditor": ["view", "audit"],
    ]
    let routes = try await routes(server, root)
    #expect(routes.count >= 40)
    for key in [nil, "mk_live_x_y"] {
      for (route, status) in zip(routes, try await ask(routes, server, key: key, model: "net")) {
        #expect(status == 401, "\(route)")
      }
    }
    for (role, actions) in allowed {
      let key = try await server.newKey("a " + role, role: role)
      let other = try await server.newKey("another " + role, role: role, models: "theirs-*")
      // About a model that is not there: whoever may ask learns that, and nothing is changed.
      let statuses = try await ask(routes, server, key: key, model: "nothing")
      let foreigners = try await ask(routes, server, key: other, model: "net")
      for ((route, status), foreign) in zip(zip(routes, statuses), foreigners) {
        guard let action = route.action else {
          #expect(status == 200 && foreign == 200, "\(role) \(route)")
          continue
        }
        // Of a push that is nobody's, nobody learns more than that.
        let refused = route.isPush ? 404 : 403
        #expect(foreign == refused, "another \(role) \(route)")
        #expect((status == 403) == (!actions.contains(action) && !route.isPush), "\(role) \(route) \(status)")
        #expect(status < 500)
      }
    }
    #expect(try await server.stop().status == 0)
    #expect(try await place.martlet("fsck").status == 0)
  }

  /// A stranger's version is not listed, nor is that it exists.
  @Test func whatSomebodyMayNotSeeIsNotThere() async throws {
    try await place.release(Example.network, as: "net")
    let server = try await RunningServer(place)
    let other = try await server.newKey("other", role: "viewer", models: "theirs-*")
    #expect(try await server.ask("/api/v1/models", key: other).body == "[]")
    for path in ["/api/v1/models/net", "/api/v1/models/nothing"] {
      #expect(try await server.ask(path, key: other).status == 403)
    }
    #expect(try await server.stop().status == 0)
  }

  /// Nobody approves what they offered, whatever else they may.
  @Test func theSubmitterIsNotTheApprover() async throws {
    let server = try await RunningServer(place)
    let root = try await server.newKey("root", role: "administrator")
    let pushed = try await place.martlet(
      ["push", Example.network, "--name", "net"],
      environment: [
        "MARTLET_SERVER": "https://localhost:\(server.port)", "MARTLET_CA": server.certificate,
        "MARTLET_KEY": root,
      ])
    #expect(pushed.status == 0, "\(pushed.errors)")
    let path = "/api/v1/models/net/versions/1/approvals"
    #expect(try await server.ask(path, key: root, post: "{}").status == 403)
    let second = try await server.newKey("second", role: "approver")
    #expect(try await server.ask(path, key: second, post: "{}").status == 201)
    #expect(try await server.stop().status == 0)
  }

  /// schemathesis makes questions from the description, right and wrong ones, and holds every answer against it.
  @Test func aFuzzerFindsNothingThatIsNotDescribed() async throws {
    try await place.release(Example.network, as: "net")
    let server = try await RunningServer(place)
    let root = try await server.newKey("root", role: "administrator")
    let description = try await server.ask("/api/v1/openapi.json", key: root)
    try place.write(description.body, to: "openapi.json")
    let peers = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../.build/schemathesis").standardizedFileURL.path
    // What a policy may say, and that a file's name must stay inside of its model, no JSON Schema says.
    let ended = try await place.run(
      "/usr/bin/env",
      [
        "PYTHONPATH=\(peers)", "python3", "-m", "schemathesis.cli", "run", place("openapi.json"), "--url",
        "https://localhost:\(server.port)/api/v1", "-H", "Authorization: Bearer \(root)", "--tls-verify",
        server.certificate, "--phases", "coverage,fuzzing", "--max-examples", "3", "--workers", "2", "--seed",
        "7", "--no-color", "--exclude-checks",
        "positive_data_acceptance",
      ])
    let failures = ended.output.range(of: "FAILURES").map {
      String(ended.output[$0.lowerBound...].prefix(6_000))
    }
    #expect(ended.status == 0, "\(failures ?? ended.output)\(ended.errors)")
    #expect(ended.output.contains("Selected: \(try await routes(server, root).count)/"))
    let stopped = try await server.stop()
    #expect(stopped.status == 0 && stopped.errors == "")
    #expect(try await place.martlet("fsck").status == 0)
    try await place.expectIntactLog()
  }
}
