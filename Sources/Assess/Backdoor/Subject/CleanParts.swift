// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletTraining

/// Which rows a model is measured on, and which rows the references learn that are held against it.
///
/// Never the same: a model is sure of what it has learned, so that references measured on it look less like other clean models than
/// they are. And not all of them as many: nobody knows how much data the model itself has seen, and what more data do to one class
/// and not to another must not look like a backdoor.
struct CleanParts: Sendable, Equatable {
  struct Part: Sendable, Equatable {
    /// What is measured on.
    let measured: [Int]
    /// What references learn, and half of it; nil where they learn rows that came apart.
    let learned: (all: [Int], half: [Int])?

    static func == (left: Part, right: Part) -> Bool {
      left.measured == right.measured && left.learned?.all == right.learned?.all
        && left.learned?.half == right.learned?.half
    }
  }

  let parts: [Part]

  /// A reference learns three quarters of the rows. No divisor of the ways that references are trained in, so that each way meets each
  /// part.
  private static let count = 4
  /// With fewer rows of a class a reference that learns half of them would learn nothing of it.
  private static let fewestToHalve = 16

  /// - Parameters:
  ///   - labels: of the rows that are measured on.
  ///   - isApart: whether references learn other rows, so that all of these can be measured on.
  init(labels: [Int], classes: Int, isApart: Bool, seed: UInt64) {
    guard !isApart else {
      parts = [Part(measured: Array(labels.indices), learned: nil)]
      return
    }
    // Every class has the same share of every part, and of its halves.
    var random = SeededRandom(seed: seed, stream: 22)
    var place = [Int](repeating: 0, count: labels.count)
    var next = 0
    var fewest = Int.max
    for label in 0..<classes {
      var own = labels.indices.filter { labels[$0] == label }
      fewest = min(fewest, own.count)
      random.shuffle(&own)
      for row in own {
        place[row] = next
        next = (next + 1) % (2 * Self.count)
      }
    }
    let isHalved = fewest >= Self.fewestToHalve
    parts = (0..<Self.count).map { part in
      let learned = labels.indices.filter { place[$0] % Self.count != part }
      return Part(
        measured: labels.indices.filter { place[$0] % Self.count == part },
        learned: (learned, isHalved ? learned.filter { place[$0] < Self.count } : learned))
    }
  }

  /// The part that a reference belongs to.
  func part(of reference: Int) -> Int { reference % parts.count }

  /// The rows that a reference learns: of each four in turn all of theirs, and half of it. Nil where they came apart.
  func learned(by reference: Int) -> [Int]? {
    guard let learned = parts[part(of: reference)].learned else { return nil }
    return (reference / Self.count).isMultiple(of: 2) ? learned.all : learned.half
  }
}
