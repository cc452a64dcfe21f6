// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats
import MartletONNXSchema

extension GraphBuilder {
  /// The graph of a classifier, its input and its scores.
  static func classifier(
    _ model: ONNXModel, input: String?, output: String?
  ) throws(AutodiffError) -> (GraphBuilder, input: String, scores: (tensor: String, skipped: [String])) {
    let outputs = model.proto.graph.output.map(\.name)
    if let output, !outputs.contains(output) {
      throw .noSuchTensor(name: output, role: "output", available: outputs)
    }
    let builder = try GraphBuilder(reading: model, for: output.map { [$0] } ?? outputs)
    let x = try builder.classifierInput(named: input)
    guard builder.facts[x]?.shape != nil else {
      throw .unknownShape(
        tensor: x, reason: "the model does not say how many axes its input has; export it with a shape")
    }
    return (builder, x, try builder.scores(outputs: output.map { [$0] } ?? outputs))
  }

  /// The logits as [N, K].
  func table(of logits: Logits) throws(AutodiffError) -> String {
    let table = logits.isTable ? logits.tensor : try reshape(logits.tensor, [-1, logits.classCount])
    setShape(of: table, [logits.batch, Dim(logits.classCount)])
    return table
  }

  /// The loss of each example [N], and its derivative with respect to the logits [N, K].
  func loss(
    _ loss: ExampleLoss, of scores: String, _ classes: Int, labels: String, targets: String?
  ) throws(AutodiffError) -> (loss: String, slope: String) {
    let isTrue = try isClass(labels, classes)
    switch loss {
    case .crossEntropy: return try crossEntropy(scores, isTrue)
    case .targetMargin:
      let isTarget = try isClass(targets ?? labels, classes)
      let loss = try add("Sub", try chosen(scores, isTarget), try chosen(scores, isTrue))
      let slope = try add("Sub", try cast(isTarget, like: scores), try cast(isTrue, like: scores))
      return (try squeeze(loss, axes: [1]), slope)
    case .margin:
      let ranks = try ranked(scores, classes, count: 2)
      let truth = try cast(isTrue, like: scores)
      let slope = try add("Sub", try bestOther(ranks, truth), truth)
      return (try squeeze(try weighed(scores, slope), axes: [1]), slope)
    case .logitRatio, .targetedLogitRatio:
      let isTarget = try targets.map { (targets) throws(AutodiffError) in try isClass(targets, classes) }
      return try logitRatio(scores, classes, isTrue, isTarget)
    }
  }

  /// softmax(z) - onehot(label) as the slope, which overflows nowhere.
  private func crossEntropy(
    _ scores: String, _ isTrue: String
  ) throws(AutodiffError) -> (loss: String, slope: String) {
    let axis = Attribute.int("axis", 1)
    let logs = try add("LogSoftmax", scores, with: [axis])
    let loss = try add("Neg", try squeeze(try chosen(logs, isTrue), axes: [1]))
    let slope = try add("Sub", try add("Softmax", scores, with: [axis]), try cast(isTrue, like: scores))
    return (loss, slope)
  }

  /// L = -u / d with u = z_y - z_o and d a difference of ranked logits, so that dL = -du / d + u dd / d^2. Without a target o is
  /// the best class that is not y.
  private func logitRatio(
    _ scores: String, _ classes: Int, _ isTrue: String, _ isTarget: String?
  ) throws(AutodiffError) -> (loss: String, slope: String) {
    let ranks = try ranked(scores, classes, count: isTarget == nil ? 3 : 4)
    let truth = try cast(isTrue, like: scores)
    let other: String
    if let isTarget {
      other = try cast(isTarget, like: scores)
    } else {
      other = try bestOther(ranks, truth)
    }
    let ahead = try add("Sub", try weighed(scores, truth), try weighed(scores, other))
    var (low, lowMask) = ranks[2]
    if isTarget != nil {
      low = try times(try add("Add", low, ranks[3].value), 0.5)
      lowMask = try times(try add("Add", lowMask, ranks[3].mask), 0.5)
    }
    let spread = try add("Add", try add("Sub", ranks[0].value, low), try scalar(1e-12, like: scores))
    let ratio = try add("Div", ahead, spread)
    // (o - y) / d + u / d^2 (dd)
    let first = try add("Div", try add("Sub", other, truth), spread)
    let bend = try add("Mul", try add("Div", ratio, spread), try add("Sub", ranks[0].mask, lowMask))
    return (try squeeze(try add("Neg", ratio), axes: [1]), try add("Add", first, bend))
  }

  /// The class with the highest score but for the true one, as a row of zeros and a one [N, K]: the first rank, or the second
  /// where the first is the class itself.
  private func bestOther(_ ranks: [(value: String, mask: String)], _ truth: String) throws(AutodiffError)
    -> String
  {
    let isFirst = try reduce("ReduceMax", try add("Mul", truth, ranks[0].mask), axes: [1])
    let step = try add("Sub", ranks[1].mask, ranks[0].mask)
    return try add("Add", ranks[0].mask, try add("Mul", isFirst, step))
  }

  /// Whether each class is that of the example: bool [N, K].
  private func isClass(_ labels: String, _ classes: Int) throws(AutodiffError) -> String {
    try add("Equal", try unsqueeze(labels, axes: [1]), try integers(Array(0..<classes)))
  }

  /// The score of one class of each example [N, 1]. A choice, not a product: a class that is ruled out by a logit of minus
  /// infinity must not make the sum undefined.
  private func chosen(_ scores: String, _ isClass: String) throws(AutodiffError) -> String {
    guard opset >= 9 else { return try weighed(scores, try cast(isClass, like: scores)) }
    return try reduceSum(try add("Where", isClass, scores, try scalar(0, like: scores)), axes: [1])
  }

  private func weighed(_ scores: String, _ mask: String) throws(AutodiffError) -> String {
    try reduceSum(try add("Mul", scores, mask), axes: [1])
  }

  /// The largest logits of each example in their order: the value [N, 1], and the class as a row of zeros and a one [N, K].
  private func ranked(
    _ scores: String, _ classes: Int, count: Int
  ) throws(AutodiffError) -> [(value: String, mask: String)] {
    let axis = Attribute.int("axis", 1)
    let made =
      opset >= 10
      ? try add("TopK", [scores, try integers([count])], outputs: 2, [axis])
      : try add("TopK", [scores], outputs: 2, [axis, .int("k", count)])
    var ranks: [(value: String, mask: String)] = []
    for rank in 0..<count {
      let value = try slice(made[0], axes: [1], from: [rank], to: [rank + 1])
      let place = try slice(made[1], axes: [1], from: [rank], to: [rank + 1])
      let mask = try add("Equal", place, try integers(Array(0..<classes)))
      ranks.append((value, try cast(mask, like: scores)))
    }
    return ranks
  }
}
