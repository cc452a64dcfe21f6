// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletEvidence
import MartletRegistry
import MartletRobustness
import MartletRuntime

extension ProtectRun {
  /// Measures the model on the user's data. A model that cannot be measured leaves evidence that says why; whether that is
  /// enough is the gate's business.
  func assess(
    _ sealed: SealedModel, _ prepared: Assessment?, progress: (Double, String) -> Void
  ) throws -> ProtectReport.Stage {
    let fact: RobustnessFact
    if let data, let prepared {
      fact = try measure(prepared, data, progress)
    } else {
      let reason =
        data == nil
        ? "no data were given to measure it on: name an npz file with --data"
        : "only ONNX models can be run, and this is \(sealed.format)"
      fact = RobustnessFact(unmeasured: reason, at: Date())
    }
    let evidence = store.evidence(fact, about: digest, named: model)
    let outcome: ProtectReport.Stage.Outcome = fact.linf == nil ? .skipped : .passed
    try leave(.assess, outcome: outcome, [evidence], reason: fact.reason, at: fact.at) {
      try store.registry.assess(model: model, digest: digest, evidence: [evidence])
    }
    return ProtectReport.Stage(
      stage: .assess, outcome: outcome, summary: fact.summary, findings: [], evidence: [evidence.id])
  }

  private func measure(
    _ prepared: Assessment, _ data: Dataset, _ progress: (Double, String) -> Void
  ) throws -> RobustnessFact {
    let attack = AttackOrder(plan: order.attack, radius: order.radius)
    do throws(RobustnessError) {
      let report = try prepared.run(attack) { step in
        progress(Double(step.done) / Double(max(1, step.total)), step.step)
      }
      return RobustnessFact(report, data: data.digest, at: Date())
    } catch {
      // A model that is wrong about everything has a clean accuracy of zero, which the policy is to judge.
      guard case .nothingRight(let examples) = error else { throw error }
      return RobustnessFact(
        unmeasured: error.description, clean: .init(Proportion(0, of: examples)), examples: examples,
        at: Date())
    }
  }

  /// Finds out whether the model can be measured on the data, before anything is written about either. Nil when there is
  /// nothing to measure.
  func prepareAssessment() throws -> Assessment? {
    guard let data, let file = artifact.runnableFile else { return nil }
    return try Assessment(
      model: file, inputs: data.inputs, labels: data.labels, box: data.box(), library: RuntimeLibrary.open())
  }
}

extension Artifact {
  /// The one ONNX file in it.
  var runnableFile: Bytes? {
    let files = files.filter { $0.name == "." || $0.name.hasSuffix(".onnx") }
    return files.count == 1 ? files[0].bytes : nil
  }
}

extension Dataset {
  /// Where all values lie in [0, 1], as those of images do, that is the range of each; otherwise each feature has its own.
  func box() throws -> Box {
    let values = try inputs.float32
    for index in values.indices where !(values[index] >= 0 && values[index] <= 1) {
      return try .range(of: inputs)
    }
    return .unit
  }
}

extension RobustnessFact {
  init(unmeasured reason: String, clean: Accuracy? = nil, examples: Int? = nil, at time: Date) {
    self.init(
      at: time, examples: examples, clean: clean, linf: nil, l2: nil, table: nil, attack: nil,
      differentiated: nil, trust: nil,
      checks: nil, data: nil, reason: reason)
  }

  /// For people.
  var summary: [String] {
    var lines: [String] = []
    if let clean, let examples {
      lines.append("clean accuracy \(Wording.percent(clean)) on \(examples) examples")
    }
    if let attack, let robust = linf?.values.first {
      lines.append("under attack \(Wording.percent(robust)): \(attack)")
    }
    if let trust, let checks {
      let doubts = checks.filter { $0.trust != "reliable" }.map { "\($0.name): \($0.detail)" }
      lines.append(([trust + " (\(checks.count) checks)"] + doubts).joined(separator: "; "))
    }
    if let reason { lines.append("not measured under attack: \(reason)") }
    return lines
  }
}

extension RobustnessFact.Accuracy {
  init(_ proportion: Proportion) {
    let interval = proportion.interval
    self.init(accuracy: proportion.share, low: interval.lowerBound, high: interval.upperBound)
  }
}
