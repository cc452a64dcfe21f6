// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats
import MartletRuntime
import MartletTraining
import SwiftProtobuf
import Testing

@Suite("Training the digits network")
struct DigitsTrainingTests {
  @Test("from scratch to 97 %, also as the file that stock ONNX Runtime runs")
  func fromScratch() throws {
    let trainer = try Digits.trainer.get()
    let trained = try trainer.train(Digits.data(), recipe: TrainingRecipe(epochs: 15, seed: 1))
    let (inputs, labels) = try TrainingExample.digits("test")
    #expect(trained.losses.count == 15)
    #expect(trained.losses.last! < trained.losses[0] / 5, "\(trained.losses)")
    let accuracy = try trained.accuracy(on: inputs, labels: labels)
    #expect(accuracy >= 0.97, "\(accuracy), \(trained.losses)")

    let file = try trained.bytes()
    let session = try Session(library: try RuntimeLibrary.open(), model: file.span)
    let logits = try #require(try session.run([("image", inputs)])["logits"])
    let scores = try logits.array(of: Float.self)
    let right = labels.indices.count { row in
      let own = scores[row * 10..<row * 10 + 10]
      return own.firstIndex(of: own.max()!)! - row * 10 == Int(labels[row])
    }
    #expect(Double(right) / Double(labels.count) == accuracy)
  }
}
