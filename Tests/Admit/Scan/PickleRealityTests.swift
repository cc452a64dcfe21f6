// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletEvidence
import Testing

@testable import MartletScan

/// Our machine against CPython's own two unpicklers, which run random pickles with inert recorders for every global.
/// What they import, call and write to, we must have seen; what they load without any import is not unsafe.
@Suite struct PickleRealityTests {
  struct Answer: Decodable {
    struct Run: Decodable {
      let globals: [[String]]
      let calls: [[String]]
      let writes: [[String]]
      let finished: Bool
    }

    let c: Run
    let python: Run
  }

  @Test func sawEverythingThatUnpicklersDo() throws {
    var random = RandomPickles(seed: 20_260_101)
    let pickles = (0..<4000).map { _ in random.next() }
    let answers = try #require(try Self.ask(pickles), "python3 is needed to compare with CPython")
    try #require(answers.count == pickles.count)
    for (pickle, answer) in zip(pickles, answers) {
      let facts = Self.facts(pickle)
      let shown = pickle.map { String(format: "%02x", $0) }.joined()
      let named = Set(facts.globals.map { [$0.module, $0.name] })
      for run in [answer.c, answer.python] {
        for pair in run.globals where pair[0] != "" && pair.joined().utf8.allSatisfy({ $0 < 0x80 }) {
          #expect(named.contains(pair), "not seen: \(pair) in \(shown)")
        }
        for pair in run.calls {
          let global = facts.globals.first { [$0.module, $0.name] == pair }
          guard let global else { continue }
          if case .vetted = global.standing { continue }
          #expect(global.call != nil, "call not seen: \(pair) in \(shown)")
        }
        if !run.writes.isEmpty { #expect(!facts.notes(.foreignWrite).isEmpty, "write not seen in \(shown)") }
      }
      if answer.c.finished || answer.python.finished, answer.c.globals.isEmpty, answer.python.globals.isEmpty
      {
        let findings = Catalog.findings(in: .pickle(facts))
        #expect(!findings.contains { Catalog.verdict(of: $0) == .unsafe }, "\(findings) in \(shown)")
        // What an unpickler takes in full, we can read in full.
        #expect(facts.isComplete, "\(findings) in \(shown)")
      }
    }
    #expect(answers.filter { $0.c.finished }.count > 800)
    #expect(answers.filter { !$0.c.calls.isEmpty }.count > 400)
  }

  private static func facts(_ pickle: [UInt8]) -> PickleFacts {
    let bytes = Bytes(pickle)
    var machine = PickleMachine(bytes.span, allow: .standard)
    _ = machine.run(from: 0)
    return machine.facts
  }

  /// nil when there is no python3.
  private static func ask(_ pickles: [[UInt8]]) throws -> [Answer]? {
    let script = Bundle.module.resourceURL!.appendingPathComponent("Reality/unpickle.py").path
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let input = folder.appendingPathComponent("pickles")
    let output = folder.appendingPathComponent("answers")
    let lines = pickles.map { $0.map { String(format: "%02x", $0) }.joined() }.joined(separator: "\n")
    try Data(lines.utf8).write(to: input)
    try Data().write(to: output)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-I", script]
    process.standardInput = try FileHandle(forReadingFrom: input)
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    if process.terminationStatus == 127 { return nil }
    let decoder = JSONDecoder()
    return try String(decoding: Data(contentsOf: output), as: UTF8.self).split(separator: "\n").map {
      try decoder.decode(Answer.self, from: Data($0.utf8))
    }
  }
}
