// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAutodiff
import MartletFormats
import MartletONNXSchema
import MartletRuntime
import MartletTraining
import Testing

@Suite("Training models of one architecture")
struct TrainerTests {
  static let short = TrainingRecipe(epochs: 1, batchSize: 100, seed: 3)

  @Test("the same seed gives the same weights bit for bit, another seed others")
  func seeds() throws {
    let trainer = try Digits.trainer.get()
    let data = try Digits.data()
    var recipe = Self.short
    let first = try trainer.train(data, recipe: recipe)
    #expect(try trainer.train(data, recipe: recipe).weightList == first.weightList)
    recipe.seed = 4
    #expect(try trainer.train(data, recipe: recipe).weightList != first.weightList)
  }

  @Test("several at once are the same as one after the other, each from rows of its own")
  func jobs() throws {
    let trainer = try Digits.trainer.get()
    let data = try Digits.data()
    let jobs = (0..<4).map { seed in
      Trainer.Job(
        recipe: TrainingRecipe(epochs: 1, batchSize: 50, seed: UInt64(seed)),
        rows: (0..<data.count).filter { $0 % 4 != seed })
    }
    let models = try trainer.train(data, jobs: jobs)
    #expect(models.count == 4)
    for (job, model) in zip(jobs, models) {
      let alone = try trainer.train(data, recipe: job.recipe, rows: job.rows)
      #expect(alone.weightList == model.weightList && alone.losses == model.losses)
    }
    #expect(throws: TrainingError.rowOutOfRange(row: -1, examples: data.count)) {
      try trainer.train(data, jobs: jobs + [Trainer.Job(recipe: Self.short, rows: [-1])])
    }
  }

  @Test("rows that are not chosen have no influence")
  func subset() throws {
    let trainer = try Digits.trainer.get()
    let (inputs, labels) = try TrainingExample.digits("train")
    let rows = Array(stride(from: 0, to: 200, by: 2))
    let chosen = try trainer.train(
      try TrainingData(inputs: inputs, labels: labels), recipe: Self.short, rows: rows)
    let other = labels.enumerated().map { $0.offset % 2 == 0 && $0.offset < 200 ? $0.element : 0 }
    let changed = try trainer.train(
      try TrainingData(inputs: inputs, labels: other), recipe: Self.short, rows: rows)
    #expect(chosen.weightList == changed.weightList)
    let weighed = try trainer.train(
      try TrainingData(inputs: inputs, labels: labels, weights: [Float](repeating: 1, count: labels.count)),
      recipe: Self.short, rows: rows)
    #expect(chosen.weightList == weighed.weightList)
  }

  @Test("going on from the weights of the model keeps what it knows")
  func fineTuning() throws {
    let trainer = try Digits.trainer.get()
    let (inputs, labels) = try TrainingExample.digits("test")
    let none = try trainer.train(Digits.data(), recipe: TrainingRecipe(epochs: 0), start: .model)
    #expect(try none.model().proto == TrainingExample.model("Examples/digits/digits.onnx").proto)
    #expect(none.losses.isEmpty)
    let recipe = TrainingRecipe(epochs: 1, learningRate: 1e-4)
    let tuned = try trainer.train(Digits.data(), recipe: recipe, start: .model)
    #expect(try tuned.accuracy(on: inputs, labels: labels) > 0.985)
    #expect(tuned.weightList != none.weightList)
    let further = try trainer.train(Digits.data(), recipe: recipe, start: .trained(tuned))
    #expect(try further.accuracy(on: inputs, labels: labels) > 0.985)
  }

  @Test("a student of another model's probabilities answers as it does")
  func distillation() throws {
    let trainer = try Digits.trainer.get()
    let teacher = try trainer.train(Digits.data(), recipe: TrainingRecipe(epochs: 0), start: .model)
    let (inputs, _) = try TrainingExample.digits("train")
    let logits = try teacher.logits(for: inputs)
    let scores = try logits.array(of: Float.self)
    let probabilities = try Tensor(
      float32: (0..<1200).flatMap { row in
        let powers = scores[row * 10..<row * 10 + 10].map { exp($0) }
        let sum = powers.reduce(0, +)
        return powers.map { $0 / sum }
      }, shape: [1200, 10])
    let data = try TrainingData(inputs: inputs, probabilities: probabilities)
    let student = try trainer.train(data, recipe: TrainingRecipe(epochs: 6, seed: 8))
    let test = try TrainingExample.digits("test").inputs
    let answers = try [teacher, student].map { model -> [Int] in
      let logits = try model.logits(for: test)
      let scores = try logits.array(of: Float.self)
      return (0..<597).map { row in
        let own = scores[row * 10..<row * 10 + 10]
        return own.firstIndex(of: own.max()!)! - row * 10
      }
    }
    let agreeing = zip(answers[0], answers[1]).count { $0 == $1 }
    #expect(agreeing > 570, "\(agreeing) of 597")
  }

  @Test("weights that are frozen stay, and only weights change")
  func untouched() throws {
    let model = try TrainingExample.model("Examples/digits/digits.onnx")
    let frozen = model.proto.graph.initializer.map(\.name).filter { $0.hasPrefix("features.0") }
    #expect(frozen.count == 2)
    let trainer = try Trainer(
      model, options: Trainer.Options(batchStatistics: .running, frozen: Set(frozen)),
      library: try RuntimeLibrary.open())
    let trained = try trainer.train(Digits.data(), recipe: Self.short, start: .model).model()
    for (before, after) in zip(model.proto.graph.initializer, trained.proto.graph.initializer) {
      let stays = frozen.contains(before.name) || before.name.contains("running")
      #expect((before == after) == stays, "\(before.name)")
    }
    #expect(model.proto.graph.node == trained.proto.graph.node)
  }
}
