// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import Testing

/// Bills are documents of CycloneDX 1.6: the schema that its Python library ships says so, and allows nothing else.
@Suite struct SchemaTests {
  private static let peers = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../.build/peers").standardizedFileURL.path

  /// Takes a directory and validates every file in it; says what is wrong.
  private static let validator = """
    import pathlib, sys
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator
    validator = JsonStrictValidator(SchemaVersion.V1_6)
    count = 0
    for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
        count += 1
        problem = validator.validate_str(path.read_text(encoding="utf-8"))
        if problem is not None:
            print(path.name, str(problem)[:2000])
    print("validated", count)
    """

  private static func validate(_ documents: [String: [UInt8]]) throws -> String {
    try #require(
      FileManager.default.fileExists(atPath: peers + "/cyclonedx/schema"),
      "the schemas of CycloneDX are missing: run `make test`, or Scripts/peers, which installs them")
    let folder = try ModelFolder(documents.mapValues { Bytes($0) })
    defer { folder.remove() }
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", validator, folder.path]
    process.environment = ProcessInfo.processInfo.environment.merging(["PYTHONPATH": peers]) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return output
  }

  @Test func billsOfAllFixturesFitTheSchema() throws {
    var documents: [String: [UInt8]] = ["all": try Bill(of: Bill.fixtures.path).bytes]
    let names = try FileManager.default.contentsOfDirectory(atPath: Bill.fixtures.path)
    for name in names { documents[name] = try Bill(fixture: name).bytes }
    try #require(documents.count > 80)
    #expect(try Self.validate(documents) == "validated \(documents.count)\n")
  }

  @Test func billsWithEverythingInThemFitTheSchema() throws {
    let card = """
      ---
      license: [apache-2.0, other]
      license_name: our-own
      pipeline_tag: text-generation
      base_model: someone/base
      datasets: [squad, \"a\u{0}b\"]
      ---
      # Card
      """
    let documents = [
      "card": try ModelFolder.bill([
        "README.md": Bytes(utf8: card), "LICENSE": Bytes(utf8: "Our own terms\nPay first."),
        "config.json": Bytes(utf8: #"{"architectures": ["BertModel"], "model_type": "bert"}"#),
        "model.onnx": try Bytes(contentsOf: Bill.fixtures.path + "/model.onnx"),
        "x.pt": try Bytes(contentsOf: Bill.fixtures.path + "/checkpoint.pt"),
        "broken.safetensors": Bytes([8, 0, 0, 0, 0, 0, 0, 0] + Array("{\"a\": 1}".utf8)),
      ]).bytes,
      "names": try ModelFolder.bill(["a\u{202E}b\n\"c": Bytes(utf8: "x"), "é": Bytes(utf8: "y")]).bytes,
    ]
    #expect(try Self.validate(documents) == "validated 2\n")
  }

  /// The check itself: what the schema does not have is noticed.
  @Test func whatIsNoBillIsRefused() throws {
    let bill = try Bill(fixture: "state.pt")
    let wrong = String(decoding: bill.bytes, as: UTF8.self)
      .replacing("\"machine-learning-model\"", with: "\"model\"")
    #expect(try Self.validate(["wrong": Array(wrong.utf8)]).contains("wrong "))
  }
}
