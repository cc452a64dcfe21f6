// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAutodiff
package import MartletBytes
import MartletFormats
import MartletONNXSchema
package import MartletRuntime

/// One model and data that fit each other, checked and ready to be measured.
package struct Assessment: Sendable {
  /// How it is carried out; nothing here changes what is found.
  package struct Options: Sendable {
    /// Cores that share the work; nil for all.
    package var threads: Int?
    /// Examples run together; nil for as many as fit into ``memory``.
    package var batch: Int?
    /// Bytes that the tensors of one run may take, as far as their sizes are known before.
    package var memory: Int

    package init(threads: Int? = nil, batch: Int? = nil, memory: Int = 1 << 30) {
      self.threads = threads
      self.batch = batch
      self.memory = memory
    }
  }

  let model: ONNXModel
  let classifier: Classifier
  let bytes: Bytes
  let inputs: Tensor
  let labels: [Int64]
  let box: Box
  let bounds: Bounds
  let library: RuntimeLibrary
  let sharing: Sharing
  let batch: Int

  /// Checks everything that can be known before anything is measured: that the model can be run, that it is a classifier, and that
  /// it answers the first example.
  ///
  /// - Parameters:
  ///   - model: an ONNX classifier with one float32 input, the example, and scores or labels as output.
  ///   - inputs: float32, one row an example, inside of `box`.
  ///   - labels: the right class of each row.
  /// - Throws: ``RobustnessError``.
  package init(
    model bytes: Bytes, inputs: Tensor, labels: [Int64], box: Box = .unit, library: RuntimeLibrary,
    options: Options = Options()
  ) throws(RobustnessError) {
    guard inputs.type == .float32 else { throw .inputType(found: inputs.type.description) }
    guard let rows = inputs.rowCount, inputs.count > 0 else { throw .noExamples }
    guard rows == labels.count else { throw .labelCount(examples: rows, labels: labels.count) }
    let width = inputs.count / rows
    bounds = try Bounds(box, features: width)
    let values: Span<Float>
    do { values = try inputs.float32 } catch { throw .runtime(error) }
    try bounds.check(values)
    let parsed = try Self.parsed(bytes)
    if let completed = parsed.withInputs(ofExamples: Array(inputs.shape.dropFirst())) {
      (model, self.bytes) = (completed.model, Bytes(completed.bytes))
    } else {
      (model, self.bytes) = (parsed, bytes)
    }
    self.inputs = inputs
    self.labels = labels
    self.box = box
    self.library = library
    let loss: LossGradient? = try? .of(model)
    let needed = loss?.bytes(perExampleOf: Array(inputs.shape.dropFirst()))
    batch = try Self.batch(options, needed, width: width)
    sharing = Sharing(model, threads: options.threads, bytes: needed)
    classifier = try Classifier(Self.session(self.bytes, library, sharing.options), of: model, sharing)
    if let classes = classifier.classes { try check(labels: classes) }
    _ = try classifier.classes(of: inputs.rows(0..<1))
  }

  /// As many examples as fit, at most 256. Where the sizes are not known before, about four megabytes of input: what a model
  /// computes on the way is many times that.
  private static func batch(
    _ options: Options, _ needed: Int?, width: Int
  ) throws(RobustnessError) -> Int {
    if let batch = options.batch { return max(1, batch) }
    guard let needed else { return max(1, min(256, (1 << 20) / width)) }
    guard needed <= options.memory else { throw .tooLarge(needed: needed, limit: options.memory) }
    return max(1, min(256, options.memory / max(1, needed)))
  }

  func check(labels classes: Int) throws(RobustnessError) {
    if let row = labels.firstIndex(where: { $0 < 0 || $0 >= classes }) {
      throw .labelOutOfRange(row: row, label: labels[row], classes: classes)
    }
  }

  private static func parsed(_ bytes: Bytes) throws(RobustnessError) -> ONNXModel {
    do { return try ONNXModel(bytes) } catch { throw .model(error) }
  }

  private static func session(
    _ bytes: Bytes, _ library: RuntimeLibrary, _ options: Session.Options
  ) throws(RobustnessError) -> Session {
    try running { () throws(RuntimeError) in
      try Session(library: library, model: bytes.span, options: options)
    }
  }

  func freshSession() throws(RobustnessError) -> Session { try Self.session(bytes, library, sharing.options) }

  /// Whether the model is right about each example as it is.
  func cleanOutcomes(_ progress: (PlanProgress) -> Void) throws(RobustnessError) -> [Bool] {
    var outcomes: [Bool] = []
    while outcomes.count < labels.count {
      progress(.init(step: "clean accuracy", done: outcomes.count, total: labels.count))
      let rows = outcomes.count..<min(outcomes.count + batch, labels.count)
      let classes = try classifier.classes(of: inputs.rows(rows))
      outcomes += zip(classes, labels[rows]).map { $0 == $1 }
    }
    progress(.init(step: "clean accuracy", done: labels.count, total: labels.count))
    return outcomes
  }

  /// What the original model says to some inputs, in a session of its own.
  func answers(to points: [[Float]]) throws(RobustnessError) -> [Int64?] {
    let original = try Classifier(freshSession(), of: model, sharing)
    var answers: [Int64?] = []
    while answers.count < points.count {
      let part = points[answers.count..<min(answers.count + batch, points.count)]
      answers += try original.classes(of: tensor(of: Array(part)))
    }
    return answers
  }

  /// Some inputs, in the model's units and in the shape of its input.
  func tensor(of points: [[Float]]) throws(RobustnessError) -> Tensor {
    try running { () throws(RuntimeError) in
      try Tensor(float32: points.flatMap { $0 }, shape: [points.count] + inputs.shape.dropFirst())
    }
  }

  /// The places of some examples in the unit space.
  func centers(of rows: [Int]) throws(RobustnessError) -> [[Float]] {
    guard !rows.isEmpty else { return [] }
    let values = try running { () throws(RuntimeError) in try inputs.rows(rows).array(of: Float.self) }
    let (all, width) = (UnitSpace(bounds).places(of: values), bounds.low.count)
    return rows.indices.map { Array(all[$0 * width..<($0 + 1) * width]) }
  }

  /// What a model says to some inputs; nil where its scores are not finite.
  /// - Throws: ``RobustnessError``.
  package static func answers(
    of model: Bytes, to inputs: Tensor, library: RuntimeLibrary, options: Options = Options()
  ) throws(RobustnessError) -> [Int64?] {
    guard inputs.type == .float32 else { throw .inputType(found: inputs.type.description) }
    let parsed = try parsed(model)
    let sharing = Sharing(parsed, threads: options.threads, bytes: nil)
    let classifier = try Classifier(session(model, library, sharing.options), of: parsed, sharing)
    let (rows, batch) = (inputs.rowCount ?? 0, options.batch ?? 256)
    var answers: [Int64?] = []
    while answers.count < rows {
      answers += try classifier.classes(of: inputs.rows(answers.count..<min(answers.count + batch, rows)))
    }
    return answers
  }
}

extension ONNXModel {
  /// Names the operators that stand in the way: behind one that is unknown nothing is known of the shapes, and the error itself may
  /// only say that.
  func reason(of error: AutodiffError) -> String {
    if case .unsupportedOperator = error { return error.description }
    let known = Set(GradientRules.supported + GradientRules.zero)
    let blocking = Set(
      proto.graph.node.lazy.filter {
        !["", "ai.onnx"].contains($0.domain) || !known.contains($0.opType)
      }
      .map(\.opType))
    guard !blocking.isEmpty else { return error.description }
    let names = blocking.sorted().prefix(5).joined(separator: ", ")
    return "the model has operators without a derivative: \(names)".visible
  }
}
