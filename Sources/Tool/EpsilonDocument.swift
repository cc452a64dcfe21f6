// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccounting

/// What is said about an epsilon, and of what it is one: an epsilon without its unit, adjacency, sampler, accountant and delta
/// cannot be compared with any other (NIST SP 800-226).
struct EpsilonDocument: Encodable {
  /// Upper bound; null where none is known.
  private let epsilon: Bound
  private let epsilonLower: Bound
  private let epsilonRDP: Bound
  private let delta: Double
  private let unit = "one record"
  private let adjacency = "add or remove"
  private let sampler: String
  private let accountant: String
  /// Of the grid of losses.
  private let interval: Double?
  private let parameters: Parameters
  private let targetEpsilon: Double?
  /// The epsilon that Poisson samples would have, for batches that are none.
  private let epsilonIfPoisson: Bound?
  private let warnings: [String]
  private let seconds: Double

  private struct Parameters: Encodable {
    struct Phase: Encodable {
      let noiseMultiplier: Double
      let samplingRate: Double
      let steps: Int
    }

    let mechanism: String
    let phases: [Phase]
  }

  /// A number, or the word for what is none in JSON.
  private struct Bound: Encodable, CustomStringConvertible {
    let value: Double

    init(_ value: Double) { self.value = value }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      if value.isFinite { try container.encode(value) } else { try container.encode("infinite") }
    }

    var description: String { value.isFinite ? "\(value)" : "infinite" }
  }

  init(
    _ epsilon: PrivacyAccount.Epsilon, of phases: [Phase], delta: Double, sampler: Sampler, claimed: Double?,
    target: Double?, seconds: Double
  ) {
    let isShuffled = sampler == .shuffle
    self.epsilon = Bound(epsilon.upper)
    // What is counted for shuffled batches is the worst that they can be, and no lower bound is known.
    epsilonLower = Bound(isShuffled ? 0 : epsilon.lower)
    epsilonRDP = Bound(epsilon.renyi)
    self.delta = delta
    self.sampler = sampler.rawValue
    accountant = epsilon.interval == nil ? "closed form" : "privacy loss distributions"
    interval = epsilon.interval
    parameters = Parameters(
      mechanism: phases[0].mechanism.rawValue,
      phases: phases.map {
        Parameters.Phase(
          noiseMultiplier: $0.noiseMultiplier, samplingRate: $0.samplingRate, steps: $0.steps)
      })
    targetEpsilon = target
    epsilonIfPoisson = claimed.map { Bound($0) }
    var warnings: [String] = []
    if let claimed {
      warnings.append(
        "the batches are shuffled, not Poisson samples: nothing is gained by sampling, and every pass over the data counts in full."
          + " The figure for Poisson samples, \(Bound(claimed)), does not hold for this training; up to 4 times as much was measured"
          + " (arXiv 2411.10614). Take Poisson samples, or claim epsilon")
    }
    if !epsilon.upper.isFinite {
      warnings.append("epsilon is infinite: there is too little noise for any bound")
    } else if !epsilon.isPrecise {
      warnings.append(
        "the bounds are farther apart than they should be, because no finer grid fits into memory. Epsilon is an upper bound all the same"
      )
    }
    if delta > 1e-3 {
      warnings.append(
        "delta is \(delta): it allows a training that publishes as large a share of the records. Choose one well below one over the number of records"
      )
    }
    self.warnings = warnings
    self.seconds = seconds
  }

  /// How many columns stand before what a line says.
  static let margin = 12

  /// For a terminal: what stands in the margin, and what beside it.
  var lines: [(margin: String, text: String)] {
    var lines = [("epsilon", "\(epsilon) at delta \(delta), an upper bound")]
    if let targetEpsilon {
      let noise = parameters.phases[0].noiseMultiplier
      lines.insert(("noise", "\(noise) is the least noise multiplier for epsilon \(targetEpsilon)"), at: 0)
    }
    if let epsilonIfPoisson {
      lines.append(("", "\(epsilonIfPoisson) if the batches were Poisson samples, which they are not"))
    } else {
      lines.append(("", "at least \(epsilonLower); at most \(epsilonRDP) by Rényi differential privacy"))
    }
    lines.append(("unit", "\(unit), adjacency \(adjacency)"))
    lines.append(("sampler", sampler))
    lines.append(
      ("accountant", accountant + (interval.map { ", interval \(String(format: "%.3g", $0))" } ?? "")))
    for phase in parameters.phases {
      lines.append(
        (
          "phase",
          "\(phase.steps) steps, \(parameters.mechanism) noise, multiplier \(phase.noiseMultiplier), sampling rate \(phase.samplingRate)"
        ))
    }
    lines += warnings.map { ("warning", $0) }
    return lines.map { ($0.0.padding(toLength: Self.margin, withPad: " ", startingAt: 0), $0.1) }
  }
}
