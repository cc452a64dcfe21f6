// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAutodiff
package import MartletBytes
import MartletFormats
import MartletONNXSchema
package import MartletRuntime

/// How well a classifier answers, and how well it still answers when somebody changes its inputs on purpose.
package enum Robustness {
  /// How an assessment is carried out; nothing here changes what is found.
  package struct Options: Sendable {
    /// Threads for ONNX Runtime; nil for one each physical core.
    package var threads: Int?
    /// Examples run together; nil chooses by their size.
    package var batch: Int?

    package init(threads: Int? = nil, batch: Int? = nil) {
      self.threads = threads
      self.batch = batch
    }
  }

  /// How far an assessment is.
  package struct Progress: Equatable, Sendable {
    package enum Stage: String, Sendable { case clean, attack, checks }

    package let stage: Stage
    package let done: Int
    package let total: Int
  }

  /// Checks everything that can be known before anything is measured: that the model can be run, that it is a classifier,
  /// and that it answers the first example.
  ///
  /// - Parameters: as for ``evaluate(model:inputs:labels:attack:library:options:progress:)``.
  /// - Throws: ``RobustnessError``.
  package static func prepare(
    model: Bytes, inputs: Tensor, labels: [Int64], attack: PGD = PGD(), library: RuntimeLibrary,
    options: Options = Options()
  ) throws(RobustnessError) -> PreparedAssessment {
    let assessment = try Assessment(model, inputs, labels, attack, library, options)
    _ = try assessment.classifier.classes(of: inputs.rows(0..<1))
    return PreparedAssessment(assessment)
  }

  /// What a model says to some inputs; nil where its scores are not finite.
  /// - Throws: ``RobustnessError``.
  package static func answers(
    of model: Bytes, to inputs: Tensor, library: RuntimeLibrary, options: Options
  ) throws(RobustnessError) -> [Int64?] {
    guard inputs.type == .float32 else { throw .inputType(found: inputs.type.description) }
    let session = try running { () throws(RuntimeError) in
      try Session(library: library, model: model.span, options: .init(threads: options.threads))
    }
    let classifier = try Classifier(session)
    let (rows, batch) = (inputs.rowCount ?? 0, options.batch ?? 256)
    var answers: [Int64?] = []
    while answers.count < rows {
      answers += try classifier.classes(of: inputs.rows(answers.count..<min(answers.count + batch, rows)))
    }
    return answers
  }

  /// Measures clean accuracy, and robust accuracy under `attack` when the model has a gradient.
  ///
  /// - Parameters:
  ///   - model: an ONNX classifier with one float32 input, the example, and scores or labels as output.
  ///   - inputs: float32, one row an example, inside of the attack's box.
  ///   - labels: the right class of each row.
  /// - Throws: ``RobustnessError``.
  package static func evaluate(
    model: Bytes, inputs: Tensor, labels: [Int64], attack: PGD = PGD(), library: RuntimeLibrary,
    options: Options = Options(), progress: (Progress) -> Void = { _ in }
  ) throws(RobustnessError) -> RobustnessReport {
    try PreparedAssessment(Assessment(model, inputs, labels, attack, library, options)).run(progress)
  }
}

/// A model and data that fit each other. Only ``Robustness`` makes one.
package struct PreparedAssessment: Sendable {
  let assessment: Assessment

  fileprivate init(_ assessment: Assessment) {
    self.assessment = assessment
  }

  /// Measures clean accuracy, and robust accuracy when the model has a gradient.
  /// - Throws: ``RobustnessError``.
  package func run(
    _ progress: (Robustness.Progress) -> Void = { _ in }
  ) throws(RobustnessError) -> RobustnessReport {
    let clock = ContinuousClock()
    let start = clock.now
    let clean = try assessment.cleanOutcomes(progress)
    let robustness: RobustnessReport.Robustness =
      switch Self.gradient(of: assessment.model) {
      case .success(let loss): .assessed(try assessment.attack(loss, clean: clean, progress))
      case .failure(let error): .notAssessed(reason: assessment.model.reason(of: error))
      }
    return RobustnessReport(
      clean: Proportion(clean.count { $0 }, of: clean.count), answeredBy: assessment.classifier.output,
      robustness: robustness, time: Elapsed(seconds: (clock.now - start) / .seconds(1)))
  }

  private static func gradient(of model: ONNXModel) -> Result<LossGradient, AutodiffError> {
    do { return .success(try LossGradient.of(model)) } catch { return .failure(error) }
  }
}

extension ONNXModel {
  /// Names the operators that stand in the way first: behind one that is unknown nothing is known of the shapes, and the
  /// error itself may only say that.
  func reason(of error: AutodiffError) -> String {
    let known = Set(GradientRules.supported + GradientRules.zero)
    let blocking = Set(
      proto.graph.node.lazy.filter {
        !["", "ai.onnx"].contains($0.domain) || !known.contains($0.opType)
      }
      .map(\.opType))
    guard !blocking.isEmpty else { return error.description }
    let names = blocking.sorted().prefix(5).joined(separator: ", ")
    return "the model has operators without a derivative: \(names): \(error)".visible
  }
}
