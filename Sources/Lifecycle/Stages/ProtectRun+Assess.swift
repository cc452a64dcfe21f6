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
    _ sealed: SealedModel, _ prepared: PreparedAssessment?, progress: (Double, String) -> Void
  ) throws -> ProtectReport.Stage {
    let fact: RobustnessFact
    if let data, let prepared {
      let report = try prepared.run { step in
        progress(Double(step.done) / Double(max(1, step.total)), step.stage.rawValue)
      }
      fact = RobustnessFact(report, radius: order.radius, data: data, at: Date())
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

  /// Finds out whether the model can be measured on the data, before anything is written about either. Nil when there is
  /// nothing to measure.
  func prepareAssessment() throws -> PreparedAssessment? {
    guard let data, let file = artifact.runnableFile else { return nil }
    let isUnit = try data.isInUnitRange()
    let attack = PGD(
      radius: order.radius, steps: order.steps, box: isUnit ? .unit : try Box.range(of: data.inputs))
    return try Robustness.prepare(
      model: file, inputs: data.inputs, labels: data.labels, attack: attack, library: RuntimeLibrary.open())
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
  /// Whether all values lie in [0, 1], as those of images do; then the radius means the same for every feature.
  func isInUnitRange() throws -> Bool {
    let values = try inputs.float32
    for index in values.indices where !(values[index] >= 0 && values[index] <= 1) { return false }
    return true
  }
}

extension RobustnessFact {
  init(unmeasured reason: String, at time: Date) {
    self.init(
      at: time, examples: nil, clean: nil, linf: nil, attack: nil, differentiated: nil, trust: nil,
      checks: nil,
      data: nil, reason: reason)
  }

  init(_ report: RobustnessReport, radius: Float, data: Dataset, at time: Date) {
    let reason: String? = if case .notAssessed(let why) = report.robustness { why } else { nil }
    self.init(
      at: time, examples: data.labels.count, clean: Accuracy(report.clean),
      linf: report.attack.map { ["\(radius)": Accuracy($0.robust)] },
      attack: report.attack.map { "\($0.attack)" }, differentiated: report.attack?.differentiated,
      trust: report.attack?.trust.rawValue,
      checks: report.attack?.checks.map { Check(name: $0.name, trust: $0.trust.rawValue, detail: $0.detail) },
      data: data.digest, reason: reason)
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
