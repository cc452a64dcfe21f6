// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import HTTPTypes
import MartletAccess
import MartletGuard
import MartletInference
import MartletRuntime

/// What is left of an answer for somebody who does not get all of it.
///
/// Only what can be shaped goes out: the scores, and outputs that name a class for each row. Whatever else a model gives, such as
/// logits beside probabilities or a hidden layer, stays here: it would say what the shaped scores do not. Of watermarked answers an
/// output stays here too that names the class in words whose order the calibration does not know.
struct ShapedAnswer {
  /// In the order of the question.
  let outputs: Result<[(name: String, tensor: Tensor)], Refusal>

  init(
    _ found: [String: Tensor], _ passage: Sentry.Passage, _ table: ScoreTable?, _ inputs: Span<Float>,
    _ response: ResponsePolicy, _ sentry: Sentry
  ) throws(RuntimeError) {
    let names = passage.asked
    var labels: [String: [Int]] = [:]
    var kept: [String: Tensor] = [:]
    for name in names where name != table?.name {
      guard let tensor = found[name], !tensor.isFloating, tensor.count == passage.rows else { continue }
      if response.watermark {
        guard let named = try tensor.classes(named: sentry.guarding.calibration?.names[name]) else {
          continue
        }
        labels[name] = named
      }
      kept[name] = tensor
    }
    if let table {
      let calibration = sentry.guarding.calibration
      let areLogits =
        calibration?.areLogits
        ?? !GuardCalibration.areProbabilities(table.shapeable(areLogits: false), classes: table.classes)
      var scores = table.shapeable(areLogits: areLogits)
      if response.watermark {
        guard let watermark = sentry.guarding.watermark, !inputs.isEmpty, inputs.count % table.rows == 0
        else {
          outputs = .failure(sentry.reporter.cannotWatermark(sentry.model))
          return
        }
        var answers = table.answers
        let width = inputs.count / table.rows
        for row in 0..<table.rows {
          // Where another output gives another class, a false answer would be told by it.
          guard kept.keys.allSatisfy({ labels[$0]?[row] == answers[row] }),
            let wrong = watermark.wrongAnswer(
              to: inputs.extracting(row * width..<(row + 1) * width), answer: answers[row],
              classes: table.classes)
          else { continue }
          scores.swapAt(row * table.classes + answers[row], row * table.classes + wrong)
          answers[row] = wrong
          for name in kept.keys { labels[name]?[row] = wrong }
        }
        for (name, classes) in labels {
          kept[name] =
            try found[name]?.with(classes: classes, named: sentry.guarding.calibration?.names[name])
            ?? kept[name]
        }
      }
      response.shape(&scores, classes: table.classes, areLogits: areLogits)
      kept[table.name] = try table.with(scores)
    } else if response.watermark {
      outputs = .failure(sentry.reporter.cannotWatermark(sentry.model))
      return
    }
    if let withheld = names.first(where: { kept[$0] == nil }), passage.request.outputs != nil {
      outputs = .failure(
        Refusal(status: .forbidden, message: "this key gets no output `\(withheld)` of this model"))
      return
    }
    let left = names.compactMap { name in kept[name].map { (name, $0) } }
    outputs =
      left.isEmpty
      ? .failure(
        Refusal(status: .forbidden, message: "this key gets nothing of what this model answers"))
      : .success(left)
  }
}
