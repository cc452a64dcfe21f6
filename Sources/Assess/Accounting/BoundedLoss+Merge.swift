// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

extension BoundedLoss {
  /// Puts atoms together, neighbour with neighbour, until what they have in common lies on the grid: whoever sees only which
  /// group an output is in can tell the data sets apart no better. An atom may be split between two groups.
  ///
  /// The mean of a distribution stays as it is and its spread shrinks by the square of the interval; rounding each loss down
  /// would be off by the interval itself. What is left over at the end is rounded down.
  ///
  /// - Parameters:
  ///   - targets: the losses of the grid that groups may have, in rising order.
  ///   - descending: whether to begin at the largest loss. What is left over is then at the smallest.
  ///   - patience: how far beyond the target a balance is looked for, in distances between targets.
  /// - Returns: the tilted mass at each target.
  static func merge(
    _ atoms: LossAtoms, onto targets: [Double], tilt: Double, descending: Bool, patience: Double = .infinity
  ) -> [Double] {
    var result = [Double](repeating: 0, count: targets.count)
    let sign: Double = descending ? -1 : 1
    let (count, last) = (atoms.losses.count, targets.count - 1)
    // The next atom, counted from where we begin, and how much of it is left.
    var (next, rest) = (0, 1.0)
    var filled: Int?
    for turn in 0...last where next < count {
      let place = descending ? last - turn : turn
      let target = targets[place]
      if sign * (atoms.losses[descending ? count - 1 - next : next] - target) >= 0 {
        // It is beyond: nothing that follows could balance it. But exactly there it needs no balance.
        if atoms.losses[descending ? count - 1 - next : next] == target {
          result[place] += rest * atoms.masses[descending ? count - 1 - next : next]
          (next, rest) = (next + 1, 1)
        }
        filled = place
        continue
      }
      var (mass, excess) = (0.0, 0.0)
      var balanced = false
      while next < count {
        let atom = descending ? count - 1 - next : next
        let distance = atoms.losses[atom] - target
        // Far more mass than its neighbours have would need all there is far out. It is rounded instead.
        if let filled, sign * distance > patience * abs(target - targets[filled]) { break }
        let share = rest * atoms.masses[atom] * exp(-tilt * distance)
        // P minus e^target Q: zero for a group whose loss is the target.
        let gain = -share * expm1(-distance)
        if sign * (excess + gain) < 0 {
          mass += share
          excess += gain
          (next, rest) = (next + 1, 1)
        } else {
          let part = gain == 0 ? 1 : min(1, -excess / gain)
          mass += part * share
          rest *= 1 - part
          if rest <= 0 { (next, rest) = (next + 1, 1) }
          balanced = true
          break
        }
      }
      if balanced {
        result[place] += mass
        filled = place
      } else if descending {
        // All of it is above the target.
        result[place] += mass
      } else if let filled {
        // All of it is above the target before.
        result[filled] += mass * exp(tilt * (targets[filled] - target))
      }
    }
    // Atoms beyond the last target: downwards there is nothing to round them to.
    if !descending, next < count {
      let target = targets[last]
      while next < count {
        result[last] += rest * atoms.masses[next] * exp(-tilt * (atoms.losses[next] - target))
        (next, rest) = (next + 1, 1)
      }
    }
    return result
  }

  /// The same on a grid that is `factor` times as coarse: `upper` by splitting every mass between its two neighbours so that
  /// P and Q keep theirs, `lower` by merging.
  func coarsened(by factor: Int) -> BoundedLoss {
    guard factor > 1, let first = indices.first, let last = indices.last else { return self }
    func floor(_ index: Int) -> Int { (index >= 0 ? index : index - factor + 1) / factor }
    let (low, high) = (floor(first), floor(last) + 1)
    let wide = interval * Double(factor)
    var upper = [Double](repeating: 0, count: high - low + 1)
    // By the position between the neighbours: what goes to the one above, and both with their tilt.
    let shares = (0..<factor).map { offset -> (below: Double, above: Double) in
      let distance = Double(offset) * interval
      let above = expm1(-distance) / expm1(-wide)
      return ((1 - above) * exp(-tilt * distance), above * exp(tilt * (wide - distance)))
    }
    var atoms = LossAtoms()
    for entry in indices.indices {
      let place = floor(indices[entry])
      let share = shares[indices[entry] - place * factor]
      upper[place - low] += self.upper[entry] * share.below
      upper[place - low + 1] += self.upper[entry] * share.above
      if lower[entry] > 0 {
        atoms.losses.append(loss(entry))
        atoms.masses.append(lower[entry])
      }
    }
    let indices = Array(low...high)
    let targets = indices.map { offset + Double($0) * wide }
    var result = BoundedLoss(
      interval: wide, offset: offset, tilt: tilt, logMoment: logMoment, indices: indices, upper: upper,
      lower: Self.merge(atoms, onto: targets, tilt: tilt, descending: false),
      infinity: infinity)
    result.normalise()
    return result
  }
}
