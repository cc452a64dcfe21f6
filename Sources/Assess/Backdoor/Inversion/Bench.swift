// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAutodiff
import MartletFormats
import MartletRuntime
import MartletTraining

/// The same rows and starts for a model and for all of its references, so that they differ in nothing but the model.
struct Bench: Sendable {
  let domain: InputDomain
  let classes: Int
  /// By class, rows of other classes as shares of the range.
  let rows: [[Float]]
  /// What the search for margins starts from.
  let starts: [Float]
  /// All clean rows that are measured on, as they are in the data.
  let values: [Float]
  let labels: [Int]
  let steps: Int

  /// - Parameter each: rows that a trigger is searched on, for each class.
  init(
    _ domain: InputDomain, values: [Float], labels: [Int], classes: Int, each: Int, steps: Int, seed: UInt64
  ) {
    (self.domain, self.classes, self.values, self.labels) = (domain, classes, values, labels)
    self.steps = steps
    let width = domain.width
    var random = SeededRandom(seed: seed, stream: 21)
    // A row of each class in turn, so that every class has the same part.
    var queues = (0..<classes).map { label -> [Int] in
      var own = labels.indices.filter { labels[$0] == label }
      random.shuffle(&own)
      return own
    }
    var order: [Int] = []
    while queues.contains(where: { !$0.isEmpty }) {
      for label in queues.indices { if let row = queues[label].popLast() { order.append(row) } }
    }
    let fewest = (0..<classes).map { label in labels.count { $0 != label } }.min() ?? 0
    let count = min(each, fewest)
    rows = (0..<classes).map { label in
      let chosen = order.filter { labels[$0] != label }.prefix(count)
      return domain.shares(chosen.flatMap { values[$0 * width..<($0 + 1) * width] })
    }
    let half = MaximumMargin().starts / 2
    let noise = (0..<half * width).map { _ in Float(random.next() >> 40) * 0x1p-24 }
    starts = noise + domain.shares(order.prefix(half).flatMap { values[$0 * width..<($0 + 1) * width] })
  }

  /// What is measured of a model with slopes, and its triggers.
  func observation(
    of model: ONNXModel, library: RuntimeLibrary
  ) throws(BackdoorError) -> (observation: Observation, patches: [Trigger], shifts: [Trigger]) {
    let entropy = try Slopes(of: model, loss: .crossEntropy, shape: domain.shape, library: library)
    let margin = try Slopes(of: model, loss: .margin, shape: domain.shape, library: library)
    let accuracy = try accuracy(entropy)
    let margins = try MaximumMargin().margins(margin, domain, start: starts)
    func triggers(_ form: Trigger.Form) throws(BackdoorError) -> [Trigger] {
      var inversion = TriggerInversion(form)
      inversion.steps = steps
      return try inversion.triggers(entropy, domain, rows: rows)
    }
    let (patches, shifts) = (try triggers(.patch), try triggers(.shift))
    let observation = Observation(
      values: [
        .margin: margins.map { log(max($0, 1e-3)) },
        .patch: patches.map { -log($0.size + 0.1) },
        .shift: shifts.map { -log($0.size + 0.01) },
      ], accuracy: accuracy
    ).rounded
    return (observation, patches, shifts)
  }

  /// The same of a model that is only asked.
  func observation(
    asking classify: ValueSearch.Classifier, accuracy: Double
  ) throws(BackdoorError) -> (observation: Observation, triggers: [[ValueTrigger]]) {
    let search = ValueSearch()
    let triggers = try search.triggers(
      classify, domain, values: values, rows: rows.map { domain.values($0) })
    let least = 0.5 / Double(search.rows)
    let values = triggers.map { byDepth in
      byDepth.reduce(0.0) { sum, trigger in
        let share = min(1 - least, max(least, trigger.success))
        return sum + log(share / (1 - share))
      }
    }
    return (Observation(values: [.values: values], accuracy: accuracy).rounded, triggers)
  }

  /// The mean over the classes of the share of their rows that is right.
  func accuracy(_ slopes: Slopes) throws(BackdoorError) -> Double {
    let answer = try slopes(values, labels: labels.map(Int64.init))
    if let place = answer.logits.firstIndex(where: { !$0.isFinite }) {
      throw .data(
        reason: "expected finite scores, found others for row \(place / classes) of the data")
    }
    return Self.accuracy(answer.logits, labels, classes: classes)
  }

  static func accuracy(_ scores: [Float], _ labels: [Int], classes: Int) -> Double {
    var (right, all) = ([Int](repeating: 0, count: classes), [Int](repeating: 0, count: classes))
    for (row, label) in labels.enumerated() {
      let own = scores[row * classes..<(row + 1) * classes]
      all[label] += 1
      if own.firstIndex(of: own.max() ?? 0) == own.startIndex + label { right[label] += 1 }
    }
    return zip(right, all).reduce(0.0) { $0 + Double($1.0) / Double(max(1, $1.1)) } / Double(classes)
  }
}
