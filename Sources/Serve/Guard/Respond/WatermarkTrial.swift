// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// Whether a suspect gives the answers that only a copy of ours would have learned.
///
/// Of the questions that somebody asked, those count whose answers the key changed. How often the suspect gives our wrong answer
/// is held against an ensemble in which nothing can have been learned: the same count by keys that were never used, and, where
/// there are any, by models that never saw our answers.
package struct WatermarkTrial: Sendable {
  /// Questions whose answers were changed, and to how many of them the suspect says what we said.
  package let triggers: Int
  package let matches: Int
  /// The share of matches by each unused key.
  package let byKeys: [Double]
  /// The share of matches of each independent model, by our key.
  package let byModels: [Double]
  /// The share of unused keys that do as well; never 0. Under the claim that the suspect learned nothing from our answers,
  /// one this small or smaller comes with at most this probability.
  package let chance: Double

  package var share: Double { Double(matches) / Double(triggers) }
  /// Whether the claim that the suspect is a copy stands: nothing in the ensemble comes near.
  package var isCopy: Bool { chance <= 0.01 && byModels.allSatisfy { $0 < share } }

  /// - Parameters:
  ///   - watermark: ours.
  ///   - others: watermarks of the same share by keys that were never used.
  ///   - queries: rows [N, D].
  ///   - answers: what our model says to them, unchanged.
  ///   - suspect: what the suspect says.
  ///   - models: what each independent model says.
  /// - Throws: ``GuardError/noTriggers(rows:)``.
  package init(
    _ watermark: AnswerWatermark, others: [AnswerWatermark], queries: [Float], answers: [Int],
    suspect: [Int], models: [[Int]] = [], classes: Int
  ) throws(GuardError) {
    let rows = answers.count
    let width = queries.count / max(1, rows)
    func changed(_ watermark: AnswerWatermark) -> [(row: Int, wrong: Int)] {
      (0..<rows).compactMap { row in
        watermark.wrongAnswer(
          to: queries.span.extracting(row * width..<(row + 1) * width), answer: answers[row], classes: classes
        ).map { (row, $0) }
      }
    }
    func matches(_ changed: [(row: Int, wrong: Int)], _ said: [Int]) -> Int {
      changed.count { said[$0.row] == $0.wrong }
    }
    let ours = changed(watermark)
    guard !ours.isEmpty else { throw .noTriggers(rows: rows) }
    triggers = ours.count
    self.matches = matches(ours, suspect)
    byModels = models.map { Double(matches(ours, $0)) / Double(ours.count) }
    var byKeys: [Double] = []
    for other in others {
      let theirs = changed(other)
      if !theirs.isEmpty { byKeys.append(Double(matches(theirs, suspect)) / Double(theirs.count)) }
    }
    self.byKeys = byKeys
    let share = Double(self.matches) / Double(ours.count)
    chance = Double(1 + byKeys.count { $0 >= share }) / Double(1 + byKeys.count)
  }
}
