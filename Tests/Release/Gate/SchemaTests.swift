// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletGate
import Testing
import Yams

/// The schema in `docs` is for editors: it says yes to every policy, and no to what is wrong in form.
@Suite struct PolicySchemaTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../..").standardizedFileURL.path
  private static let peers = root + "/.build/peers"

  /// Reads a list of documents and says of each whether it fits.
  private static let validator = """
    import json, sys
    import jsonschema
    schema = json.load(open(sys.argv[1], encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for document in json.load(open(sys.argv[2], encoding="utf-8")):
        print("fits" if validator.is_valid(document) else "no")
    """

  private static func fits(_ texts: [String]) throws -> [Bool] {
    try #require(
      FileManager.default.fileExists(atPath: peers + "/jsonschema"),
      "jsonschema is missing: run `make test`, or Scripts/peers, which installs it")
    let documents = try texts.map { text in try Yams.compose(yaml: text).map(value) ?? NSNull() }
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("policies \(UUID()).json").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try JSONSerialization.data(withJSONObject: documents).write(to: URL(fileURLWithPath: path))
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", validator, root + "/docs/policy.schema.json", path]
    process.environment = ProcessInfo.processInfo.environment.merging(["PYTHONPATH": peers]) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(output)")
    return output.split(separator: "\n").map { $0 == "fits" }
  }

  /// What an editor makes of the text: JSON with numbers, flags and texts. Days stay texts, as in YAML 1.2.
  private static func value(_ node: Node) -> Any {
    switch node {
    case .mapping(let mapping):
      return Dictionary(mapping.map { ($0.key.string ?? "", value($0.value)) }) { first, _ in first }
    case .sequence(let sequence): return sequence.map(value)
    case .scalar(let scalar):
      guard scalar.style == .plain || scalar.style == .any else { return scalar.string }
      if let whole = Int(scalar.string) { return whole }
      return ["true": true, "false": false][scalar.string] ?? scalar.string
    case .alias: return NSNull()
    }
  }

  @Test func everyPolicyFits() throws {
    let fits = try Self.fits(PolicyTexts.accepted)
    for (fits, text) in zip(fits, PolicyTexts.accepted) { #expect(fits, "\(text)") }
    #expect(fits.count == PolicyTexts.accepted.count)
  }

  @Test func whatIsWrongInFormDoesNot() throws {
    let fits = try Self.fits(PolicyTexts.refusedByForm)
    for (fits, text) in zip(fits, PolicyTexts.refusedByForm) { #expect(!fits, "\(text)") }
    #expect(fits.count == PolicyTexts.refusedByForm.count)
  }
}
