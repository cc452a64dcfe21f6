// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletGuard

/// A toy world with 16 numbers a query: four clusters of benign queries, a "layer" that folds them to 8 numbers, and 4 scores.
struct Traffic {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

  static let width = 16
  static let layerWidth = 8
  static let classes = 4

  mutating func uniform() -> Float {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return Float((value ^ (value >> 31)) >> 40) * 0x1p-24
  }

  mutating func normal() -> Float {
    (-2 * log(max(uniform(), 1e-7))).squareRoot() * cos(2 * .pi * uniform())
  }

  /// A query as customers ask them.
  mutating func benign() -> [Float] {
    let cluster = Int(uniform() * 4)
    return (0..<Self.width).map { (Float($0 % 4 == cluster ? 0.8 : 0.2)) + 0.06 * normal() }
  }

  /// A query of somebody who has no data and draws numbers.
  mutating func noise() -> [Float] { (0..<Self.width).map { _ in uniform() } }

  /// A query between two classes.
  mutating func between() -> [Float] {
    let (left, right) = (benign(), benign())
    return zip(left, right).map { ($0 + $1) / 2 }
  }

  static func layer(_ input: [Float]) -> [Float] {
    (0..<layerWidth).map { place -> Float in
      var sum: Float = 0
      for element in 0..<width {
        let weight: Float = (element * 7 + place * 5) % 11 < 5 ? 1 : -0.4
        sum += input[element] * weight
      }
      return max(0, sum)
    }
  }

  static func scores(_ input: [Float]) -> [Float] {
    (0..<classes).map { place -> Float in
      var sum: Float = 0
      for element in stride(from: place, to: width, by: classes) { sum += 2 * input[element] }
      return sum
    }
  }

  static func rows(_ inputs: [[Float]]) -> GuardCalibration.Rows {
    .init(
      inputs: inputs.flatMap { $0 }, layer: inputs.flatMap(layer), scores: inputs.flatMap(scores),
      count: inputs.count)
  }

  /// A calibration on so many rows.
  static func calibration(rows count: Int = 400, seed: UInt64 = 1) throws -> GuardCalibration {
    var traffic = Traffic(seed: seed)
    let known = (0..<64).map { _ in traffic.benign() }
    let heldOut = (0..<count).map { _ in traffic.benign() }
    let profile = InputProfile(of: heldOut.flatMap { $0 }, shape: [4, 4], type: "float32")
    return try GuardCalibration(
      .init(
        model: String(repeating: "ab", count: 32), input: "x", layer: "h", output: "y", profile: profile),
      heldOut: Self.rows(heldOut), known: Self.rows(known), options: .init(seed: 7))
  }

  static let start = Date(timeIntervalSinceReferenceDate: 800_000_000)
}

extension Guard {
  func spent(by party: GuardedParty) -> Int { book.standing(of: party, at: Traffic.start)?.spent ?? 0 }

  /// Asks one query, and returns what is news.
  @discardableResult
  func ask(_ asker: Asker, _ input: [Float], at time: Date = Traffic.start) -> Judgement {
    judge(
      asker, inputs: input.span, layer: Traffic.layer(input).span, scores: Traffic.scores(input).span,
      rows: 1,
      at: time)
  }
}
