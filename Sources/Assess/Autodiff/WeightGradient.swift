// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletFormats
package import MartletONNXSchema

/// A weight, and its place in a list of weights.
package struct WeightSlot: Sendable, Hashable {
  /// The tensor's name in the model.
  package let name: String
  package let dims: [Int]
  /// Where its elements stand in the list, in row-major order.
  package let range: Range<Int>

  /// - Parameter start: where the weight before it ends.
  init(name: String, dims: [Int], start: Int) {
    (self.name, self.dims) = (name, dims)
    range = start..<start + dims.reduce(1, *)
  }
}

/// By which mean and variance a batch normalisation goes.
package enum BatchStatistics: Sendable {
  /// Those of the batch itself, as in training. The gradient passes through them.
  case ofBatch
  /// Those that the model has, as in inference.
  case running
}

/// One graph that gives the mean loss of a classifier over a batch and its slope by the weights, which are an input: one list,
/// so that a change of all weights is one operation, and two models of one architecture need one session.
///
/// The loss is the sum over the examples of share times cross-entropy, -sum_k t_k log softmax(z)_k, where t is the example's row
/// of targets. With rows that sum to 1 and shares of 1/N that is the mean cross-entropy.
package struct WeightGradient: Sendable {
  package let proto: ONNXModelProto
  /// The examples, of the model's own shape and type [N, ...].
  package let inputName: String
  /// float32 [N, K]
  package let targetsName: String
  /// float32 [N]
  package let sharesName: String
  /// float32 [P], cut up by ``weights``.
  package let weightsName: String
  /// float32 [S], cut up by ``statistics``; nil when the model has no batch normalisation.
  package let statisticsName: String?
  /// A single number.
  package let lossName: String
  /// [P]
  package let gradientName: String
  /// [S], the running statistics after this batch; nil when they stay.
  package let newStatisticsName: String?
  /// The weights that the loss depends on.
  package let weights: [WeightSlot]
  /// The running means and variances.
  package let statistics: [WeightSlot]
  package let classCount: Int
  /// What was taken for the logits, for messages.
  package let differentiated: String
  /// Nodes at which a gradient stops because the derivative is zero.
  package let cuts: [String]

  /// - Parameters:
  ///   - candidates: float32 constants of the model; those that the loss does not depend on are left out.
  ///   - output: the output that tells the class; when left out, the first that has a score for each class. Softmax and the like
  ///     at its end are left out, as in ``LossGradient``.
  /// - Throws: ``AutodiffError``; ``AutodiffError/notConnected(input:target:cuts:)`` when no candidate is left.
  package static func of(
    _ model: ONNXModel, weights candidates: [String], batchStatistics: BatchStatistics, output: String? = nil
  ) throws(AutodiffError) -> WeightGradient {
    let outputs = try model.classOutputs(output)
    let parameters = try ParameterList(of: model, among: candidates, outputs: outputs)
    let builder = try GraphBuilder(
      reading: model, for: outputs, learning: (parameters, batchStatistics))
    let x = try builder.onlyInput(of: model)
    let scores = try builder.scores(outputs: outputs)
    let sweep = try ReverseSweep(builder, from: scores.tensor, to: parameters.weights.map(\.name))
    let logits = try builder.logits(scores)
    try builder.requireFloat32(logits.tensor)

    let (targets, shares) = (builder.freshName("targets"), builder.freshName("shares"))
    builder.addInput(targets, TensorFacts(.float, [logits.batch, Dim(logits.classCount)]))
    builder.addInput(shares, TensorFacts(.float, [logits.batch]))
    let parts = try builder.sharedCrossEntropy(
      try builder.table(of: logits), targets: targets, shares: shares)
    var slopes: [String] = []
    for slope in try sweep.gradients(seed: try builder.reshape(parts.slope, like: logits.tensor)) {
      slopes.append(try builder.reshape(slope, [-1]))
    }
    let gradient = try builder.add("Concat", slopes, outputs: 1, [.int("axis", 0)])[0]
    let lists = builder.parameterLists
    var named = [
      try builder.outputs([parts.loss], named: "loss")[0],
      try builder.outputs([gradient], named: "gradient")[0],
    ]
    if let statistics = try builder.newStatistics(parameters.statistics) {
      named += try builder.outputs([statistics], named: "statistics.new")
    }
    let kept = Set([x, targets, shares] + [lists?.weights, lists?.statistics].compactMap { $0 })
    let proto = try builder.finish(from: model, outputs: named, keeping: kept)
    return WeightGradient(
      proto: proto, inputName: x, targetsName: targets, sharesName: shares,
      weightsName: lists?.weights ?? "", statisticsName: lists?.statistics, lossName: named[0],
      gradientName: named[1], newStatisticsName: named.count > 2 ? named[2] : nil,
      weights: parameters.weights, statistics: parameters.statistics, classCount: logits.classCount,
      differentiated: logits.description, cuts: sweep.cuts)
  }

  /// The graph that only predicts, with the same inputs for the examples, the weights and the statistics.
  /// - Parameters: those that this was made with.
  /// - Throws: ``AutodiffError``.
  package func logits(of model: ONNXModel, output: String? = nil) throws(AutodiffError) -> WeightedLogits {
    let outputs = try model.classOutputs(output)
    let parameters = ParameterList(weights: weights, statistics: statistics)
    let builder = try GraphBuilder(reading: model, for: outputs, learning: (parameters, .running))
    let logits = try builder.logits(try builder.scores(outputs: outputs))
    let name = try builder.outputs([try builder.table(of: logits)], named: "logits")[0]
    let lists = builder.parameterLists
    let kept = Set([inputName] + [lists?.weights, lists?.statistics].compactMap { $0 })
    let proto = try builder.finish(from: model, outputs: [name], keeping: kept)
    return WeightedLogits(
      serialized: try proto.serializedModel(), inputName: inputName, weightsName: lists?.weights ?? "",
      statisticsName: lists?.statistics, logitsName: name, classCount: logits.classCount)
  }
}

/// A classifier whose weights are an input.
package struct WeightedLogits: Sendable {
  package let serialized: [UInt8]
  package let inputName: String
  package let weightsName: String
  package let statisticsName: String?
  /// [N, K]
  package let logitsName: String
  package let classCount: Int
}

extension ONNXModel {
  /// - Throws: ``AutodiffError/noSuchTensor(name:role:available:)``.
  fileprivate func classOutputs(_ name: String?) throws(AutodiffError) -> [String] {
    let outputs = proto.graph.output.map(\.name)
    guard let name else { return outputs }
    guard outputs.contains(name) else {
      throw .noSuchTensor(name: name, role: "output", available: outputs)
    }
    return [name]
  }
}

extension GraphBuilder {
  /// The examples: the one input that the model itself has.
  fileprivate func onlyInput(of model: ONNXModel) throws(AutodiffError) -> String {
    let constants = Set(model.proto.graph.initializer.map(\.name))
    let names = model.proto.graph.input.map(\.name).filter { !constants.contains($0) }
    guard names.count == 1 else {
      throw .unsuitableTensor(
        name: names.first ?? "", role: "input",
        reason: "expected a model whose only input is the example, found \(names.count) inputs")
    }
    return names[0]
  }

  fileprivate func requireFloat32(_ scores: String) throws(AutodiffError) {
    let found = try type(of: scores)
    guard found == .float else {
      throw .unsuitableTensor(
        name: scores, role: "scores of the classes", reason: "expected float32, found \(found)")
    }
  }

  /// The loss as one number, and its derivative with respect to the logits [N, K].
  fileprivate func sharedCrossEntropy(
    _ scores: String, targets: String, shares: String
  ) throws(AutodiffError) -> (loss: String, slope: String) {
    let axis = Attribute.int("axis", 1)
    let logs = try add("LogSoftmax", scores, with: [axis])
    var parts = try product(logs, targets)
    if opset >= 9 {
      // A class that is ruled out by a logit of minus infinity costs nothing where it is no target.
      parts = try add("Where", try isZero(targets), try scalar(0, like: targets), parts)
    }
    let each = try reduceSum(parts, axes: [1], keep: false)
    let loss = try add("Neg", try reduceSum(try product(each, shares), axes: [0], keep: false))
    let total = try reduceSum(targets, axes: [1])
    let rise = try product(try add("Softmax", scores, with: [axis]), total)
    return (loss, try product(try difference(rise, targets), try unsqueeze(shares, axes: [1])))
  }
}
