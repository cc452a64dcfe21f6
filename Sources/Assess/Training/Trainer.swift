// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletAutodiff
package import MartletFormats
package import MartletRuntime

/// Trains models of one architecture in ONNX Runtime. The sessions are made once; each training starts from weights of its own, so
/// many models can be trained, also at once.
///
///     let trainer = try Trainer(model, library: try RuntimeLibrary.open())
///     let data = try TrainingData(inputs: images, labels: labels)
///     let trained = try trainer.train(data, recipe: TrainingRecipe(epochs: 10, seed: 7))
///     let scores = try trained.logits(for: images)
///     let file = try trained.model()
///
/// A step is one run of one graph (``UpdateGraph``); weights and the optimiser's lists stay in the memory of ONNX Runtime. The same
/// seed gives the same weights, bit for bit, with the same number of threads, version of ONNX Runtime and processor.
package final class Trainer: Sendable {
  package struct Options: Sendable {
    package var optimiser: Optimiser
    /// The largest norm that the slope by all weights together keeps; nil for any.
    package var clipping: Double?
    package var batchStatistics: BatchStatistics
    /// Weights that stay as they are in the model, by name.
    package var frozen: Set<String>
    /// The output that tells the class; when left out, the first that has a score for each class.
    package var output: String?
    /// Threads for one step. With 1, several trainings at once share the cores without quarrels.
    package var threads: Int

    package init(
      optimiser: Optimiser = .adamW(), clipping: Double? = nil, batchStatistics: BatchStatistics = .ofBatch,
      frozen: Set<String> = [], output: String? = nil, threads: Int = 1
    ) {
      (self.optimiser, self.clipping, self.batchStatistics) = (optimiser, clipping, batchStatistics)
      (self.frozen, self.output, self.threads) = (frozen, output, threads)
    }
  }

  package let options: Options
  let architecture: ONNXModel
  let gradient: WeightGradient
  let update: UpdateGraph
  let prediction: WeightedLogits
  let roles: [String: WeightRole]
  private let stepSession: Session
  private let predictionSession: Session
  /// The weights and the running statistics of the model itself.
  let original: (weights: Tensor, statistics: Tensor?)

  /// The weights that are trained, in the order of their list.
  package var weights: [WeightSlot] { gradient.weights }
  package var classes: Int { gradient.classCount }

  /// - Throws: ``TrainingError``, naming the operator that stands in the way.
  package init(
    _ model: ONNXModel, options: Options = Options(), library: RuntimeLibrary
  ) throws(TrainingError) {
    try options.optimiser.check()
    if let clipping = options.clipping, !(clipping > 0 && clipping.isFinite) {
      throw .unsuitableRecipe(parameter: "clipping", reason: "expected a norm above 0, found \(clipping)")
    }
    let found = WeightRoles(of: model)
    let candidates = found.weightNames.filter { !options.frozen.contains($0) }
    guard !candidates.isEmpty else { throw .noWeights }
    (self.options, architecture, roles) = (options, model, found.roles)
    do throws(AutodiffError) {
      gradient = try WeightGradient.of(
        model, weights: candidates, batchStatistics: options.batchStatistics, output: options.output)
      prediction = try gradient.logits(of: model, output: options.output)
    } catch { throw .gradient(error) }
    update = try UpdateGraph(gradient, optimiser: options.optimiser, clipping: options.clipping)
    let settings = Session.Options(threads: options.threads)
    func session(_ graph: [UInt8]) throws(TrainingError) -> Session {
      try running { () throws(RuntimeError) in
        try Session(library: library, model: graph.span, options: settings)
      }
    }
    stepSession = try session(update.serialized)
    predictionSession = try session(prediction.serialized)
    for input in predictionSession.inputs where input.name == gradient.inputName {
      if case .fixed(let size)? = input.shape?.first { throw .fixedBatch(size) }
    }
    let values = model.constants(gradient.weights + gradient.statistics)
    original = (
      try Self.list(gradient.weights, values),
      gradient.statistics.isEmpty ? nil : try Self.list(gradient.statistics, values)
    )
  }

  private static func list(
    _ slots: [WeightSlot], _ values: [String: [Float]]
  ) throws(TrainingError) -> Tensor {
    let list = slots.flatMap { values[$0.name] ?? [] }
    return try running { () throws(RuntimeError) in try Tensor(float32: list, shape: [list.count]) }
  }

  /// What a training starts from.
  package enum Start: Sendable {
    /// The architecture alone, with weights that the seed decides (``WeightRole``).
    case fresh
    /// The weights of the model.
    case model
    /// The weights of a model that this trainer has trained.
    case trained(TrainedModel)
  }

  /// What changes from step to step.
  package struct State: Sendable {
    /// float32 [P]
    package fileprivate(set) var weights: Tensor
    fileprivate(set) var statistics: Tensor?
    fileprivate var optimiser: [Tensor]
    /// How many steps were taken.
    package fileprivate(set) var steps = 0
  }

  package func state(_ start: Start, seed: UInt64) throws(TrainingError) -> State {
    var (weights, statistics) = original
    switch start {
    case .fresh:
      // A role that is not known is that of a constant which is trained for another reason than its use; none is.
      weights = try fresh(gradient.weights, seed)
      if statistics != nil { statistics = try fresh(gradient.statistics, seed) }
    case .model: break
    case .trained(let model): (weights, statistics) = (model.weightList, model.statistics)
    }
    let count = weights.count
    var lists: [Tensor] = []
    for _ in update.stateNames {
      lists.append(try running { () throws(RuntimeError) in try Tensor(float32Shape: [count]) { _ in } })
    }
    return State(weights: weights, statistics: statistics, optimiser: lists)
  }

  private func fresh(_ slots: [WeightSlot], _ seed: UInt64) throws(TrainingError) -> Tensor {
    var random = SeededRandom(seed: seed, stream: 1)
    return try running { () throws(RuntimeError) in
      try Tensor(float32Shape: [slots.last?.range.upperBound ?? 0]) { list in
        for slot in slots { (roles[slot.name] ?? .bias).fill(&list, slot.range, &random) }
      }
    }
  }

  /// One step: the weights follow the slope of the loss over the batch once.
  /// - Returns: the loss before the step, which may be NaN.
  package func step(
    _ state: inout State, _ batch: TrainingBatch, learningRate: Double
  ) throws(TrainingError) -> Float {
    let rates = options.optimiser.rates(learningRate: learningRate, step: state.steps + 1)
    var inputs = [
      (gradient.inputName, batch.inputs), (gradient.targetsName, batch.targets),
      (gradient.sharesName, batch.shares), (gradient.weightsName, state.weights),
    ]
    if let name = gradient.statisticsName, let statistics = state.statistics {
      inputs.append((name, statistics))
    }
    for (names, list) in zip(update.stateNames, state.optimiser) { inputs.append((names.before, list)) }
    let made = try running { () throws(RuntimeError) in
      for (name, rate) in zip(update.rateNames, rates) {
        inputs.append((name, try Tensor(float32: [Float(rate)], shape: [])))
      }
      return try stepSession.run(inputs)
    }
    func output(_ name: String) throws(TrainingError) -> Tensor {
      guard let tensor = made[name] else {
        throw .runtime(.unknownOutput(name: name, known: made.keys.sorted()))
      }
      return tensor
    }
    state.weights = try output(update.newWeightsName)
    if let name = gradient.newStatisticsName { state.statistics = try output(name) }
    for (place, names) in update.stateNames.enumerated() {
      state.optimiser[place] = try output(names.after)
    }
    state.steps += 1
    let loss = try output(gradient.lossName)
    return try running { () throws(RuntimeError) in try loss.float32[0] }
  }

  /// The model at some step.
  /// - Parameter losses: what ``TrainedModel/losses`` shall say.
  package func trained(_ state: State, losses: [Double] = []) -> TrainedModel {
    TrainedModel(self, weights: state.weights, statistics: state.statistics, losses: losses)
  }

  /// The logits [N, K] of some examples by some weights, a batch at a time.
  func logits(for inputs: Tensor, weights: Tensor, statistics: Tensor?) throws(TrainingError) -> Tensor {
    let rows = inputs.rowCount ?? 0
    let size = 256
    var parts: [Tensor] = []
    for start in stride(from: 0, to: rows, by: size) {
      let batch = inputs.rows(start..<min(start + size, rows))
      var given = [(prediction.inputName, batch), (prediction.weightsName, weights)]
      if let name = prediction.statisticsName, let statistics { given.append((name, statistics)) }
      let made = try running { () throws(RuntimeError) in try predictionSession.run(given) }
      if let part = made[prediction.logitsName] { parts.append(part) }
    }
    let classes = classes
    return try running { () throws(RuntimeError) in
      let spans = try parts.map { (part) throws(RuntimeError) in try part.array(of: Float.self) }
      return try Tensor(float32: Array(spans.joined()), shape: [rows, classes])
    }
  }
}
