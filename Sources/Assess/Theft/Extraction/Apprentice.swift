// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletTraining

/// Learns to repeat answers: as long as it takes, and no longer.
struct Apprentice: Sendable {
  let trainer: Trainer

  /// Examples a step at most.
  private static let batch = 64
  /// Steps between two looks at how well the answers are repeated.
  private static let window = 50
  /// Windows at most, for fresh weights and for those of a copy.
  private static let mostWindows = (fresh: 10, further: 4)
  /// The loss above what cannot be learned at which answers count as repeated.
  private static let enough = 0.02
  /// Steps at the end, at which the rate falls to nothing.
  private static let lastSteps = 50
  private static let rate = 5e-3

  /// - Parameters:
  ///   - floor: the loss of whoever repeats every answer as it was given.
  ///   - before: a copy to go on from; nil for fresh weights.
  /// - Throws: `TrainingError`.
  func learn(
    _ data: TrainingData, floor: Double, seed: UInt64, from before: TrainedModel?
  ) throws(TrainingError) -> TrainedModel {
    var state = try trainer.state(before.map { .trained($0) } ?? .fresh, seed: seed)
    var batches = Batches(rows: data.count, size: min(Self.batch, max(8, data.count / 4)), seed: seed)
    let windows = before == nil ? Self.mostWindows.fresh : Self.mostWindows.further
    for _ in 0..<windows {
      var sum = 0.0
      for _ in 0..<Self.window { sum += try step(&state, data, &batches, rate: Self.rate) }
      if sum / Double(Self.window) - floor <= Self.enough { break }
    }
    for step in 0..<Self.lastSteps {
      let left = 1 - Double(step) / Double(Self.lastSteps)
      _ = try self.step(&state, data, &batches, rate: Self.rate * left)
    }
    return trainer.trained(state)
  }

  private func step(
    _ state: inout Trainer.State, _ data: TrainingData, _ batches: inout Batches, rate: Double
  ) throws(TrainingError) -> Double {
    let batch = try data.batch(batches.next(), classes: trainer.classes)
    let loss = try trainer.step(&state, batch, learningRate: rate)
    guard loss.isFinite else {
      throw .diverged(
        step: state.steps, steps: Self.mostWindows.fresh * Self.window + Self.lastSteps,
        learningRate: Self.rate)
    }
    return Double(loss)
  }
}

/// Rows in random order, over and over.
private struct Batches {
  private var order: [Int]
  private let size: Int
  private var place: Int
  private var random: SeededRandom

  init(rows: Int, size: Int, seed: UInt64) {
    order = Array(0..<rows)
    (self.size, place) = (min(size, rows), rows)
    random = SeededRandom(seed: seed, stream: 2)
  }

  mutating func next() -> [Int] {
    if place + size > order.count {
      random.shuffle(&order)
      place = 0
    }
    defer { place += size }
    return Array(order[place..<place + size])
  }
}
