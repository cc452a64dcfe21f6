// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletFormats
import Testing

/// `martlet assess` as its users know it.
@Suite struct AssessTests {
  let place = try! Workplace()

  struct Document: Decodable {
    struct Attack: Decodable {
      let attack: String
      let attacked: Int
      let fooled: Int
    }

    struct Example: Decodable {
      let row: Int
      let outcome: String
      let distance: Double?
    }

    let cleanAccuracy: Double
    let robustAccuracy: Double
    let trust: String
    let attacks: [Attack]
    let examples: [Example]
    let evidence: String?
    let digest: String
  }

  @Test func whatFoolsTheModelIsKeptAndFoolsItAgain() async throws {
    let ended = try await place.martlet([
      "assess", "robustness", Example.digits, "--data", Example.digitsData, "--radius", "0.1", "--seed", "5",
      "--save", "fooled.npz", "--format", "json",
    ])
    #expect(ended.status == 0, "\(ended.errors)")
    let document = try JSONDecoder().decode(Document.self, from: Data(ended.output.utf8))
    #expect(document.cleanAccuracy > 0.98)
    #expect((0.5..<0.62).contains(document.robustAccuracy))
    #expect(document.trust == "reliable")
    #expect(document.attacks.map(\.attack) == ["APGD-CE", "APGD-T", "Square"])
    let fooled = document.examples.filter { $0.outcome == "fooled" }
    #expect(fooled.count == document.attacks.reduce(0) { $0 + $1.fooled })
    #expect(fooled.allSatisfy { $0.distance! <= 0.100001 })
    // Nothing was made in the home of a user who has no store.
    #expect(document.evidence == nil)
    #expect(!FileManager.default.fileExists(atPath: place.home))

    let replayed = try await place.martlet("assess", "replay", Example.digits, "--inputs", "fooled.npz")
    #expect(replayed.status == 0)
    #expect(replayed.output == "\(fooled.count) of \(fooled.count) inputs fool the model\n")
  }

  @Test func theResultIsEvidenceWhereTheStoreHasTheModel() async throws {
    try await place.release(Example.network, as: "network")
    let page = try await place.martlet([
      "assess", "robustness", Example.network, "--data", Example.cancerData, "--radius", "0.5", "--norm",
      "l2",
      "--format", "html", "-o", "report.html",
    ])
    #expect(page.status == 0, "\(page.errors)")
    let html = String(decoding: try Example.bytes(place("report.html")), as: UTF8.self)
    #expect(html.contains("under attack, "))
    #expect(html.contains("feature "))
    #expect(!html.contains("http:") && !html.contains("https:"))
    let bundled = try await place.martlet("bundle", "network", "-o", "network.json")
    #expect(bundled.lines.first?.hasPrefix("bundled  7 pieces of evidence and 5 records about ") == true)
  }

  /// Trees have no slopes: what only asks for answers is tried, and never called reliable.
  @Test func aForestIsAttackedByQuestionsAlone() async throws {
    let ended = try await place.martlet([
      "assess", "robustness", Example.forest, "--data", Example.cancerData, "--radius", "0.2", "--max-time",
      "4",
      "--format", "json",
    ])
    #expect(ended.status == 0, "\(ended.errors)")
    let document = try JSONDecoder().decode(Document.self, from: Data(ended.output.utf8))
    #expect(document.trust == "unreliable")
    #expect(document.attacks.map(\.attack) == ["Square", "HopSkipJump"])
    #expect(document.attacks[0].fooled > 0)
    #expect(document.robustAccuracy < document.cleanAccuracy)
    #expect(ended.output.contains("TreeEnsemble"))
  }

  /// The weights of the bundled model in a file of their own, as large models are shipped.
  @Test func weightsInAnotherFileOfTheFolderAreRead() async throws {
    try place.write(Example.bytes(Example.digits), to: "digits.onnx")
    let (model, weights) = try Example.split(place("digits.onnx"), into: "weights.bin")
    #expect(weights.count > 50_000)
    try FileManager.default.createDirectory(atPath: place("split"), withIntermediateDirectories: true)
    try place.write(model, to: "split/model.onnx")
    try place.write(weights, to: "split/weights.bin")
    var robust: [Double] = []
    for path in ["digits.onnx", "split"] {
      let ended = try await place.martlet([
        "assess", "robustness", path, "--data", Example.digitsData, "--radius", "0.15", "--format", "json",
      ])
      #expect(ended.status == 0, "\(ended.errors)")
      robust.append(try JSONDecoder().decode(Document.self, from: Data(ended.output.utf8)).robustAccuracy)
    }
    #expect(robust[0] == robust[1])
  }

  @Test func theGraphOfTheSlopeIsWritten() async throws {
    let ended = try await place.martlet(
      "assess", "gradient", Example.digits, "--loss", "targetMargin", "-o", "margin.onnx")
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(ended.output.contains("slope of  targetMargin of"))
    #expect(try Example.bytes(place("margin.onnx")).count > 90_000)
    let weights = try await place.martlet(
      "assess", "gradient", Example.digits, "--weights", "-o", "weights.onnx")
    #expect(weights.status == 0, "\(weights.errors)")
    #expect(weights.output.contains("21898 numbers of 12 tensors"))
    let forest = try await place.martlet("assess", "gradient", Example.forest, "-o", "forest.onnx")
    #expect(forest.status == 2)
    #expect(!FileManager.default.fileExists(atPath: place("forest.onnx")))
  }

  @Test func whatCannotBeDoneIsOneLineAndLeavesNothing() async throws {
    let images = NumpyArchive.encoded([
      WrittenArray("x", float32: [Float](repeating: 0.5, count: 3 * 64), shape: [3, 1, 8, 8]),
      // The model takes a grey picture for a 2.
      WrittenArray("y", int64: [1, 1, 1]),
    ])
    try place.write(images, to: "wrong.npz")
    try place.write(Example.bloated(Example.digits), to: "bloated.onnx")
    let bloated = ["bloated.onnx", "--data", Example.digitsData, "--radius", "0.1"]
    let cases: [([String], String)] = [
      ([Example.digits, "--data", Example.cancerData, "--radius", "0.1"], "shape"),
      ([Example.digits, "--data", Example.digitsData, "--radius", "2"], "--radius"),
      ([Example.digits, "--data", "none.npz", "--radius", "0.1"], "none.npz"),
      ([Example.digits, "--data", "wrong.npz", "--radius", "0.1"], "wrong about all 3"),
      (
        [Example.digits, "--data", Example.digitsData, "--radius", "0.1", "--save", "no/where.npz"],
        "no/where.npz"
      ),
      (bloated, "more than the 1024 MiB that are allowed: allow more with --memory"),
      // Who says how many are run together has said that there is room.
      (bloated + ["--batch", "1"], "MiB of memory at once, more than there is"),
    ]
    for (arguments, word) in cases {
      let ended = try await place.martlet(
        ["assess", "robustness"] + arguments + [
          "--format", "html", "-o", "report.html", "--resume", "found.work",
        ])
      #expect(ended.status == 2)
      #expect(ended.errors.contains(word), "\(ended.errors)")
      #expect(ended.errors.split(separator: "\n").count == 1, "\(ended.errors)")
      #expect(!FileManager.default.fileExists(atPath: place("report.html")))
      #expect(!FileManager.default.fileExists(atPath: place("found.work")))
    }
  }

  /// What the time was too short for is gone on with; what was kept for that goes at the end.
  @Test func whatIsKeptToGoOnGoesAtTheEnd() async throws {
    let images = try Example.images(12)
    try place.write(
      NumpyArchive.encoded([
        WrittenArray("x", float32: images.flatMap { $0.pixels }, shape: [12, 1, 8, 8]),
        WrittenArray("y", int64: images.map { $0.label }),
      ]), to: "few.npz")
    let order = [
      "assess", "robustness", Example.digits, "--data", "few.npz", "--radius", "0.1", "--resume",
      "found.work",
    ]
    let short = try await place.martlet(order + ["--max-time", "0.000001"])
    #expect(short.status == 0, "\(short.errors)")
    #expect(short.output.contains("suspect") || short.output.contains("unreliable"))
    #expect(FileManager.default.fileExists(atPath: place("found.work")))
    let whole = try await place.martlet(order)
    #expect(whole.status == 0, "\(whole.errors)")
    #expect(!FileManager.default.fileExists(atPath: place("found.work")))
  }
}
