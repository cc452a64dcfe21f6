// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What is measured of the model that is looked at, with the triggers that were found.
struct Look: Sendable {
  let observation: Observation
  /// By class; empty for a model without slopes.
  var patches: [Trigger] = []
  var shifts: [Trigger] = []
  /// By class, the best of one, two and three columns; empty for a model with slopes.
  var triggers: [[ValueTrigger]] = []

  init(
    _ observation: Observation, patches: [Trigger] = [], shifts: [Trigger] = [],
    triggers: [[ValueTrigger]] = []
  ) {
    (self.observation, self.patches, self.shifts) = (observation, patches, shifts)
    self.triggers = triggers
  }

  /// The same model on several parts of the data: the mean of what was measured, and of each class the trigger in the middle.
  /// - Parameter parts: the part of each reference.
  init(mean looks: [Look], of parts: [Int]) {
    let share = 1 / Double(parts.count)
    var values: [Statistic: [Double]] = [:]
    for statistic in looks[0].observation.values.keys {
      let rows = parts.map { looks[$0].observation.values[statistic] ?? [] }
      values[statistic] = rows[0].indices.map { label in rows.reduce(0) { $0 + $1[label] * share } }
    }
    let accuracy = parts.reduce(0) { $0 + looks[$1].observation.accuracy * share }
    observation = Observation(values: values, accuracy: accuracy)
    func middle<Found>(_ statistic: Statistic, _ found: (Look) -> [Found]) -> [Found] {
      found(looks[0]).indices.map { label in
        let order = looks.sorted {
          ($0.observation.values[statistic]?[label] ?? 0) < ($1.observation.values[statistic]?[label] ?? 0)
        }
        return found(order[order.count / 2])[label]
      }
    }
    patches = middle(.patch) { $0.patches }
    shifts = middle(.shift) { $0.shifts }
    triggers = middle(.values) { $0.triggers }
  }
}
