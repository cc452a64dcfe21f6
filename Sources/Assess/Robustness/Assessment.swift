// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAutodiff
import MartletBytes
import MartletFormats
import MartletRuntime

/// One model and its data, checked and ready to be measured.
struct Assessment {
  let model: ONNXModel
  let classifier: Classifier
  private let bytes: Bytes
  let inputs: Tensor
  let labels: [Int64]
  private let attack: PGD
  let bounds: Bounds
  let library: RuntimeLibrary
  let options: Session.Options
  let batch: Int

  init(
    _ bytes: Bytes, _ inputs: Tensor, _ labels: [Int64], _ attack: PGD, _ library: RuntimeLibrary,
    _ options: Robustness.Options
  ) throws(RobustnessError) {
    try attack.check()
    guard inputs.type == .float32 else { throw .inputType(found: inputs.type.description) }
    guard let rows = inputs.rowCount, inputs.count > 0 else { throw .noExamples }
    guard rows == labels.count else { throw .labelCount(examples: rows, labels: labels.count) }
    let width = inputs.count / rows
    bounds = try Bounds(attack.box, features: width)
    let values: Span<Float>
    do { values = try inputs.float32 } catch { throw .runtime(error) }
    try bounds.check(values)
    do { model = try ONNXModel(bytes) } catch { throw .model(error) }
    self.bytes = bytes
    self.inputs = inputs
    self.labels = labels
    self.attack = attack
    self.library = library
    self.options = Session.Options(threads: options.threads)
    // About four megabytes of input at once: what a model computes on the way is many times that.
    batch = max(1, options.batch ?? min(256, (1 << 20) / width))
    classifier = try Self.classifier(bytes, library, self.options)
    if let classes = classifier.classes { try check(labels: classes) }
  }

  func check(labels classes: Int) throws(RobustnessError) {
    if let row = labels.firstIndex(where: { $0 < 0 || $0 >= classes }) {
      throw .labelOutOfRange(row: row, label: labels[row], classes: classes)
    }
  }

  private static func classifier(
    _ bytes: Bytes, _ library: RuntimeLibrary, _ options: Session.Options
  ) throws(RobustnessError) -> Classifier {
    let session = try running { () throws(RuntimeError) in
      try Session(library: library, model: bytes.span, options: options)
    }
    return try Classifier(session)
  }

  func freshSession() throws(RobustnessError) -> Session {
    try running { () throws(RuntimeError) in
      try Session(library: library, model: bytes.span, options: options)
    }
  }

  /// The model as it is, in a session of its own.
  func freshClassifier() throws(RobustnessError) -> Classifier {
    try Self.classifier(bytes, library, options)
  }

  /// Whether the model is right about each example as it is.
  func cleanOutcomes(_ progress: (Robustness.Progress) -> Void) throws(RobustnessError) -> [Bool] {
    var outcomes: [Bool] = []
    while outcomes.count < labels.count {
      progress(Robustness.Progress(stage: .clean, done: outcomes.count, total: labels.count))
      let rows = outcomes.count..<min(outcomes.count + batch, labels.count)
      let classes = try classifier.classes(of: inputs.rows(rows))
      outcomes += zip(classes, labels[rows]).map { $0 == $1 }
    }
    progress(Robustness.Progress(stage: .clean, done: labels.count, total: labels.count))
    return outcomes
  }

  func attack(
    _ loss: LossGradient, clean: [Bool], _ progress: (Robustness.Progress) -> Void
  ) throws(RobustnessError) -> AttackReport {
    try check(labels: loss.classCount)
    let gradient = try GradientModel(loss, library: library, options: options)
    let attacker = Attacker(model: gradient, inputs: inputs, labels: labels, bounds: bounds, batch: batch)
    let right = clean.indices.filter { clean[$0] }
    var decided = 0
    let found = try attacker.run(attack, on: right) { count in
      decided += count
      progress(Robustness.Progress(stage: .attack, done: decided, total: right.count))
    }
    let claimed = zip(right, found.adversarials).compactMap { row, point in point.map { (row, $0) } }
    let replayed = try replay(claimed)
    let fooled = replayed.filter(\.holds)
    var outcomes = clean.map { $0 ? AttackReport.Outcome.resisted : .misclassified }
    for adversarial in fooled { outcomes[adversarial.row] = .fooled }

    let checks = try TrustChecks(
      attacker: attacker, attack: attack, right: right,
      resisted: outcomes.indices.filter { outcomes[$0] == .resisted },
      undefined: found.undefined, replayed: replayed.map(\.holds)
    ).run { done, total in progress(Robustness.Progress(stage: .checks, done: done, total: total)) }
    return AttackReport(
      robust: Proportion(outcomes.count { $0 == .resisted }, of: outcomes.count), attack: attack,
      differentiated: gradient.differentiated, outcomes: outcomes,
      adversarials: try tensor(of: fooled.map(\.point)), adversarialRows: fooled.map(\.row),
      trust: checks.map(\.trust).min() ?? .reliable, checks: checks)
  }

  private struct Replayed {
    let row: Int
    let point: [Float]
    /// Whether the point is allowed and fools the model as its users run it.
    let holds: Bool
  }

  /// Gives every adversarial input to the original model in a fresh session: what does not fool it there does not count.
  private func replay(_ adversarials: [(row: Int, point: [Float])]) throws(RobustnessError) -> [Replayed] {
    let original = try freshClassifier()
    let examples = try running { () throws(RuntimeError) in try inputs.array(of: Float.self) }
    var result: [Replayed] = []
    while result.count < adversarials.count {
      let part = adversarials[result.count..<min(result.count + batch, adversarials.count)]
      guard let points = try tensor(of: part.map(\.point)) else { break }
      let classes = try original.classes(of: points)
      for ((row, point), answer) in zip(part, classes) {
        let width = point.count
        let isNear = bounds.contains(point, around: examples[row * width..<(row + 1) * width], attack.radius)
        result.append(Replayed(row: row, point: point, holds: isNear && answer != labels[row]))
      }
    }
    return result
  }

  func tensor(of points: [[Float]]) throws(RobustnessError) -> Tensor? {
    guard !points.isEmpty else { return nil }
    return try running { () throws(RuntimeError) in
      try Tensor(float32: points.flatMap { $0 }, shape: [points.count] + inputs.shape.dropFirst())
    }
  }
}

extension Bounds {
  /// Whether a point is in the box and no feature of it is further than `radius` of its width from the example. The
  /// comparison allows for the rounding of one float addition.
  func contains(_ point: [Float], around example: ArraySlice<Float>, _ radius: Float) -> Bool {
    zip(point.indices, example).allSatisfy { feature, centre in
      let reach = radius * (high[feature] - low[feature])
      return point[feature] >= low[feature] && point[feature] <= high[feature]
        && abs(point[feature] - centre) <= reach + max(abs(centre), reach) * 4 * Float.ulpOfOne
    }
  }
}
