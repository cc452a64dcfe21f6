// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Testing

@testable import MartletAccounting

/// Epsilons that others computed: privacy loss distributions by connecting the dots with the interval 1e-4 (1e-5 for a million
/// steps), tilted where delta is below 1e-9, and Rényi differential privacy as dp-accounting 0.6.0 has it.
struct Vector: Sendable, CustomTestStringConvertible {
  let phase: Phase
  let delta: Double
  let epsilon: Double
  let renyi: Double?

  var testDescription: String {
    "\(phase.noiseMultiplier), \(phase.samplingRate), \(phase.steps), \(delta)"
  }

  static let all: [Vector] = {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "epsilons.csv")
    let text = try! String(contentsOf: file, encoding: .utf8)
    return text.split(separator: "\n").dropFirst().map { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      let phase = try! Phase(
        noiseMultiplier: Double(fields[0])!, samplingRate: Double(fields[1])!, steps: Int(fields[2])!)
      return Vector(
        phase: phase, delta: Double(fields[3])!, epsilon: Double(fields[4])!, renyi: Double(fields[5]))
    }
  }()

  /// Those that are quick without optimisation too: with it, all of them.
  static let quick: [Vector] = {
    #if DEBUG
      return [0, 1, 8, 11].map { all[$0] }
    #else
      return all
    #endif
  }()
}
