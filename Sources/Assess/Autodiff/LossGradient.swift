// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletFormats
package import MartletONNXSchema

/// One graph that gives the logits of a classifier, the loss of each example, and the gradient of each example's
/// loss with respect to its input.
///
///     let loss = try LossGradient.crossEntropy(of: model)
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
  /// match no class, and the loss is then 0.
  package let labelsName: String
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

  /// Softmax cross-entropy. When the model ends in Softmax, LogSoftmax, ArgMax or Identity, the logits are what stands
  /// before it: a softmax of probabilities would flatten the gradient.
  ///
  /// - Parameters:
  ///   - input: the input to differentiate with respect to; may be left out when there is only one of floating-point numbers.
  ///   - output: the output that tells the class; when left out, the first that has a score for each class.
  /// - Throws: ``AutodiffError``.
  package static func crossEntropy(
    of model: ONNXModel, input: String? = nil, output: String? = nil
  ) throws(AutodiffError) -> LossGradient {
    let outputs = model.proto.graph.output.map(\.name)
    if let output, !outputs.contains(output) {
      throw .noSuchTensor(name: output, role: "output", available: outputs)
    }
    let builder = try GraphBuilder(reading: model, for: output.map { [$0] } ?? outputs)
    let x = try builder.classifierInput(named: input)
    let scores = try builder.scores(outputs: output.map { [$0] } ?? outputs)
    // The way is found before the shape is judged: behind an operator that is not known, no shape is.
    let sweep = try ReverseSweep(builder, from: scores.tensor, to: [x])
    let logits = try builder.logits(scores)

    let labels = builder.freshName("labels")
    builder.addInput(labels, TensorFacts(.int64, [logits.batch]))
    let parts = try builder.crossEntropy(logits, labels: labels)
    let gradient = try sweep.gradients(seed: parts.slope)[0]
    let names = [
      try builder.outputs([parts.scores], named: "logits")[0],
      try builder.outputs([parts.loss], named: "loss")[0],
      try builder.outputs([gradient], named: "gradient")[0],
    ]
    let proto = try builder.finish(from: model, outputs: names)
    return LossGradient(
      proto: proto, serialized: try proto.serializedModel(), inputName: x, labelsName: labels,
      logitsName: names[0], lossName: names[1], gradientName: names[2], classCount: logits.classCount,
      differentiated: logits.description, cuts: sweep.cuts)
  }
}

extension GraphBuilder {
  /// The loss of each example [N], and its derivative with respect to the logits, softmax(z) - onehot(label), which
  /// overflows nowhere.
  fileprivate func crossEntropy(
    _ logits: Logits, labels: String
  ) throws(AutodiffError) -> (scores: String, loss: String, slope: String) {
    let scores = logits.isTable ? logits.tensor : try reshape(logits.tensor, [-1, logits.classCount])
    setShape(of: scores, [logits.batch, Dim(logits.classCount)])
    let classes = try integers(Array(0..<logits.classCount))
    let isTrue = try add("Equal", try unsqueeze(labels, axes: [1]), classes)
    let oneHot = try cast(isTrue, like: scores)
    let axis = Attribute.int("axis", 1)
    let logs = try add("LogSoftmax", scores, with: [axis])
    // A choice, not a product: a class that is ruled out by a logit of minus infinity must not make the sum undefined.
    let chosen =
      opset >= 9 ? try add("Where", isTrue, logs, try scalar(0, like: scores)) : try add("Mul", logs, oneHot)
    let loss = try add("Neg", try reduceSum(chosen, axes: [1], keep: false))
    let slope = try add("Sub", try add("Softmax", scores, with: [axis]), oneHot)
    return (scores, loss, try reshape(slope, like: logits.tensor))
  }
}
