// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Foundation
import GRDB
import Testing

/// `martlet protect` as its users know it.
@Suite struct ProtectTests {
  let place = try! Workplace()

  /// The document of `--format json`, with every member that is promised.
  struct Document: Decodable {
    struct Stage: Decodable {
      struct Finding: Decodable {
        let rule: String
        let severity: String
        let message: String
        let construct: String?
      }

      let stage: String
      let outcome: String
      let evidence: [String]
      let summary: [String]
      let findings: [Finding]
    }

    struct Decision: Decodable {
      struct Reason: Decodable {
        let rule: String
        let satisfied: Bool
        let text: String
      }

      let released: Bool
      let reasons: [Reason]
    }

    let model: String
    let digest: String
    let version: Int?
    let verdict: String
    let stages: [Stage]
    let decision: Decision
  }

  func protect(_ arguments: String...) async throws -> (Document, Program.Ended) {
    let ended = try await place.martlet(["protect"] + arguments + ["--format", "json"])
    let document = try JSONDecoder().decode(Document.self, from: Data(ended.output.utf8))
    return (document, ended)
  }

  @Test func digitsAreReleasedAndTheTranscriptSaysWhy() async throws {
    let ended = try await place.martlet("protect", Example.digits, "--data", Example.digitsData)
    #expect(ended.status == 0)
    #expect(ended.errors == "")
    let beginnings = [
      "admit    ok       onnx, 90.9 kB in 1 file",
      "                  verdict safe, no findings",
      "                  no signature",
      "seal     ok       90.9 kB encrypted with age for age1",
      "                  version 1 of digits",
      "assess   ok       clean accuracy 99.2 % (95 % interval 98.1 to 99.6) on 597 examples",
      "                  under attack 5",
      "                  reliable (14 checks)",
      "release  ok       released by the policy default: 6 of 6 rules hold",
      "                  yes  scan.verdict is safe",
      "                  yes  signature.outcome is absent",
      "                  yes  seal.sealed is true",
      "                  yes  robustness.clean.accuracy is 0.9916",
      "                  yes  robustness.linf[0.1].accuracy is 0.5",
      "                  yes  robustness.trust is reliable",
      "digits version 1 is released. Digest ",
    ]
    #expect(ended.lines.count == beginnings.count)
    for (line, beginning) in zip(ended.lines, beginnings) { #expect(line.hasPrefix(beginning)) }
  }

  @Test func theDocumentHasEverythingAndTheStoreKnowsItsEvidence() async throws {
    let (document, ended) = try await protect(Example.digits, "--data", Example.digitsData)
    #expect(ended.status == 0)
    #expect(ended.errors == "")
    #expect(document.model == "digits")
    #expect(document.verdict == "safe")
    #expect(document.version == 1)
    #expect(document.stages.map(\.stage) == ["admit", "seal", "assess", "release"])
    #expect(document.stages.allSatisfy { $0.outcome == "passed" })
    #expect(document.decision.released)
    #expect(document.decision.reasons.count == 6)
    #expect(document.decision.reasons.allSatisfy { $0.satisfied })

    // OMS: the hash of the hash of the one file.
    let model = try Example.bytes(Example.digits)
    #expect(document.digest == SHA256.hash(data: Data(SHA256.hash(data: model))).hex)

    let evidence = document.stages.flatMap(\.evidence)
    #expect(evidence.count == 6)
    #expect(Set(evidence).count == 6)
    let stored = try place.database {
      try String.fetchSet($0, sql: "SELECT id FROM evidence WHERE subject = ?", arguments: [document.digest])
    }
    #expect(stored == Set(evidence))
    let records = try await place.records()
    #expect(records.map { $0["action"] as? String } == ["admit", "seal", "assess", "release"])
    #expect(Set(records.flatMap { $0["evidence"] as? [String] ?? [] }) == Set(evidence))
    for record in records { #expect(record["digest"] as? String == document.digest) }
    try await place.expectIntactLog()
  }

  @Test func theSameModelAgainIsTheSameVersionAndAnotherIsTheNext() async throws {
    try await place.release(Example.network, as: "model")
    for (path, version) in [(Example.network, 1), (Example.digits, 2), (Example.network, 1)] {
      let (document, ended) = try await protect(path, "--name", "model", "--policy", place.lenientPolicy())
      #expect(ended.status == 0)
      #expect(document.version == version)
    }
    try await place.expectIntactLog()
  }

  @Test func weightsAreNowhereInTheStoreInPlaintext() async throws {
    for model in [Example.digits, Example.network] { try await place.martlet("protect", model) }
    let weights = try Windows(Example.bytes(Example.digits) + Example.bytes(Example.network))
    let files = try place.files(in: place.home)
    #expect(files.keys.contains { $0.hasPrefix("blobs/") })
    for (name, content) in files { #expect(!weights.occur(in: Array(content)), "\(name)") }
    // The search does find what it looks for, at any offset.
    let control = [1, 2, 3] + (try Example.bytes(Example.digits)).dropFirst(40_001).prefix(100)
    #expect(weights.occur(in: control))
  }

  @Test func theNetworkIsMeasuredInItsOwnUnits() async throws {
    let (document, ended) = try await protect(
      Example.network, "--data", Example.cancerData, "--name", "cancer")
    #expect(document.stages[2].summary[0].hasPrefix("clean accuracy 98.4 %"))
    #expect(document.stages[2].summary[1].contains("each of the 30 features"))
    // It is decided as the policy says, by what was measured.
    #expect(document.decision.reasons.allSatisfy { $0.satisfied } == document.decision.released)
    #expect(ended.status == (document.decision.released ? 0 : 1))
    #expect(document.decision.reasons.map(\.text).contains("robustness.clean.accuracy is 0.9841"))
    // A tenth of each range changes most answers, though at first sight few.
    #expect(
      document.decision.reasons.filter { !$0.satisfied }.map(\.rule)
        == ["robustness.linf[0.1].accuracy >= 0.2", "robustness.trust != unreliable"])
  }

  @Test func theForestIsNotReleasedBecauseItHasNoSlopes() async throws {
    let (document, ended) = try await protect(Example.forest, "--data", Example.cancerData)
    #expect(ended.status == 1)
    #expect(document.verdict == "safe")
    #expect(document.stages.map(\.outcome) == ["passed", "passed", "passed", "refused"])
    #expect(document.stages[2].summary[0].hasPrefix("clean accuracy 96.8 %"))
    #expect(!document.decision.released)
    let failed = document.decision.reasons.filter { !$0.satisfied }
    #expect(failed.map(\.rule) == ["robustness.trust != unreliable"])
    #expect(document.stages[2].summary.contains { $0.contains("TreeEnsembleClassifier") })
  }

  @Test func aPickleThatStartsAProcessStopsAtAdmission() async throws {
    let path = try place.write(HostilePickle.bytes, to: "model.pkl")
    let (document, ended) = try await protect(path)
    #expect(ended.status == 1)
    #expect(ended.errors == "")
    #expect(document.verdict == "unsafe")
    #expect(document.version == nil)
    #expect(document.stages.map(\.stage) == ["admit"])
    #expect(document.stages[0].outcome == "refused")
    #expect(document.stages[0].findings.contains { $0.rule == "MRT-PKL-001" && $0.severity == "critical" })
    #expect(!document.decision.released)

    let text = try await place.martlet("protect", path)
    #expect(text.status == 1)
    #expect(text.lines[0].hasPrefix("admit    refused  pickle, "))
    #expect(text.output.contains("os.system('id')"))
    #expect(text.lines.last?.hasPrefix("model is not released. Digest \(document.digest)") == true)

    let records = try await place.records()
    #expect(records.map { $0["action"] as? String } == ["admit", "admit"])
    // The verdict, the signature, the bill of materials, and the decision that follows from them.
    let evidence = document.stages[0].evidence
    #expect(evidence.count == 4)
    #expect(records[0]["evidence"] as? [String] == evidence)
    let stored = try place.database { try String.fetchSet($0, sql: "SELECT id FROM evidence") }
    #expect(stored.isSuperset(of: evidence))
    for record in records {
      #expect(record["outcome"] as? String == "refused")
      #expect((record["reason"] as? String)?.contains("os.system") == true)
    }
    #expect(try place.files(in: place.home + "/blobs").isEmpty)
    #expect(try place.database { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM version") } == 0)
    try await place.expectIntactLog()
  }

  @Test func worksFromElsewhereWithRelativePathsAndSpaces() async throws {
    let folder = place("a folder")
    try FileManager.default.createDirectory(atPath: folder + "/deep er", withIntermediateDirectories: true)
    try place.write(Example.bytes(Example.network), to: "a folder/the model.onnx")
    try place.write(Npz.data([0, 1], shape: [30]), to: "a folder/the data.npz")
    let ended = try await place.martlet(
      "protect", "../the model.onnx", "--data", "../the data.npz", "--name", "n", "--attack", "fgsm",
      in: folder + "/deep er", environment: ["MARTLET_HOME": "../my store"])
    #expect(ended.errors == "")
    #expect(ended.status == 1)
    #expect(ended.output.contains("\nn version 1 is not released."))
    let verified = try await place.martlet(
      "log", "verify", environment: ["MARTLET_HOME": folder + "/my store"])
    #expect(verified.status == 0)
  }

  @Test func aReaderThatGoesAwayStopsNothing() async throws {
    let line = "'\(Program.martlet)' protect '\(Example.network)' --name n | head -n 1"
    let ended = try await place.run("/bin/sh", ["-c", line])
    #expect(ended.output == "admit    ok       onnx, 7.7 kB in 1 file\n")
    #expect(ended.errors == "")
    #expect(try await place.records().count == 4)
  }
}

/// All stretches of 64 bytes of a file, to find them again.
private struct Windows {
  private let bytes: [UInt8]
  private var places: [UInt64: [Int]] = [:]
  private static let length = 64

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    for start in 0...(bytes.count - Self.length) {
      // Stretches of padding are in every file.
      guard Set(bytes[start..<start + Self.length]).count > 16 else { continue }
      places[Self.head(bytes, start), default: []].append(start)
    }
  }

  func occur(in other: [UInt8]) -> Bool {
    guard other.count >= Self.length else { return false }
    return (0...(other.count - Self.length)).contains { start in
      places[Self.head(other, start)]?.contains { place in
        bytes[place..<place + Self.length] == other[start..<start + Self.length]
      } ?? false
    }
  }

  private static func head(_ bytes: [UInt8], _ start: Int) -> UInt64 {
    bytes[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) }
  }
}
