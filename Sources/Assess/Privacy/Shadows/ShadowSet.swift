// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletTraining

/// Models like the target, of which it is known what they were trained on, and how sure each is of the right class of each record.
struct ShadowSet: Sendable {
  /// The logit of the right class of each record, by shadow.
  private(set) var margins: [[Float]] = []
  /// Whether each record was in the training, by shadow.
  private(set) var isIn: [[Bool]] = []

  var count: Int { margins.count }

  mutating func add(_ margins: [Float], isIn: [Bool]) {
    self.margins.append(margins)
    self.isIn.append(isIn)
  }

  /// A random half of the records. Halves of different shadows have nothing to do with each other, so that who was in the other
  /// shadows does not tell who was in this one.
  static func half(of records: Int, seed: UInt64, shadow: Int) -> [Bool] {
    var random = SeededRandom(seed: seed, stream: 1_000 + UInt64(shadow))
    var order = Array(0..<records)
    random.shuffle(&order)
    var isIn = [Bool](repeating: false, count: records)
    for row in order.prefix(records / 2) { isIn[row] = true }
    return isIn
  }
}

extension ShadowSet {
  /// What they say of some of the records.
  func records(_ part: Range<Int>) -> ShadowSet {
    var set = ShadowSet()
    for (margins, isIn) in zip(margins, isIn) { set.add(Array(margins[part]), isIn: Array(isIn[part])) }
    return set
  }
}
