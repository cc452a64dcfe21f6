// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccess
import MartletGuard
import MartletGuarding
import MartletLifecycle
import MartletRegistry
import MartletServer
import Testing

/// The guard in front of a running server.
@Suite struct GuardServingTests {
  private static let infer = "/v2/models/digits/infer"

  private func clients(_ served: ServedStore, _ key: APIKey, all: Bool = false) async throws
    -> [GuardedClient]
  {
    let answer = try await served.ask("GET", "/api/v1/models/digits/guard\(all ? "?all=true" : "")", key: key)
    #expect(answer.status == 200, "\(answer.text)")
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    return try decoder.decode([GuardedClient].self, from: Data(answer.body))
  }

  @Test func whoAsksAsCustomersDoIsLeftAloneAndWhoDrawsNumbersClimbsTheLadder() async throws {
    let known = try GuardedDigits.known.get()
    // In a store of its own each would have a network of its own.
    let served = try await GuardedDigits.serve { $0.countsNetworks = false }
    let customer = try served.key(.predictor)
    let thief = try served.key(.predictor, for: "thief")
    let operating = try served.key(.operator, on: "digits")
    let connection = try await served.connect()
    for row in known.benign.prefix(150) {
      let answer = try await connection.ask(
        "POST", Self.infer, key: customer, body: GuardedDigits.json([row]))
      #expect(answer.status == 200, "\(answer.text)")
    }
    #expect(try await clients(served, operating).isEmpty)

    var answered = 0
    var coarse = 0
    var refusal: RawAnswer?
    for row in GuardedDigits.noise(300) {
      let answer = try await connection.ask("POST", Self.infer, key: thief, body: GuardedDigits.json([row]))
      guard answer.status == 200 else {
        refusal = answer
        break
      }
      answered += 1
      if try InferAnswer.rows(answer)[0].allSatisfy({ $0 == 0 || $0 == 1 }) { coarse += 1 }
    }
    #expect(refusal?.status == 403)
    #expect(refusal?.text.contains("until an operator has looked") == true, "\(refusal?.text ?? "")")
    #expect(coarse > 0 && coarse < answered, "first whole answers, then coarse ones, then none")
    #expect(
      try await connection.ask("POST", Self.infer, key: customer, body: GuardedDigits.json([known.benign[0]]))
        .status == 200)

    // An operator sees why, and lets them off. Whoever only asks sees nothing.
    #expect(try await served.ask("GET", "/api/v1/models/digits/guard", key: customer).status == 403)
    let flagged = try await clients(served, operating)
    #expect(Set(flagged.map(\.kind)) == [.key, .tenant])
    #expect(flagged.allSatisfy { $0.state == .hold && $0.flag?.kind == .attack && $0.owner == "thief" })
    #expect(flagged[0].flag?.reason.contains("inputs far from the known ones") == true)
    for client in flagged {
      let body = try JSONEncoder().encode(
        ClearedClient(kind: client.kind, name: client.name, reason: "a test of ours"))
      let answer = try await served.ask(
        "POST", "/api/v1/models/digits/guard/clear", key: operating, body: Array(body))
      #expect(answer.status == 200, "\(answer.text)")
    }
    let nobody = try JSONEncoder().encode(ClearedClient(kind: .key, name: "nobody"))
    #expect(
      try await served.ask(
        "POST", "/api/v1/models/digits/guard/clear", key: operating, body: Array(nobody)
      ).status == 404)
    #expect(try await clients(served, operating).isEmpty)
    #expect(
      try await connection.ask("POST", Self.infer, key: thief, body: GuardedDigits.json([known.benign[0]]))
        .status == 200)
    let metrics = try await served.ask("GET", "/metrics", key: served.key(.operator)).text
    #expect(metrics.contains("martlet_guard_flagged_total{kind=\"attack\"}"))
    #expect(metrics.contains("martlet_guard_refused_total{reason=\"held\"} 1"))
    connection.close()
    try await served.stop()
    let records = try served.records()
    let tenant = try served.lifecycle.account(named: "thief").principal.id
    let flags = records.filter { $0.action == "guard.flag" }
    #expect(flags.allSatisfy { $0.principal == tenant && $0.model == "digits" && $0.reason != nil })
    #expect(Set(flags.map(\.outcome)) == ["log", "coarsen", "hold"])
    #expect(records.contains { $0.action == "guard.refuse" && $0.outcome == "held" })
    let clearances = records.filter { $0.action == "guard.clear" }
    #expect(clearances.count == 2 && clearances.allSatisfy { $0.reason?.contains("a test of ours") == true })
  }

  @Test func anOperatorAtTheMachineLetsSomebodyOffInARunningServer() async throws {
    let served = try await GuardedDigits.serve { $0.countsNetworks = false }
    let thief = try served.key(.predictor, for: "thief")
    let connection = try await served.connect()
    var status = 200
    for row in GuardedDigits.noise(300) where status == 200 {
      status = try await connection.ask("POST", Self.infer, key: thief, body: GuardedDigits.json([row]))
        .status
    }
    #expect(status == 403)
    // Another process, on the same store.
    let desk = StoredGuards(Lifecycle(store: try Store(served.home)))
    let held = try desk.clients(of: nil).filter { $0.state == .hold }
    #expect(held.count == 2)
    #expect(throws: GuardDeskError.self) {
      try desk.clear(ClearedClient(kind: .key, name: "nobody"), of: "digits", by: "local:0")
    }
    for client in held {
      _ = try desk.clear(ClearedClient(kind: client.kind, name: client.name), of: "digits", by: "local:0")
    }
    #expect(try desk.clients(of: "digits").allSatisfy { $0.state == .clear })
    let benign = try GuardedDigits.known.get().benign[0]
    repeat {
      status = try await connection.ask("POST", Self.infer, key: thief, body: GuardedDigits.json([benign]))
        .status
    } while status == 403
    #expect(status == 200)
    while try !served.lifecycle.store.registry.clearances().isEmpty {
      try await Task.sleep(for: .milliseconds(20))
    }
    connection.close()
    try await served.stop()
  }

  @Test func aBudgetHoldsForQuestionsAtOnceAndForTheNextServer() async throws {
    let change: (inout GuardSettings) -> Void = {
      $0.policy.budget.tenant = .init(queries: 40, seconds: 1e6)
    }
    let served = try await GuardedDigits.serve(change)
    let keys = [try served.key(.predictor, for: "shop"), try served.key(.predictor, for: "shop")]
    let body = GuardedDigits.json([try GuardedDigits.known.get().benign[0]])
    let statuses = try await withThrowingTaskGroup(of: [Int].self) { group in
      for turn in 0..<8 {
        group.addTask {
          let connection = try await served.connect()
          defer { connection.close() }
          var statuses: [Int] = []
          for _ in 0..<10 {
            statuses.append(
              try await connection.ask("POST", Self.infer, key: keys[turn % 2], body: body).status)
          }
          return statuses
        }
      }
      return try await group.reduce(into: [Int]()) { $0 += $1 }
    }
    #expect(statuses.count { $0 == 200 } == 40)
    #expect(statuses.count { $0 == 429 } == 40)
    // What a kill would leave is on the disk before an answer goes out.
    let left = try StoredGuards(served.lifecycle).clients(of: "digits")
    #expect(left.first { $0.kind == .tenant }?.spent == 40)
    try await served.stop()

    let next = try await GuardedDigits.serve(on: served.home, change)
    let refused = try await next.ask("POST", Self.infer, key: keys[0], body: body)
    #expect(refused.status == 429)
    let wait = try #require(refused.fields["retry-after"].flatMap { Int($0) })
    #expect(wait > 900_000 && wait <= 1_000_000)
    #expect(!refused.text.contains("40"), "how much there is in all is nobody's business")
    // Another tenant has a budget of its own; more rows than there are in all are refused for good.
    let other = try next.key(.predictor)
    #expect(try await next.ask("POST", Self.infer, key: other, body: body).status == 200)
    let many = GuardedDigits.json(Array(try GuardedDigits.known.get().benign.prefix(41)))
    #expect(try await next.ask("POST", Self.infer, key: other, body: many).status == 403)
    try await next.stop()
    withExtendedLifetime(served) {}
  }

  @Test func whoAsksTooFastIsToldWhenToComeBack() async throws {
    let served = try await GuardedDigits.serve {
      $0.policy.rate.key = .init(burst: 3, perSecond: 0.001)
    }
    let key = try served.key(.predictor)
    let body = GuardedDigits.json([try GuardedDigits.known.get().benign[0]])
    // What cannot be read counts, too.
    #expect(try await served.ask("POST", Self.infer, key: key, body: Array("{".utf8)).status == 400)
    #expect(try await served.ask("POST", Self.infer, key: key, body: body).status == 200)
    #expect(try await served.ask("POST", Self.infer, key: key, body: body).status == 200)
    let refused = try await served.ask("POST", Self.infer, key: key, body: body)
    #expect(refused.status == 429)
    #expect(refused.fields["retry-after"].flatMap { Int($0) }.map { (1...1_000).contains($0) } == true)
    #expect(try await served.ask("POST", Self.infer, key: served.key(.predictor), body: body).status == 200)
    try await served.stop()
    let refusals = try served.records().filter { $0.action == "guard.refuse" }
    #expect(refusals.map(\.outcome) == ["rate"])
  }

  @Test func whatTheModelIsNotForIsRefusedWithoutSayingWhatItKnows() async throws {
    let served = try await GuardedDigits.serve()
    let key = try served.key(.predictor)
    var row = try GuardedDigits.known.get().benign[0]
    row[5] = 123.5
    let answer = try await served.ask("POST", Self.infer, key: key, body: GuardedDigits.json([row]))
    #expect(answer.status == 400)
    #expect(answer.text.contains("element 5 of row 0"), "\(answer.text)")
    #expect(!answer.text.contains("0.0") && !answer.text.contains("1.0"))
    try await served.stop()
  }

  @Test func theLayerOfTheGuardIsNobodyElses() async throws {
    let known = try GuardedDigits.known.get()
    let served = try await GuardedDigits.serve()
    let key = try served.key(.predictor)
    let metadata = try await served.ask("GET", "/v2/models/digits", key: key)
    #expect(metadata.status == 200 && !metadata.text.contains(known.layer), "\(metadata.text)")
    let all = try await served.ask("POST", Self.infer, key: key, body: GuardedDigits.json([known.benign[0]]))
    #expect(try InferAnswer(all).outputs.map(\.name) == [known.calibration.output])
    let wanted = try await served.ask(
      "POST", Self.infer, key: key, body: GuardedDigits.json([known.benign[0]], outputs: [known.layer]))
    #expect(wanted.status == 400 && wanted.text.contains("has no output"), "\(wanted.text)")
    // The guard sees it all the same: its channel is among those of whoever is flagged.
    var status = 200
    let connection = try await served.connect()
    for row in GuardedDigits.noise(300) where status == 200 {
      status = try await connection.ask("POST", Self.infer, key: key, body: GuardedDigits.json([row])).status
    }
    let flag = try #require(try StoredGuards(served.lifecycle).clients(of: "digits").first?.flag)
    #expect(Set(flag.shares.keys) == ["input", "layer", "margin"])
    #expect((flag.shares["layer"] ?? 0) > 0)
    connection.close()
    try await served.stop()
  }

  @Test func aModelWithoutACalibrationKeepsItsBudgets() async throws {
    let served = try await GuardedDigits.serve {
      $0.calibration = .none
      $0.policy.budget.key = .init(queries: 2)
    }
    let key = try served.key(.predictor)
    for _ in 0..<2 {
      #expect(try await served.ask("POST", Self.infer, key: key, body: Question.body).status == 200)
    }
    #expect(try await served.ask("POST", Self.infer, key: key, body: Question.body).status == 403)
    try await served.stop()
  }

  @Test func aCalibrationOfAnotherModelKeepsTheModelFromAnswering() async throws {
    let known = try GuardedDigits.known.get()
    let text = String(decoding: known.calibration.json(), as: UTF8.self)
      .replacingOccurrences(of: known.calibration.model, with: String(repeating: "ab", count: 32))
    let path = FileManager.default.temporaryDirectory.path + "/other \(UUID()).json"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let served = try await GuardedDigits.serve { $0.calibration = .file(path) }
    let key = try served.key(.predictor)
    #expect(try await served.ask("POST", Self.infer, key: key, body: Question.body).status == 500)
    try await served.stop()
  }
}
