// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAutodiff
import MartletFormats
import MartletRuntime
import MartletTraining

/// The slope of a student's score for a class by its input.
struct StudentGradient {
  private let gradient: LossGradient
  private let session: Session

  /// - Throws: ``TheftError/training(_:)`` where the model has no gradient.
  init(of model: ONNXModel, library: RuntimeLibrary) throws(TheftError) {
    do { gradient = try LossGradient.of(model, loss: .crossEntropy) } catch {
      throw .training(.gradient(error))
    }
    let file = gradient.serialized
    session = try running { () throws(RuntimeError) in
      try Session(library: library, model: file.span, options: .init(threads: 1))
    }
  }

  /// Of the cross-entropy, whose sign is that of the slope away from the class.
  /// - Parameter labels: what the victim said.
  func slopes(at inputs: Tensor, labels: [Int]) throws(TheftError) -> [Float] {
    try running { () throws(RuntimeError) in
      var slopes: [Float] = []
      let rows = inputs.rowCount ?? 0
      for start in stride(from: 0, to: rows, by: 256) {
        let part = start..<min(rows, start + 256)
        let made = try session.run(
          [
            (gradient.inputName, inputs.rows(part)),
            (gradient.labelsName, try Tensor(int64: labels[part].map(Int64.init), shape: [part.count])),
          ], outputs: [gradient.gradientName])
        if let found = made[gradient.gradientName] { slopes += try found.array(of: Float.self) }
      }
      return slopes
    }
  }
}
