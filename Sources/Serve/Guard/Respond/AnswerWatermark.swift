// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import MartletFormats

/// Changes a few answers, so that a copy that learned from them gives itself away: DAWN (Szyller et al. 2021).
///
/// A key decides which inputs, and which wrong class each of them gets, so that the same question always has the same answer and
/// asking again shows nothing. Inputs are compared on a grid of 16 steps over their range: noise below that gives the same question.
package struct AnswerWatermark: Sendable {
  private let key: SymmetricKey
  /// The share of inputs whose answers are changed.
  package let share: Double
  private let profile: InputProfile

  /// The largest share: more would cost honest clients more than one answer in two hundred.
  package static let mostShare = 0.005

  /// - Parameters:
  ///   - key: 32 bytes.
  ///   - share: from 0 to ``mostShare``.
  package init(key: [UInt8], share: Double = mostShare, profile: InputProfile) throws(GuardError) {
    guard key.count == 32 else { throw .badKey(found: key.count) }
    self.key = SymmetricKey(data: key)
    self.share = min(max(0, share), Self.mostShare)
    self.profile = profile
  }

  /// A key as its file has it: 64 hexadecimal digits and perhaps the end of a line.
  package static func key(fileText text: String) throws(GuardError) -> [UInt8] {
    let digits = text.last?.isNewline == true ? text.dropLast() : text[...]
    guard digits.utf8.count == 64 else { throw .badKey(found: text.utf8.count) }
    var key: [UInt8] = []
    for start in stride(from: 0, to: 64, by: 2) {
      let from = digits.utf8.index(digits.utf8.startIndex, offsetBy: start)
      guard let byte = UInt8(digits[from..<digits.utf8.index(from, offsetBy: 2)], radix: 16) else {
        throw .badKey(found: text.utf8.count)
      }
      key.append(byte)
    }
    return key
  }

  /// The class that is answered instead, or nil where the answer stays.
  /// - Parameters:
  ///   - input: one row.
  ///   - answer: the class that the model says, below `classes`.
  package func wrongAnswer(to input: Span<Float>, answer: Int, classes: Int) -> Int? {
    guard classes > 1 else { return nil }
    var code = HMAC<SHA256>(key: key)
    var steps: [UInt8] = []
    steps.reserveCapacity(input.count)
    for place in input.indices {
      let range = profile.ranges[profile.ranges.count == 1 ? 0 : place % profile.ranges.count]
      let width = range.high - range.low
      let step = width > 0 ? ((input[place] - range.low) / width * 16).rounded(.down) : 0
      steps.append(step.isFinite ? UInt8(min(15, max(0, step))) : 15)
    }
    code.update(data: steps)
    let bytes = Array(code.finalize())
    func number(_ start: Int) -> UInt64 { bytes[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) } }
    guard Double(number(0) >> 11) * 0x1p-53 < share else { return nil }
    let other = Int(number(8).multipliedFullWidth(by: UInt64(classes - 1)).high)
    return other < answer ? other : other + 1
  }

  /// Changes those answers of some rows that the key says, in place.
  /// - Parameters:
  ///   - scores: [N, K]
  ///   - inputs: [N, D]
  /// - Returns: how many were changed.
  @discardableResult
  package func apply(to scores: inout [Float], classes: Int, inputs: Span<Float>) -> Int {
    guard classes > 1, !scores.isEmpty, inputs.count % (scores.count / classes) == 0 else { return 0 }
    let rows = scores.count / classes
    let width = inputs.count / rows
    var changed = 0
    for row in 0..<rows {
      let start = row * classes
      var best = 0
      for place in 1..<classes where scores[start + place] > scores[start + best] { best = place }
      let input = inputs.extracting(row * width..<(row + 1) * width)
      guard let wrong = wrongAnswer(to: input, answer: best, classes: classes) else { continue }
      scores.swapAt(start + best, start + wrong)
      changed += 1
    }
    return changed
  }
}
