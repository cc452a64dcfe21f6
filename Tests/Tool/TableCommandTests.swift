// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Testing

/// `martlet data schema` and `martlet assess robustness --schema` as their users know them.
@Suite struct TableCommandTests {
  let place = try! Workplace()

  private struct Document: Decodable {
    struct Change: Decodable {
      let feature: String
      let unit: String
    }

    struct Example: Decodable {
      let outcome: String
      let distance: Double?
      let changes: [Change]?
    }

    let robustAccuracy: Double
    let cleanAccuracy: Double
    let examples: [Example]
    let schema: String?
  }

  private static let rows = ["--data", Example.creditData, "--label", "risk", "--classes", "bad,good"]

  @Test func aSchemaIsDraftedAndNotWrittenOver() async throws {
    let drafted = try await place.martlet(
      "data", "schema", Example.creditData, "--label", "risk", "-o", "schema.yaml")
    #expect(drafted.status == 0, "\(drafted.errors)")
    #expect(drafted.output.contains("features  45"))
    let text = String(decoding: try Example.bytes(place("schema.yaml")), as: UTF8.self)
    #expect(text.contains("{ name: purpose_used_car, type: boolean, group: purpose, change: yes }"))
    let again = try await place.martlet(
      "data", "schema", Example.creditData, "--label", "risk", "-o", "schema.yaml")
    #expect(again.status == 2 && again.errors.contains("found one at schema.yaml"))
  }

  @Test func changesKeepToTheSchemaAndHaveUnits() async throws {
    let ended = try await place.martlet(
      ["assess", "robustness", Example.credit] + Self.rows + [
        "--schema", Example.creditSchema, "--radius", "0.05", "--max-time", "20", "--format", "json",
      ])
    #expect(ended.status == 0, "\(ended.errors)")
    let document = try JSONDecoder().decode(Document.self, from: Data(ended.output.utf8))
    #expect(document.schema != nil)
    #expect(document.robustAccuracy < document.cleanAccuracy)
    let fooled = document.examples.filter { $0.outcome == "fooled" }
    #expect(fooled.allSatisfy { $0.changes?.isEmpty == false && $0.distance! <= 0.0500001 })
    let changed = Set(fooled.flatMap { $0.changes ?? [] }.map(\.feature))
    #expect(changed.isSubset(of: ["duration", "amount", "monthly", "telephone", "purpose"]))
  }

  @Test func aPageCallsTheClassesByTheirNames() async throws {
    let ended = try await place.martlet(
      ["assess", "robustness", Example.credit] + Self.rows + [
        "--radius", "0.05", "--attack", "fgsm", "--format", "html",
      ])
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(ended.output.contains("<th scope=col>bad</th><th scope=col>good</th>"))
    #expect(!ended.output.contains("<th scope=col>0</th>"))
  }

  @Test func whatDoesNotFitIsOneLine() async throws {
    try place.write(Array("features:\n  - { name: a, tpye: real }\n".utf8), to: "bad.yaml")
    try place.write(Array("features:\n  - { name: a, type: boolean }\n".utf8), to: "other.yaml")
    let cases: [([String], String)] = [
      (Self.rows + ["--schema", "bad.yaml"], "bad.yaml: the schema cannot be used: line 2: feature 1"),
      (Self.rows + ["--schema", "other.yaml"], "with 'duration' as number 1, found 'a'"),
      (Self.rows + ["--schema", Example.creditSchema, "--attack", "plus"], "fast or standard"),
      (["--data", Example.creditData], "--label"),
      (["--data", Example.creditData, "--label", "risk"], "--classes"),
    ]
    for (arguments, words) in cases {
      let ended = try await place.martlet(
        ["assess", "robustness", Example.credit, "--radius", "0.1"] + arguments)
      #expect(ended.status == 2)
      #expect(ended.errors.contains(words), "\(ended.errors)")
      #expect(ended.errors.split(separator: "\n").count == 1, "\(ended.errors)")
    }
  }
}
