// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// Searches for the smallest trigger of each class, all classes at once: Neural Cleanse (Wang et al. 2019) for patches, and the same
/// for what is added everywhere. The smaller the trigger, the more likely somebody trained the model to answer to it.
struct TriggerInversion: Sendable {
  var form: Trigger.Form
  var steps = 200
  var rate: Float = 0.1
  /// The share of rows that a trigger must turn.
  var enough = 0.97
  /// After so many steps in a row of success the price of size goes up, and of failure down.
  private let patience = 4
  private let dearer: Float = 1.5
  private let firstPrice: Float = 0.01

  init(_ form: Trigger.Form) { self.form = form }

  /// - Parameters:
  ///   - slopes: of the loss `crossEntropy`.
  ///   - rows: by class, rows of other classes as shares of the range, the same number for every class.
  func triggers(
    _ slopes: Slopes, _ domain: InputDomain, rows: [[Float]]
  ) throws(BackdoorError) -> [Trigger] {
    let (classes, width) = (slopes.classes, domain.width)
    let each = rows[0].count / width
    let labels = (0..<classes).flatMap { [Int64](repeating: Int64($0), count: each) }
    var searches = rows.map { Search(form, domain, rows: $0, price: firstPrice) }
    for _ in 0..<steps {
      let answer = try slopes(domain.values(searches.flatMap { $0.triggered() }), labels: labels)
      for place in searches.indices {
        let own = place * each..<(place + 1) * each
        let hits = own.count { row in
          let logits = answer.logits[row * classes..<(row + 1) * classes]
          return logits.allSatisfy { $0 <= logits[logits.startIndex + place] }
        }
        searches[place].note(success: Double(hits) / Double(each), enough: enough)
        searches[place].adjust(patience: patience, dearer: dearer)
        searches[place].step(
          answer.slopes[own.lowerBound * width..<own.upperBound * width], rate: rate)
      }
    }
    return searches.map(\.found)
  }
}

/// The search for the trigger of one class.
private struct Search {
  private let form: Trigger.Form
  private let domain: InputDomain
  private let rows: [Float]
  /// Before a logistic function: the mask, then the pattern. Of a shift, what is added.
  private var values: [Float]
  private var adam: Adam
  private var price: Float
  private var (ups, downs) = (0, 0)
  private var isSuccess = false
  private var best: Trigger?
  private var last = 0.0

  init(_ form: Trigger.Form, _ domain: InputDomain, rows: [Float], price: Float) {
    (self.form, self.domain, self.rows, self.price) = (form, domain, rows, price)
    let count = form == .patch ? domain.places + domain.width : domain.width
    values = [Float](repeating: 0, count: count)
    adam = Adam(count: count)
  }

  private static func logistic(_ value: Float) -> Float { 1 / (1 + exp(-value)) }

  private var mask: [Float] { values.prefix(domain.places).map(Self.logistic) }
  private var pattern: [Float] {
    form == .patch ? values.dropFirst(domain.places).map(Self.logistic) : values
  }

  /// The rows with the trigger as it is.
  func triggered() -> [Float] {
    let (width, places) = (domain.width, domain.places)
    let (mask, pattern) = (mask, pattern)
    var result = rows
    for start in stride(from: 0, to: rows.count, by: width) {
      for element in 0..<width {
        let value = rows[start + element]
        result[start + element] =
          form == .patch
          ? value + mask[element % places] * (pattern[element] - value)
          : min(1, max(0, value + pattern[element]))
      }
    }
    return result
  }

  /// The trigger as it is, with the success it had.
  private func trigger(success: Double) -> Trigger {
    let pattern = pattern
    if form == .patch {
      let mask = mask
      return Trigger(
        form: .patch, mask: mask, pattern: pattern, size: mask.reduce(0.0) { $0 + Double($1) },
        success: success)
    }
    var most = [Float](repeating: 0, count: domain.places)
    for (element, value) in pattern.enumerated() {
      most[element % domain.places] = max(most[element % domain.places], abs(value))
    }
    let length = pattern.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    return Trigger(form: .shift, mask: most, pattern: pattern, size: length, success: success)
  }

  mutating func note(success: Double, enough: Double) {
    last = success
    isSuccess = success >= enough
    guard isSuccess else { return }
    let now = trigger(success: success)
    if now.size < best?.size ?? .infinity { best = now }
  }

  mutating func adjust(patience: Int, dearer: Float) {
    if isSuccess {
      (ups, downs) = (ups + 1, 0)
    } else {
      (ups, downs) = (0, downs + 1)
    }
    if ups >= patience {
      price *= dearer
      ups = 0
    } else if downs >= patience {
      price /= dearer * dearer.squareRoot()
      downs = 0
    }
  }

  /// - Parameter slopes: of the loss of each row by the row's values.
  mutating func step(_ slopes: ArraySlice<Float>, rate: Float) {
    let (width, places) = (domain.width, domain.places)
    let share = 1 / Float(max(1, rows.count / width))
    let first = slopes.startIndex
    var directions = [Float](repeating: 0, count: values.count)
    switch form {
    case .patch:
      let (mask, pattern) = (mask, pattern)
      for start in stride(from: 0, to: rows.count, by: width) {
        for element in 0..<width {
          let slope = slopes[first + start + element] * domain.spans[element] * share
          directions[element % places] += slope * (pattern[element] - rows[start + element])
          directions[places + element] += slope * mask[element % places]
        }
      }
      for place in 0..<places {
        directions[place] = (directions[place] + price) * mask[place] * (1 - mask[place])
      }
      for element in 0..<width {
        directions[places + element] *= pattern[element] * (1 - pattern[element])
      }
    case .shift:
      for start in stride(from: 0, to: rows.count, by: width) {
        for element in 0..<width {
          let moved = rows[start + element] + values[element]
          // Beyond the range nothing changes any more.
          guard moved >= 0, moved <= 1 else { continue }
          directions[element] += slopes[first + start + element] * domain.spans[element] * share
        }
      }
      for element in 0..<width { directions[element] += 2 * price * values[element] }
    }
    adam.step(&values, directions, rate: form == .patch ? rate : rate / 4)
  }

  /// The smallest that succeeded. Where none did, one as large as the input, with the success that the last had.
  var found: Trigger {
    if let best { return best }
    let now = trigger(success: last)
    let most = form == .patch ? Double(domain.places) : Double(domain.width).squareRoot()
    return Trigger(form: form, mask: now.mask, pattern: now.pattern, size: most, success: last)
  }
}
