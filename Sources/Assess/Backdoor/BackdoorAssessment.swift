// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAutodiff
package import MartletBytes
import MartletEvidence
import MartletFormats
import MartletLearners
import MartletONNXSchema
package import MartletRuntime
import MartletTraining
import SwiftProtobuf
import Synchronization

/// Looks for a backdoor in a classifier: for each class the smallest trigger and the largest margin, against clean models of the same
/// architecture that are trained here.
///
///     let assessment = try BackdoorAssessment(model: file, data: clean, library: library)
///     let report = try assessment.run(BackdoorOrder())
package struct BackdoorAssessment: Sendable {
  private enum Subject: Sendable {
    case network(ONNXModel, Trainer)
    case forest(AskedModel)
  }

  private let subject: Subject
  private let data: CleanData
  private let values: [Float]
  private let labels: [Int]
  private let domain: InputDomain
  private let classes: Int
  private let library: RuntimeLibrary
  /// Of what references depend on.
  private let key: String

  /// - Parameters:
  ///   - bytes: an ONNX file with its weights.
  ///   - data: clean, which nobody can check but who names them.
  /// - Throws: ``BackdoorError``.
  package init(model bytes: Bytes, data: CleanData, library: RuntimeLibrary) throws(BackdoorError) {
    let model: ONNXModel
    do { model = try ONNXModel(bytes) } catch { throw .model(error) }
    (self.data, self.library) = (data, library)
    values = try running { () throws(RuntimeError) in try data.inputs.array(of: Float.self) }
    labels = data.labels.map { Int(clamping: $0) }
    let shape = Array(data.inputs.shape.dropFirst())
    domain = InputDomain(values, shape: shape)
    if model.proto.graph.node.contains(where: { $0.opType.hasPrefix("TreeEnsemble") }) {
      let forest = try AskedModel(model, library: library)
      (subject, classes) = (.forest(forest), forest.classes)
      guard shape.count == 1 else {
        throw .data(reason: "expected rows of a table for a forest, found rows of the shape \(shape)")
      }
      // One row tells whether the rest fits, before anything else is said about the data.
      _ = try forest.scores(Array(values.prefix(domain.width)), width: domain.width)
    } else {
      // Whether there are slopes is asked first: its answer says more than that of training.
      let slopes = try Slopes(of: model, loss: .crossEntropy, shape: shape, library: library)
      _ = try slopes(Array(values.prefix(domain.width)), labels: [0])
      let trainer = try training { () throws(TrainingError) in
        try Trainer(model, options: .init(optimiser: .adamW(decay: 0)), library: library)
      }
      (subject, classes) = (.network(model, trainer), slopes.classes)
    }
    try data.check(classes: classes)
    key = try Self.key(model, data)
  }

  /// Digests of the architecture, which is the model without what is trained, and of the data.
  private static func key(_ model: ONNXModel, _ data: CleanData) throws(BackdoorError) -> String {
    var proto = model.proto
    (proto.producerName, proto.producerVersion, proto.docString) = ("", "", "")
    proto.metadataProps = []
    for place in proto.graph.initializer.indices
    where proto.graph.initializer[place].dataType == ONNXTensorProto.DataType.float.rawValue {
      proto.graph.initializer[place].rawData = Data()
      proto.graph.initializer[place].floatData = []
    }
    // The trees of a forest are what is trained; references depend on how many there are.
    for place in proto.graph.node.indices where proto.graph.node[place].opType.hasPrefix("TreeEnsemble") {
      proto.graph.node[place].attribute.removeAll {
        $0.name.hasPrefix("nodes_") || $0.name.hasPrefix("class_")
      }
    }
    var options = BinaryEncodingOptions()
    options.useDeterministicOrdering = true
    let graph: [UInt8]
    do { graph = try proto.serializedBytes(options: options) } catch {
      throw .data(reason: "expected a model of less than 2 GiB, found a larger one")
    }
    var bytes: [UInt8] = []
    for (inputs, labels) in [(data.inputs, data.labels)]
      + (data.learned.map { [($0.inputs, $0.labels)] } ?? [])
    {
      bytes += inputs.bytes
      bytes += labels.flatMap { label in (0..<8).map { UInt8(truncatingIfNeeded: label >> (8 * $0)) } }
    }
    return Digest.of(Array((Digest.of(graph).hex + Digest.of(bytes).hex).utf8)).hex
  }

  /// - Parameter progress: how many models are done, of how many; called from any thread.
  /// - Throws: ``BackdoorError``.
  package func run(
    _ order: BackdoorOrder = BackdoorOrder(),
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) throws(BackdoorError) -> BackdoorReport {
    try order.check()
    let start = ContinuousClock.now
    let parts = CleanParts(
      labels: labels, classes: classes, isApart: data.learned != nil, seed: order.seed)
    let benches = parts.parts.map { bench(on: $0, order) }
    let store = try order.cache.map { (folder) throws(BackdoorError) in
      try ReferenceStore(folder, key: key + "-\(Self.edition)-\(order.seed)-\(order.rows)-\(order.steps)")
    }
    let statistics: [Statistic]
    if case .forest = subject { statistics = [.values] } else { statistics = [.margin, .patch, .shift] }
    let kept = (0..<order.references).map { place in
      store?.observation(place, classes: classes, statistics: statistics)
    }
    let count = Counter(
      progress, of: order.references + benches.count, done: kept.count { $0 != nil })
    let workers = order.workers ?? ProcessInfo.processInfo.activeProcessorCount
    // The model itself first: where it cannot be looked at, no reference is trained.
    let looks = try concurrently(benches.count, workers: workers) { (place) throws(BackdoorError) in
      let look = try look(benches[place])
      count.up()
      return look
    }
    // As often as references are measured on a part.
    let own = Look(mean: looks, of: (0..<order.references).map { parts.part(of: $0) })
    guard own.observation.accuracy >= 1.2 / Double(classes) else {
      throw .data(
        reason:
          "the model is right about \(Int((own.observation.accuracy * 100).rounded())) % of the rows of a class, as guessing would be: are the inputs in its units, and the labels in its order?"
      )
    }
    let references = try concurrently(order.references, workers: workers) {
      (place) throws(BackdoorError) in
      if let kept = kept[place] { return kept }
      let made = try reference(
        place, benches[parts.part(of: place)], learned: parts.learned(by: place), order)
      try store?.keep(made, place)
      count.up()
      return made
    }
    let calibration = Calibration(own.observation, references: references)
    return BackdoorReport(
      order: order, domain: domain, names: data.names, classes: classes, rows: labels.count,
      learned: data.learned?.labels.count ?? parts.parts[0].learned?.all.count ?? 0,
      parts: parts.parts.count, calibration: calibration,
      observation: own.observation.values, accuracy: own.observation.accuracy,
      referenceAccuracy: references.map(\.accuracy).reduce(0, +) / Double(references.count),
      patches: own.patches, shifts: own.shifts, valueTriggers: own.triggers,
      example: example(of: calibration.target), reused: kept.count { $0 != nil },
      seconds: (ContinuousClock.now - start) / .seconds(1))
  }

  /// What references depend on beside what they are measured with.
  private static let edition = 2

  private func bench(on part: CleanParts.Part, _ order: BackdoorOrder) -> Bench {
    let width = domain.width
    return Bench(
      domain, values: part.measured.flatMap { values[$0 * width..<($0 + 1) * width] },
      labels: part.measured.map { labels[$0] }, classes: classes, each: order.rows, steps: order.steps,
      seed: order.seed)
  }

  private func look(_ bench: Bench) throws(BackdoorError) -> Look {
    switch subject {
    case .network(let model, _):
      let (observation, patches, shifts) = try bench.observation(of: model, library: library)
      return Look(observation, patches: patches, shifts: shifts)
    case .forest(let forest):
      let width = domain.width
      let accuracy = Bench.accuracy(
        try forest.scores(bench.values, width: width), bench.labels, classes: classes)
      let (observation, triggers) = try bench.observation(
        asking: { (rows) throws(BackdoorError) in
          try forest.labels(rows, width: width)
        }, accuracy: accuracy)
      return Look(observation, triggers: triggers)
    }
  }

  /// A clean model like the one that is looked at, and what is measured of it.
  private func reference(
    _ place: Int, _ bench: Bench, learned rows: [Int]?, _ order: BackdoorOrder
  ) throws(BackdoorError) -> Observation {
    let recipe = ReferenceRecipe(count: order.references, seed: order.seed)
    let (inputs, labels) = try running { () throws(RuntimeError) in
      guard let rows else { return data.learned ?? (data.inputs, data.labels) }
      return (try data.inputs.rows(rows), rows.map { data.labels[$0] })
    }
    switch subject {
    case .network(_, let trainer):
      let model = try training { () throws(TrainingError) in
        let data = try TrainingData(inputs: inputs, labels: labels)
        return try trainer.train(data, recipe: recipe.training(place)).model()
      }
      return try bench.observation(of: model, library: library).observation
    case .forest(let forest):
      let width = domain.width
      let learned = try running { () throws(RuntimeError) in try inputs.array(of: Float.self) }
      let columns = FeatureColumns(rowMajor: learned, rows: labels.count, count: width)
      let grown = DecisionForest(
        columns, labels: labels.map(Int.init), classes: classes, rows: Array(labels.indices),
        recipe: ForestRecipe(trees: min(forest.trees, 100), seed: recipe.training(place).seed))
      func scores(_ rows: [Float]) -> [Float] {
        grown.probabilities(FeatureColumns(rowMajor: rows, rows: rows.count / width, count: width))
      }
      let classes = classes
      return try bench.observation(
        asking: { (rows) throws(BackdoorError) in AskedModel.labels(scores(rows), classes: classes) },
        accuracy: Bench.accuracy(scores(bench.values), bench.labels, classes: classes)
      ).observation
    }
  }

  /// A clean row of another class, to draw a trigger on.
  private func example(of target: Int) -> [Float] {
    guard let row = labels.firstIndex(where: { $0 != target }) else { return [] }
    return domain.shares(Array(values[row * domain.width..<(row + 1) * domain.width]))
  }
}

/// Counts what is done.
private final class Counter: Sendable {
  private let done: Mutex<Int>
  private let total: Int
  private let progress: @Sendable (Int, Int) -> Void

  init(_ progress: @escaping @Sendable (Int, Int) -> Void, of total: Int, done: Int) {
    (self.progress, self.total) = (progress, total)
    self.done = Mutex(done)
  }

  func up() {
    let now = done.withLock { done in
      done += 1
      return done
    }
    progress(now, total)
  }
}
