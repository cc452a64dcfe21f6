// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Dispatch
import Foundation
import MartletRuntime
import Synchronization

extension Trainer {
  /// One training.
  package struct Job: Sendable {
    package var recipe: TrainingRecipe
    /// The examples to learn from; nil for all.
    package var rows: [Int]?
    package var start: Start

    package init(recipe: TrainingRecipe, rows: [Int]? = nil, start: Start = .fresh) {
      (self.recipe, self.rows, self.start) = (recipe, rows, start)
    }
  }

  /// Trains one model.
  ///
  /// - Parameters:
  ///   - rows: the examples of the data to learn from; nil for all. One that stands twice is seen twice an epoch.
  ///   - start: fresh weights, or others to go on from.
  /// - Throws: ``TrainingError``, ``TrainingError/diverged(step:steps:learningRate:)`` among them.
  package func train(
    _ data: TrainingData, recipe: TrainingRecipe = TrainingRecipe(), rows: [Int]? = nil, start: Start = .fresh
  ) throws(TrainingError) -> TrainedModel {
    try recipe.check()
    try data.check(classes: classes)
    var order = rows ?? Array(0..<data.count)
    guard !order.isEmpty else { throw .noExamples }
    if let row = order.first(where: { !(0..<data.count).contains($0) }) {
      throw .rowOutOfRange(row: row, examples: data.count)
    }
    var state = try state(start, seed: recipe.seed)
    var random = SeededRandom(seed: recipe.seed, stream: 2)
    let steps = recipe.epochs * ((order.count + recipe.batchSize - 1) / recipe.batchSize)
    var losses: [Double] = []
    for _ in 0..<recipe.epochs {
      random.shuffle(&order)
      var sum = 0.0
      for first in stride(from: 0, to: order.count, by: recipe.batchSize) {
        let rows = Array(order[first..<min(first + recipe.batchSize, order.count)])
        let rate = recipe.rate(at: state.steps, of: steps)
        let loss = try step(&state, try data.batch(rows, classes: classes), learningRate: rate)
        guard loss.isFinite else {
          throw .diverged(step: state.steps, steps: steps, learningRate: recipe.learningRate)
        }
        sum += Double(loss) * Double(rows.count)
      }
      losses.append(sum / Double(order.count))
    }
    // The loss shows weights that are not finite one step later, and there is no step after the last.
    let weights = try running { () throws(RuntimeError) in try state.weights.array(of: Float.self) }
    guard weights.allSatisfy(\.isFinite) else {
      throw .diverged(step: state.steps, steps: steps, learningRate: recipe.learningRate)
    }
    return trained(state, losses: losses)
  }

  /// Trains several models at once, each on one core when the trainer's steps have one thread.
  ///
  /// - Parameter workers: how many at a time; nil for one a core.
  /// - Returns: the models in the order of the jobs. They are the same as one after the other.
  /// - Throws: the error of the first job that failed.
  package func train(
    _ data: TrainingData, jobs: [Job], workers: Int? = nil
  ) throws(TrainingError) -> [TrainedModel] {
    let next = Mutex(0)
    let results = Mutex([Result<TrainedModel, TrainingError>?](repeating: nil, count: jobs.count))
    let cores = max(1, workers ?? ProcessInfo.processInfo.activeProcessorCount)
    DispatchQueue.concurrentPerform(iterations: min(cores, max(1, jobs.count))) { _ in
      while let place = next.withLock({ (next) -> Int? in
        guard next < jobs.count else { return nil }
        next += 1
        return next - 1
      }) {
        let job = jobs[place]
        let result = Result { () throws(TrainingError) in
          try train(data, recipe: job.recipe, rows: job.rows, start: job.start)
        }
        results.withLock { $0[place] = result }
        // What is left would be thrown away.
        if case .failure = result { next.withLock { $0 = jobs.count } }
      }
    }
    var models: [TrainedModel] = []
    for result in results.withLock({ $0 }) {
      if let result { models.append(try result.get()) }
    }
    if models.count < jobs.count {
      for case .failure(let error)? in results.withLock({ $0 }) { throw error }
    }
    return models
  }
}
