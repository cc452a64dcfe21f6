// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletFormats
package import MartletONNXSchema

/// What is maximised for each example, as a function of its logits z, its class y and, where there is one, a target class t.
/// z_(1) is the largest logit, z_(2) the second and so on.
package enum ExampleLoss: String, Sendable, CaseIterable {
  /// -log softmax(z)_y
  case crossEntropy
  /// The difference of logits ratio (Croce and Hein 2020, arXiv 2003.01690): -(z_y - max_{i != y} z_i) / (z_(1) - z_(3)).
  /// Needs three classes.
  case logitRatio
  /// -(z_y - z_t) / (z_(1) - (z_(3) + z_(4)) / 2), from the same paper. Needs four classes.
  case targetedLogitRatio
  /// z_t - z_y, which is above zero where the target is preferred.
  case targetMargin
  /// max_{i != y} z_i - z_y, which is above zero where the answer is wrong.
  case margin

  package var hasTargets: Bool { self == .targetedLogitRatio || self == .targetMargin }
  package var leastClasses: Int { self == .logitRatio ? 3 : self == .targetedLogitRatio ? 4 : 2 }
}

/// One graph that gives the logits of a classifier, the loss of each example, and the gradient of each example's
/// loss with respect to its input.
///
///     let loss = try LossGradient.of(model, loss: .crossEntropy)
///     let session = try library.session(loss.serialized)
///
/// The batch size stays as open as the model leaves it, and examples do not mix: row i of the gradient is the derivative of
/// the loss of example i with respect to example i, not divided by the batch size.
package struct LossGradient: Sendable {
  package let proto: ONNXModelProto
  package let serialized: [UInt8]
  /// The examples, of the model's own shape [N, ...].
  package let inputName: String
  /// The true classes: int64 [N], each at least 0 and less than the number of classes. Others are the caller's error: they
  /// match no class.
  package let labelsName: String
  /// The target classes, as ``labelsName``; nil for a loss without.
  package let targetsName: String?
  /// [N, K]
  package let logitsName: String
  /// [N]
  package let lossName: String
  /// In the shape of the input.
  package let gradientName: String
  /// The number of classes K.
  package let classCount: Int
  /// What was taken for the logits, for the report.
  package let differentiated: String
  /// Nodes at which a gradient stops because the derivative is zero (rounding, signs): the slope that is found may hide
  /// the true one.
  package let cuts: [String]
  /// What the tensors of one run take.
  private let sizes: TensorSizes

  /// Bytes that the tensors of a run take for each example, as if all were kept to its end.
  /// - Parameter shape: of one example.
  /// - Returns: nil where the sizes are not known before a run.
  package func bytes(perExampleOf shape: [Int]) -> Int? { sizes.bytes(whenInputIs: [1] + shape) }

  /// When the model ends in Softmax, LogSoftmax, ArgMax or Identity, the logits are what stands before it: a softmax of
  /// probabilities would flatten the gradient.
  ///
  /// - Parameters:
  ///   - input: the input to differentiate with respect to; may be left out when there is only one of floating-point numbers.
  ///   - output: the output that tells the class; when left out, the first that has a score for each class.
  /// - Throws: ``AutodiffError``.
  package static func of(
    _ model: ONNXModel, loss: ExampleLoss = .crossEntropy, input: String? = nil, output: String? = nil
  ) throws(AutodiffError) -> LossGradient {
    let (builder, x, scores) = try GraphBuilder.classifier(model, input: input, output: output)
    // The way is found before the shape is judged: behind an operator that is not known, no shape is.
    let sweep = try ReverseSweep(builder, from: scores.tensor, to: [x])
    let logits = try builder.logits(scores)
    guard logits.classCount >= loss.leastClasses else {
      throw .unsuitableTensor(
        name: logits.tensor, role: "scores of the classes",
        reason: "the loss needs \(loss.leastClasses) classes, found \(logits.classCount)")
    }

    let labels = builder.freshName("labels")
    builder.addInput(labels, TensorFacts(.int64, [logits.batch]))
    let targets = loss.hasTargets ? builder.freshName("targets") : nil
    if let targets { builder.addInput(targets, TensorFacts(.int64, [logits.batch])) }
    let table = try builder.table(of: logits)
    let parts = try builder.loss(loss, of: table, logits.classCount, labels: labels, targets: targets)
    let gradient = try sweep.gradients(seed: try builder.reshape(parts.slope, like: logits.tensor))[0]
    let names = [
      try builder.outputs([table], named: "logits")[0],
      try builder.outputs([parts.loss], named: "loss")[0],
      try builder.outputs([gradient], named: "gradient")[0],
    ]
    let proto = try builder.finish(from: model, outputs: names)
    return LossGradient(
      proto: proto, serialized: try proto.serializedModel(), inputName: x, labelsName: labels,
      targetsName: targets, logitsName: names[0], lossName: names[1], gradientName: names[2],
      classCount: logits.classCount, differentiated: logits.description, cuts: sweep.cuts,
      sizes: TensorSizes(of: proto.graph, builder.facts, input: x))
  }
}

/// The part of a classifier that leads to its logits, for whoever asks without a gradient.
package struct LogitsGraph: Sendable {
  package let serialized: [UInt8]
  package let inputName: String
  /// [N, K]
  package let logitsName: String
  package let classCount: Int

  /// - Parameters: as for ``LossGradient/of(_:loss:input:output:)``.
  /// - Throws: ``AutodiffError``.
  package init(of model: ONNXModel, input: String? = nil, output: String? = nil) throws(AutodiffError) {
    let (builder, x, scores) = try GraphBuilder.classifier(model, input: input, output: output)
    let logits = try builder.logits(scores)
    let name = try builder.outputs([try builder.table(of: logits)], named: "logits")[0]
    serialized = try builder.finish(from: model, outputs: [name]).serializedModel()
    (inputName, logitsName, classCount) = (x, name, logits.classCount)
  }
}
