// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAccess

/// How long one decision about access takes: what every request pays. Prints the median and the worst hundredth, in
/// microseconds.
///
///     swift run -c release --package-path Benchmarks access-benchmark
@main struct AccessBenchmark {
  /// Somebody as they are granted things, and a question about it.
  struct Question {
    let name: String
    let resource: Resource
    let context: AccessContext
  }

  static let somebody = Principal(id: "f894965b-de59-4514-a867-e4e6aae2cccc", name: "line-4", kind: .service)

  static let questions = [
    Question(
      name: "one grant", resource: .model("digits"),
      context: AccessContext(grants: [grant("digits")])),
    Question(
      name: "20 grants with patterns, a scope", resource: .model("scoring-eu-2026-fraud"),
      context: AccessContext(
        grants: (0..<20).map { grant("scoring-*-\($0)-*") } + [grant("scoring-*")],
        scope: Scope(actions: [.view, .predict], models: [NamePattern("scoring-*")]))),
    Question(
      name: "100 grants, nothing allowed", resource: .model("scoring-eu-2026-fraud"),
      context: AccessContext(grants: (0..<100).map { grant("pricing-\($0)-*") })),
  ]

  static func grant(_ models: String) -> Grant {
    Grant(principal: somebody.id, role: .predictor, models: models)
  }

  static func main() {
    let clock = ContinuousClock()
    for question in questions {
      var allowed = 0
      var times = (0..<2_000).map { _ in
        let batch = 100
        let time = clock.measure {
          for _ in 0..<batch
          where authorize(somebody, .predict, question.resource, context: question.context).allowed {
            allowed += 1
          }
        }
        return Double(time.components.attoseconds) / 1e12 / Double(batch)
      }
      times.sort()
      print(
        "\(question.name): \(text(times[1_000])) µs, \(text(times[1_980])) µs (\(allowed > 0 ? "allowed" : "denied"))"
      )
    }
  }

  /// With two digits behind the point.
  static func text(_ time: Double) -> String {
    let hundredths = Int(time * 100 + 0.5)
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
  }
}
