// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAutodiff
import MartletFormats
import MartletRuntime

/// The model together with the gradient of its loss, as one graph.
struct GradientModel: Sendable {
  private let session: BatchedSession
  private let loss: LossGradient

  var classes: Int { loss.classCount }
  /// What was taken for the logits.
  var differentiated: String { loss.differentiated }
  /// Nodes whose derivative is zero although their values vary.
  var cuts: [String] { loss.cuts }

  init(_ loss: LossGradient, library: RuntimeLibrary, options: Session.Options) throws(RobustnessError) {
    self.loss = loss
    let session = try running { () throws(RuntimeError) in
      try Session(library: library, model: loss.serialized.span, options: options)
    }
    self.session = BatchedSession(session)
  }

  /// What the model makes of some points.
  struct Answer {
    /// The class of each row; nil where the logits are not finite.
    let classes: [Int?]
    /// In the shape of the points; nil when it was not asked for.
    let gradient: Tensor?
  }

  func run(_ points: Tensor, labels: [Int64], gradient: Bool) throws(RobustnessError) -> Answer {
    let names = gradient ? [loss.logitsName, loss.gradientName] : [loss.logitsName]
    let outputs = try running { () throws(RuntimeError) in
      try session.run(
        [(loss.inputName, points), (loss.labelsName, try Tensor(int64: labels, shape: [labels.count]))],
        outputs: names)
    }
    let rows = labels.count
    guard let logits = outputs[loss.logitsName], logits.count == rows * loss.classCount else {
      throw .outputShape(name: loss.logitsName, found: outputs[loss.logitsName]?.shape ?? [])
    }
    let slope = outputs[loss.gradientName]
    if let slope, slope.count != points.count {
      throw .outputShape(name: loss.gradientName, found: slope.shape)
    }
    let scores = try running { () throws(RuntimeError) in try logits.array(of: Float.self) }
    let classes = (0..<rows).map { row in
      largest(scores[row * loss.classCount..<(row + 1) * loss.classCount])
    }
    return Answer(classes: classes, gradient: slope)
  }
}
