// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

extension BoundedLoss {
  /// One step of subsampled Gaussian noise.
  ///
  /// Outputs are cut into cells at losses on the grid, which is laid so that the bulk of the outputs is on it. `upper` splits a
  /// cell between its two ends so that P and Q keep their masses (connect the dots, arXiv 2207.04380). `lower` merges the halves
  /// of cells. Where there is little mass, plain and tilted, cells span several intervals.
  ///
  /// - Parameters:
  ///   - weight: the tilt, and its logarithmic moment, in which there is little mass where cells may be wide.
  ///   - reach: how many standard deviations are looked at. What is beyond is infinite for `upper` and nothing for `lower`.
  ///   - most: the largest number of cells.
  /// - Returns: nil when there would be more.
  init?(
    _ step: StepLoss, interval: Double, tilt: Double, logMoment: Double,
    weight: (tilt: Double, logMoment: Double), reach: Double, most: Int
  ) {
    let low = -reach * step.noise
    let high = reach * step.noise + (step.direction == .remove ? 1 : 0)
    let widest = max(1, Int(min(1e6, 1 / interval)))
    let offset = step.bulk.remainder(dividingBy: interval)
    // One below, so that no rounding puts a loss before the first point.
    var index = Int(((step.loss(at: low) - offset) / interval).rounded(.down)) - 1
    var (indices, upper, atoms) = ([index], [0.0], LossAtoms())
    var (position, width) = (low, widest)
    while position < high {
      guard indices.count <= most else { return nil }
      func next() -> Cell {
        Cell(
          step, from: position, to: high, start: offset + Double(index) * interval,
          end: offset + Double(index + width) * interval)
      }
      var cell = next()
      while width > 1,
        cell.weight(weight.tilt, weight.logMoment) * Double(width * width) > Self.cellShare
          || (cell.limit - position) * step.slope(at: max(abs(position), abs(cell.limit))) > Self.cellSlope
      {
        width /= 2
        cell = next()
      }
      let above = min(cell.mass, max(0, cell.excess / -expm1(-interval * Double(width))))
      upper[upper.count - 1] += (cell.mass - above) * exp(tilt * cell.start - logMoment)
      upper.append(above * exp(tilt * cell.end - logMoment))
      for part in cell.parts where part.mass > 0 {
        atoms.losses.append(min(cell.end, cell.start + part.gain))
        atoms.masses.append(part.mass)
      }
      index += width
      indices.append(index)
      position = cell.limit
      width = min(widest, 2 * width)
    }
    // Chance beyond the reach, at most: half of exp(-reach^2/2) for a normal distribution.
    let beyond = 0.5 * exp(-0.5 * reach * reach)
    upper[0] += beyond * exp(tilt * (offset + Double(indices[0]) * interval) - logMoment)
    let bounded = step.largest.isFinite
    if bounded {
      upper[upper.count - 1] += beyond * exp(tilt * (offset + Double(index) * interval) - logMoment)
    }
    // Most mass of `add` can be just below the largest loss, that of `remove` just above the smallest: merging begins there.
    // Before the tilt, which differs much between the ends of a wide cell.
    let losses = indices.map { offset + Double($0) * interval }
    var lower = Self.merge(atoms, onto: losses, tilt: 0, descending: step.direction == .add, patience: 3)
    for entry in lower.indices where lower[entry] > 0 {
      lower[entry] *= exp(tilt * losses[entry] - logMoment)
    }
    self.init(
      interval: interval, offset: offset, tilt: tilt, logMoment: logMoment, indices: indices, upper: upper,
      lower: lower, infinity: bounded ? 0 : beyond)
    normalise()
  }

  /// How much a cell that spans several intervals may add to the spread, against the square of one interval.
  private static let cellShare = 1e-4

  /// How much densities may change in such a cell: what is merged must be balanced by neighbours.
  private static let cellSlope = 0.5

  /// The masses in a part of the outputs of P, of e^start Q, and of P - e^start Q.
  private struct Part {
    var mass = 0.0
    var other = 0.0
    var excess = 0.0

    /// The loss of the part as a whole, beyond the start of the cell. Both differences are taken where they are exact.
    var gain: Double {
      excess < 0.5 * mass ? max(0, -log1p(-excess / mass)) : other > 0 ? log(mass / other) : 0
    }
  }

  /// The outputs between two losses.
  private struct Cell {
    let start: Double
    let end: Double
    /// The position where it ends.
    let limit: Double
    /// Its two halves, of which one may be cut again.
    private(set) var parts: [Part] = []

    var mass: Double { parts.reduce(0) { $0 + $1.mass } }
    var excess: Double { parts.reduce(0) { $0 + $1.excess } }

    /// Its mass, plain or tilted, at most.
    func weight(_ tilt: Double, _ logMoment: Double) -> Double { mass * max(1, exp(tilt * end - logMoment)) }

    init(_ step: StepLoss, from position: Double, to limit: Double, start: Double, end: Double) {
      (self.start, self.end) = (start, end)
      let middle = min(limit, max(position, step.position(of: 0.5 * (start + end))))
      // At the largest loss itself, rounding may give any position.
      let isLast = end >= step.largest * (1 - 1e-15)
      self.limit = isLast ? limit : min(limit, max(middle, step.position(of: end)))
      var cuts = [position, middle, self.limit]
      // The bulk of the outputs ends here, for the merging to find just its loss.
      let border = step.border
      if position < border, border < self.limit {
        cuts.insert(border, at: border < middle ? 1 : 2)
      }
      for (low, high) in zip(cuts, cuts.dropFirst()) {
        parts.append(Self.integral(step, from: low, to: high, start: start, end: end))
      }
    }

    /// By the rule of Gauss and Legendre with three points, on pieces so short that it is exact to rounding.
    static func integral(
      _ step: StepLoss, from low: Double, to high: Double, start: Double, end: Double
    ) -> Part {
      var part = Part()
      let length = high - low
      guard length > 0 else { return part }
      let pieces = max(1, (length * step.slope(at: max(abs(low), abs(high))) / 0.05).rounded(.up))
      let half = 0.5 * length / pieces
      var centre = low + half
      for _ in 0..<Int(pieces) {
        for (offset, weight) in [
          (-0.774596669241483377, 5.0 / 9), (0, 8.0 / 9), (0.774596669241483377, 5.0 / 9),
        ] {
          let position = centre + offset * half
          let loss = step.loss(at: position)
          let mass = weight * half * exp(step.logDensity(at: position, loss: loss))
          part.mass += mass
          let change = expm1(start - min(end, max(start, loss)))
          part.excess -= mass * change
          part.other += change < -0.4 ? mass * exp(start - loss) : mass + mass * change
        }
        centre += 2 * half
      }
      return part
    }
  }
}
