// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAutodiff
import MartletFormats
import MartletRuntime

/// A classifier with the slopes of a loss by its input, for any number of rows.
struct Slopes: Sendable {
  let classes: Int
  private let gradient: LossGradient
  private let session: Session
  private let shape: [Int]
  private let rowsAtOnce: Int

  /// Bytes that the tensors of one run may take.
  private static let memory = 512 << 20

  /// What a run gives: the logits [N, K], the losses [N], and the slopes row after row.
  struct Answer {
    var logits: [Float] = []
    var losses: [Float] = []
    var slopes: [Float] = []
  }

  /// - Parameter shape: of one row.
  /// - Throws: ``BackdoorError/gradient(_:)``, ``BackdoorError/runtime(_:)``.
  init(
    of model: ONNXModel, loss: ExampleLoss, shape: [Int], library: RuntimeLibrary
  ) throws(BackdoorError) {
    do { gradient = try LossGradient.of(model, loss: loss) } catch { throw .gradient(error) }
    let file = gradient.serialized
    session = try running { () throws(RuntimeError) in
      try Session(library: library, model: file.span, options: .init(threads: 1))
    }
    (classes, self.shape) = (gradient.classCount, shape)
    let each = gradient.bytes(perExampleOf: shape) ?? (1 << 20)
    rowsAtOnce = max(1, min(1024, Self.memory / max(1, each)))
  }

  /// - Parameters:
  ///   - values: row after row.
  ///   - labels: by row.
  func callAsFunction(_ values: [Float], labels: [Int64]) throws(BackdoorError) -> Answer {
    let width = shape.reduce(1, *)
    return try running { () throws(RuntimeError) in
      var answer = Answer()
      for start in stride(from: 0, to: labels.count, by: rowsAtOnce) {
        let part = start..<min(labels.count, start + rowsAtOnce)
        let rows = Array(values[part.lowerBound * width..<part.upperBound * width])
        let made = try session.run([
          (gradient.inputName, try Tensor(float32: rows, shape: [part.count] + shape)),
          (gradient.labelsName, try Tensor(int64: Array(labels[part]), shape: [part.count])),
        ])
        answer.logits += try made[gradient.logitsName]?.array(of: Float.self) ?? []
        answer.losses += try made[gradient.lossName]?.array(of: Float.self) ?? []
        answer.slopes += try made[gradient.gradientName]?.array(of: Float.self) ?? []
      }
      return answer
    }
  }
}
