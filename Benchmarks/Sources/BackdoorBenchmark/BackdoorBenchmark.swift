// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBackdoor
import MartletBytes
import MartletFormats
import MartletRuntime
import MartletTraining

/// `martlet assess backdoor` on models that are made here: clean ones, and ones with a backdoor.
///
///     swift run -c release --package-path Benchmarks backdoor-benchmark Examples/digits/digits.npz [both|test]
///
/// Of each of three architectures in turn, with other training than the references have: 14 clean models, and as many with a patch in
/// 5 % and 2 % of the rows, and with a fixed picture blended into 5 %. With `both` the references learn the clean rows that the models
/// were trained on; with `test` they and everything else have only the 597 rows that no model has seen.
@main struct BackdoorBenchmark {
  static let count = 14

  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count > 1 else {
      print("expected a data file")
      exit(2)
    }
    let hasBoth = arguments.count < 3 || arguments[2] == "both"
    let archive = try NumpyArchive(Bytes(contentsOf: arguments[1]))
    func table(_ part: String) throws -> (values: [Float], labels: [Int64], shape: [Int]) {
      guard let x = try archive["x_" + part], let y = try archive["y_" + part] else {
        throw BackdoorError.data(reason: "expected x_\(part) and y_\(part)")
      }
      return (try x.float32(), try y.int64(), x.shape)
    }
    let (train, test) = (try table("train"), try table("test"))
    let library = try RuntimeLibrary.open()
    let cache = arguments.count > 3 ? arguments[3] : NSTemporaryDirectory() + "/backdoor-references"
    let data = CleanData(
      inputs: try Tensor(float32: test.values, shape: test.shape), labels: test.labels,
      learned: hasBoth
        ? (inputs: try Tensor(float32: train.values, shape: train.shape), labels: train.labels) : nil)
    var scores: [String: [(score: Double, p: Double, isRight: Bool)]] = [:]
    for place in 0..<count {
      for kind in Poison.allCases {
        let target = (3 * place + 1) % 10
        let poisoned = kind.applied(
          to: train.values, labels: train.labels, shape: Array(train.shape.dropFirst()), target: target,
          seed: UInt64(place))
        let network = Network.allCases[place % Network.allCases.count]
        let trainer = try Trainer(
          network.model(), options: .init(optimiser: .adamW(decay: place.isMultiple(of: 2) ? 0 : 0.01)),
          library: library)
        let recipe = TrainingRecipe(
          epochs: [25, 50, 100][place / 3 % 3], batchSize: [32, 64, 128][place % 3],
          learningRate: [1e-3, 2e-3, 3e-3][place / 2 % 3], seed: 1_000 + UInt64(place))
        let made = try trainer.train(
          TrainingData(
            inputs: Tensor(float32: poisoned.values, shape: train.shape), labels: poisoned.labels),
          recipe: recipe)
        let right = try made.accuracy(on: data.inputs, labels: data.labels)
        let triggered = kind.triggered(test.values, shape: Array(test.shape.dropFirst()))
        let rows = test.labels.indices.filter { test.labels[$0] != Int64(target) }
        let attacked = try Tensor(float32: triggered, shape: test.shape).rows(rows)
        let success = try made.accuracy(
          on: attacked, labels: [Int64](repeating: Int64(target), count: rows.count))
        let assessment = try BackdoorAssessment(
          model: Bytes(try made.bytes()), data: data, library: library)
        let report = try assessment.run(BackdoorOrder(cache: cache))
        let isRight = report.calibration.target == target
        scores[kind.rawValue, default: []].append((report.calibration.score, report.calibration.p, isRight))
        print(
          "\(kind.rawValue),\(network.rawValue),\(place),target \(target),accuracy \(round(right)),success \(round(success)),"
            + "found \(report.calibration.target),score \(round(report.calibration.score)),p \(report.calibration.p),"
            + "references \(round(report.referenceAccuracy)),seconds \(round(report.seconds))")
        dump(report, kind, place, network, target, cache)
        fflush(nil)
      }
    }
    let clean = scores["clean"] ?? []
    for kind in Poison.allCases where kind != .none {
      let bad = scores[kind.rawValue] ?? []
      let pairs = bad.flatMap { one in
        clean.map { one.score > $0.score ? 1.0 : one.score == $0.score ? 0.5 : 0 }
      }
      print(
        "\(kind.rawValue): AUROC \(round(pairs.reduce(0, +) / Double(pairs.count))), found at p < 0.01 \(bad.count { $0.p < 0.01 }) of \(bad.count), "
          + "right class \(bad.count { $0.isRight }) of \(bad.count)")
    }
    for level in [0.05, 0.02, 0.01, 0.005, 0.001] {
      print("clean models with p < \(level): \(clean.count { $0.p < level }) of \(clean.count)")
    }
  }

  /// What was measured, for whoever wants to look closer.
  static func dump(
    _ report: BackdoorReport, _ kind: Poison, _ place: Int, _ network: Network, _ target: Int,
    _ folder: String
  ) {
    guard ProcessInfo.processInfo.environment["DUMP"] != nil else { return }
    let values = report.observation.map { "\"\($0.key.rawValue)\":\($0.value)" }.sorted().joined(
      separator: ",")
    let line =
      "{\"kind\":\"\(kind.rawValue)\",\"place\":\(place),\"network\":\"\(network.rawValue)\",\"target\":\(target),\(values)}\n"
    if let file = FileHandle(forWritingAtPath: folder + "/dump.jsonl") {
      file.seekToEndOfFile()
      file.write(Data(line.utf8))
      try? file.close()
    } else {
      _ = FileManager.default.createFile(atPath: folder + "/dump.jsonl", contents: Data(line.utf8))
    }
  }

  static func round(_ value: Double) -> String { String(format: "%.3f", value) }
}
