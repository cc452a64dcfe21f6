// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletTables
import Testing

/// `docs/table.schema.json` is for editors: it says yes to every schema, and no to what is wrong in form.
@Suite struct JSONSchemaTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../..").standardizedFileURL.path

  private static let accepted = [
    #"{"features": [{"name": "a", "type": "real", "low": 0, "high": 1}]}"#,
    #"{"features": [{"name": "a", "type": "integer", "low": -3, "high": 2.5e2, "unit": "EUR", "change": "no"}]}"#,
    #"{"features": [{"name": "a", "type": "boolean"}], "relations": []}"#,
    #"{"features": [{"name": "a", "type": "boolean", "low": 0, "high": 1}], "relations": null}"#,
    #"{"features": [{"name": "a", "group": "g"}, {"name": "b", "group": "g", "type": "boolean"}]}"#,
    #"{"features": [{"name": "a", "type": "category", "values": [1, 4, 9]}]}"#,
    #"{"features": [{"name": "a", "type": "category", "low": 1, "high": 9, "cost": 0.05}]}"#,
    #"{"features": [{"name": 7, "type": "real", "low": 0, "high": 1, "scale": -2, "offset": 5}]}"#,
    #"{"features": [{"name": "a", "type": "real", "low": 0, "high": 1}], "relations": ["a <= 1 / 2"]}"#,
    """
    {"features": [{"name": "a", "type": "real", "low": 0, "high": 1}, {"name": "b", "type": "real", "low": 0, "high": 1}],
     "relations": [{"require": "a == b"}, {"require": "a >= 2 * b", "tolerance": 0.01}]}
    """,
  ]

  private static let refused = [
    "{}", "[]", #"{"features": []}"#, #"{"features": {"name": "a"}}"#, #"{"features": ["a"]}"#,
    #"{"features": [{"name": "a", "type": "boolean"}], "rules": []}"#,
    #"{"features": [{"type": "boolean"}]}"#, #"{"features": [{"name": "", "type": "boolean"}]}"#,
    #"{"features": [{"name": "a"}]}"#, #"{"features": [{"name": ["a"], "type": "boolean"}]}"#,
    #"{"features": [{"name": "a", "type": "float", "low": 0, "high": 1}]}"#,
    #"{"features": [{"name": "a", "type": "real", "low": 0}]}"#,
    #"{"features": [{"name": "a", "type": "real", "high": 0}]}"#,
    #"{"features": [{"name": "a", "type": "real", "low": 0, "hihg": 1}]}"#,
    #"{"features": [{"name": "a", "type": "real", "low": "zero", "high": 1}]}"#,
    #"{"features": [{"name": "a", "type": "real", "low": 0, "high": 1, "change": "maybe"}]}"#,
    #"{"features": [{"name": "a", "type": "real", "low": 0, "high": 1, "scale": 0}]}"#,
    #"{"features": [{"name": "a", "type": "real", "low": 0, "high": 1, "cost": 0}]}"#,
    #"{"features": [{"name": "a", "type": "boolean", "low": 0, "high": 2}]}"#,
    #"{"features": [{"name": "a", "type": "boolean", "values": [0, 1]}]}"#,
    #"{"features": [{"name": "a", "type": "real", "low": 0, "high": 1, "values": [0, 1]}]}"#,
    #"{"features": [{"name": "a", "type": "real", "low": 0, "high": 1, "group": "g"}, {"name": "b", "group": "g"}]}"#,
    #"{"features": [{"name": "a", "type": "category", "values": []}]}"#,
    #"{"features": [{"name": "a", "type": "category", "values": [1, 1]}]}"#,
    #"{"features": [{"name": "a", "type": "category", "values": 1}]}"#,
    #"{"features": [{"name": "a", "type": "boolean"}], "relations": "a == 1"}"#,
    #"{"features": [{"name": "a", "type": "boolean"}], "relations": ["a"]}"#,
    #"{"features": [{"name": "a", "type": "boolean"}], "relations": [{"tolerance": 1}]}"#,
    #"{"features": [{"name": "a", "type": "boolean"}], "relations": [{"require": "a == 1", "tolerance": -1}]}"#,
    #"{"features": [{"name": "a", "type": "boolean"}], "relations": [{"require": "a == 1", "slack": 1}]}"#,
  ]

  /// Reads documents, one a line, and says of each whether it fits.
  private static func fits(_ documents: [String]) throws -> [Bool] {
    let peers = root + "/.build/peers"
    try #require(
      FileManager.default.fileExists(atPath: peers + "/jsonschema"),
      "jsonschema is missing: run `make test`, or Scripts/peers, which installs it")
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("table schema \(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (list, verdicts) = (folder.appendingPathComponent("list"), folder.appendingPathComponent("verdicts"))
    let lines = documents.map { $0.replacingOccurrences(of: "\n", with: " ") }
    try Data(lines.joined(separator: "\n").utf8).write(to: list)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "python3", "-c",
      """
      import json, sys, jsonschema
      schema = json.load(open(sys.argv[1], encoding="utf-8"))
      jsonschema.Draft202012Validator.check_schema(schema)
      fits = jsonschema.Draft202012Validator(schema).is_valid
      verdicts = ["yes" if fits(json.loads(line)) else "no" for line in open(sys.argv[2], encoding="utf-8")]
      open(sys.argv[3], "w").write(" ".join(verdicts))
      """, root + "/docs/table.schema.json", list.path, verdicts.path,
    ]
    process.environment = ProcessInfo.processInfo.environment.merging(["PYTHONPATH": peers]) { $1 }
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return try String(contentsOf: verdicts, encoding: .utf8).split(separator: " ").map { $0 == "yes" }
  }

  @Test func everySchemaFits() throws {
    var documents = Self.accepted
    for text in [
      SchemaTests.loan,
      try String(contentsOfFile: Self.root + "/Examples/credit/schema.yaml", encoding: .utf8),
    ] {
      documents.append(String(decoding: try JSONEncoder().encode(TableSchema(yaml: text)), as: UTF8.self))
    }
    let fits = try Self.fits(documents)
    #expect(fits.count == documents.count)
    for (fits, text) in zip(fits, documents) {
      #expect(fits, "\(text)")
      #expect(throws: Never.self, "\(text)") { try TableSchema(yaml: text) }
    }
  }

  @Test func whatIsWrongInFormDoesNot() throws {
    let fits = try Self.fits(Self.refused)
    #expect(fits.count == Self.refused.count)
    for (fits, text) in zip(fits, Self.refused) {
      #expect(!fits, "\(text)")
      #expect(throws: TableError.self, "\(text)") { try TableSchema(yaml: text) }
    }
  }
}
