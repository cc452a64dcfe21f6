// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccess
import MartletGuard

/// What the guard costs a served question of one row, on one thread: the distance to 512 references, and everything together
/// (who may ask at all, rate, budget, ranges, three channels, three parties, what is written into the ledger, rounding).
///
///     swift run -c release --package-path Benchmarks guard-benchmark
@main
enum GuardBenchmark {
  private static let rounds = 5_000
  private static let layerWidth = 128
  private static let classes = 10

  static func main() throws {
    let head = "| elements of the input | distance, median | whole guard, median | p99 |\n|---|---|---|---|\n"
    try FileHandle.standardOutput.write(contentsOf: Data(head.utf8))
    for width in [64, 784, 3_072, 150_528] {
      try FileHandle.standardOutput.write(contentsOf: Data(line(width).utf8))
    }
  }

  private static func line(_ width: Int) throws -> String {
    var state: UInt64 = 1
    /// A congruential generator: what the numbers are does not matter here.
    func unit() -> Float {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float(state >> 40) * 0x1p-24
    }
    func rows(_ count: Int) -> GuardCalibration.Rows {
      func values(_ width: Int) -> [Float] {
        (0..<count * width).map { _ in unit() }
      }
      return .init(
        inputs: values(width), layer: values(layerWidth), scores: values(classes), count: count)
    }
    let side = width > 10_000 ? 100 : 600
    let (known, heldOut) = (rows(side), rows(side))
    let calibration = try GuardCalibration(
      .init(
        model: String(repeating: "0", count: 64), input: "x", layer: "h", output: "y",
        profile: .init(of: heldOut.inputs, shape: [1, width])), heldOut: heldOut, known: known)
    var policy = GuardPolicy()
    policy.rate.key = QueryRate(burst: 1_000_000_000, perSecond: 1e9)
    policy.budget.tenant = QueryBudget(queries: 4_000_000_000)
    policy.response = ResponsePolicy(decimals: 2, top: 3)
    let ledger = FileManager.default.temporaryDirectory.appending(path: "guard \(UUID()).ledger").path
    defer { try? FileManager.default.removeItem(atPath: ledger) }
    let sentry = try Guard(calibration, policy: policy, book: GuardBook(ledger))
    let asker = Asker(key: "6f1d2c3b", tenant: "hospital", network: "10.0.0.0/24")
    let input = Array(heldOut.inputs.prefix(width))
    let layer = Array(heldOut.layer.prefix(layerWidth))
    let scores = Array(heldOut.scores.prefix(classes))
    let now = Date()
    var (alone, whole): ([Double], [Double]) = ([], [])
    let clock = ContinuousClock()
    var seen: UInt32 = 0
    for _ in 0..<rounds {
      let first = clock.measure { seen &+= UInt32(calibration.inputMarks(input.span).bits) }
      let second = clock.measure {
        try? sentry.allow(asker, at: now)
        try? sentry.admit(asker, rows: 1, at: now)
        try? calibration.profile.check(input.span)
        let judgement = sentry.judge(
          asker, inputs: input.span, layer: layer.span, scores: scores.span, rows: 1, at: now)
        var shaped = scores
        sentry.shape(&shaped, classes: classes, inputs: input.span, by: judgement.response)
        seen &+= UInt32(shaped.count)
      }
      alone.append(first.microseconds)
      whole.append(second.microseconds)
    }
    precondition(seen > 0)
    func text(_ times: [Double], _ share: Double) -> String {
      let sorted = times.sorted()
      return String(format: "%.1f µs", sorted[Int(share * Double(sorted.count - 1))])
    }
    return "| \(width) | \(text(alone, 0.5)) | \(text(whole, 0.5)) | \(text(whole, 0.99)) |\n"
  }
}

extension Duration {
  fileprivate var microseconds: Double {
    Double(components.seconds) * 1e6 + Double(components.attoseconds) * 1e-12
  }
}
