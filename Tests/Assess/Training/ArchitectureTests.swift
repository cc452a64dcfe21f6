// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAutodiff
import MartletFormats
import MartletONNXSchema
import MartletRuntime
import MartletTraining
import Testing

private typealias T = TinyNetwork

@Suite("What of a model is trained, and from where it starts")
struct ArchitectureTests {
  @Test("every operator set learns", arguments: [Int64(7), 9, 11, 12, 13, 18, 22])
  func operatorSets(opset: Int64) throws {
    let trainer = try Trainer(
      try T.linear(opset: opset), options: Trainer.Options(optimiser: .sgd(momentum: 0.9)),
      library: try RuntimeLibrary.open())
    let data = try T.data()
    let recipe = TrainingRecipe(epochs: 30, batchSize: 16, learningRate: 0.5, seed: 1)
    let trained = try trainer.train(data, recipe: recipe)
    #expect(trained.losses.last! < 0.3, "\(trained.losses)")
  }

  @Test("weights inside of nodes are trained as others; what is no weight stays")
  func constants() throws {
    let model = try T.model(
      [
        T.node("Sub", ["x", "mean"], "centred"), T.constant(T.floats("w", [1, 2, 3, 4], [2, 2])),
        T.node("Transpose", ["w"], "wt"), T.node("MatMul", ["centred", "wt"], "z"),
        T.constant(T.floats("half", [0.5], [])), T.node("Mul", ["z", "half"], "less"),
        T.node("Relu", ["less"], "r"), T.node("Gemm", ["r", "v", "c"], "masked", ["transB": 1]),
        T.node("Add", ["masked", "mask"], "y"),
      ],
      [
        T.floats("mean", [0.5, 0.25], [2]), T.floats("v", [1, 0, 0, 1], [2, 2]), T.floats("c", [1, 1], [2]),
        T.floats("mask", [0, -1e9], [2]), T.floats("unused", [7, 7], [2]),
      ])
    let trainer = try Trainer(model, library: try RuntimeLibrary.open())
    #expect(trainer.weights.map(\.name).sorted() == ["c", "v", "w"])
    let fresh = try trainer.train(T.data(), recipe: TrainingRecipe(epochs: 0, seed: 2))
    let constants = try fresh.constants()
    // In front of the rectifier within sqrt(6 / 2), elsewhere within sqrt(6 / (2 + 2)).
    #expect(constants["w"]!.allSatisfy { abs($0) < 1.7321 } && Set(constants["w"]!).count == 4)
    #expect(constants["v"]!.allSatisfy { abs($0) < 1.2248 })
    #expect(constants["c"]! == [0, 0])
    let file = try fresh.model()
    let inside = file.proto.graph.node.first { $0.output == ["w"] }?.attribute.first?.t.floats
    #expect(inside == constants["w"])
    #expect(
      file.proto.graph.initializer.filter { !["v", "c"].contains($0.name) }
        == model.proto.graph.initializer.filter { !["v", "c"].contains($0.name) })
  }

  @Test("a batch normalisation starts from nothing, and keeps what it saw")
  func batchNormalisation() throws {
    let model = try T.model(
      [
        T.node("MatMul", ["x", "w"], "z"), T.node("BatchNormalization", ["z", "s", "b", "m", "v"], "y"),
      ],
      [
        T.floats("w", [1, 0, 0, 1], [2, 2]), T.floats("s", [3, 3], [2]), T.floats("b", [3, 3], [2]),
        T.floats("m", [9, 9], [2]), T.floats("v", [4, 4], [2]),
      ])
    let trainer = try Trainer(model, library: try RuntimeLibrary.open())
    let fresh = try trainer.train(T.data(), recipe: TrainingRecipe(epochs: 0)).constants()
    #expect(fresh["s"] == [1, 1] && fresh["b"] == [0, 0] && fresh["m"] == [0, 0] && fresh["v"] == [1, 1])
    // The last batch has one example, whose variance is zero.
    let recipe = TrainingRecipe(epochs: 20, batchSize: 9, learningRate: 0.05)
    let trained = try trainer.train(T.data(), recipe: recipe)
    #expect(trained.losses.last! < 0.4, "\(trained.losses)")
    let variance = try #require(try trained.constants()["v"])
    #expect(variance.allSatisfy { $0 > 0 && $0 < 1 })
  }

  @Test("what cannot be trained is refused in one line")
  func refusals() throws {
    let library = try RuntimeLibrary.open()
    func error(_ model: ONNXModel, _ options: Trainer.Options = Trainer.Options()) -> TrainingError? {
      do throws(TrainingError) {
        _ = try Trainer(model, options: options, library: library)
        return nil
      } catch { return error }
    }
    #expect(error(try T.linear(batch: 4)) == .fixedBatch(4))
    #expect(error(try T.model([T.node("Relu", ["x"], "y")], [])) == .noWeights)
    let forest = try TrainingExample.model("Examples/breast-cancer/forest.onnx")
    #expect(error(forest) == .noWeights)
    let strange = try T.model(
      [T.node("MatMul", ["x", "w"], "z"), T.node("Strange", ["z"], "y")],
      [T.floats("w", [1, 2, 3, 4], [2, 2])])
    #expect(error(strange)?.description.contains("'Strange'") == true)
    let optimisers: [Optimiser] = [
      .sgd(momentum: 1), .sgd(decay: -1), .adamW(beta1: 1), .adamW(epsilon: 0), .adamW(decay: .nan),
    ]
    for optimiser in optimisers {
      guard case .unsuitableRecipe = error(try T.linear(), Trainer.Options(optimiser: optimiser)) else {
        Issue.record("\(optimiser) is taken")
        continue
      }
    }
    // Weights whose sizes are not what they hold, and shapes that fit nothing.
    for dims: [Int64] in [[2, 3], [-2, -2], [1 << 40, 1 << 40], [2, 2, 0], [4]] {
      let model = try T.model([T.node("MatMul", ["x", "w"], "y")], [T.floats("w", [1, 2, 3, 4], dims)])
      #expect(error(model) != nil, "\(dims)")
    }
  }

  @Test("a rate that is too high is said to be it")
  func divergence() throws {
    let trainer = try Trainer(
      try T.linear(), options: Trainer.Options(optimiser: .sgd(momentum: 0, decay: 100)),
      library: try RuntimeLibrary.open())
    for epochs in [1, 30] {
      let recipe = TrainingRecipe(epochs: epochs, learningRate: 1e38, schedule: .constant)
      do {
        _ = try trainer.train(T.data(), recipe: recipe)
        Issue.record("the weights are said to be right")
      } catch let error as TrainingError {
        guard case .diverged(let step, epochs, 1e38) = error else { throw error }
        #expect(step <= 2)
        #expect(error.description.contains("lower the learning rate"))
      }
    }
  }

  @Test("data that does not fit is refused")
  func data() throws {
    let trainer = try Trainer(try T.linear(), library: try RuntimeLibrary.open())
    let inputs = try Tensor(float32: [1, 2, 3, 4], shape: [2, 2])
    #expect(throws: TrainingError.targetCount(examples: 2, targets: 1)) {
      try TrainingData(inputs: inputs, labels: [1])
    }
    #expect(throws: TrainingError.unsuitableTarget(row: 1)) {
      try TrainingData(inputs: inputs, labels: [1, 0], weights: [1, .nan])
    }
    #expect(throws: TrainingError.unsuitableTarget(row: 1)) {
      try TrainingData(
        inputs: inputs, probabilities: try Tensor(float32: [0, 1, 0, -1], shape: [2, 2]))
    }
    #expect(throws: TrainingError.labelOutOfRange(row: 1, label: 2, classes: 2)) {
      try trainer.train(try TrainingData(inputs: inputs, labels: [1, 2]))
    }
    #expect(throws: TrainingError.targetShape(expected: [2, 2], found: [2, 3])) {
      let rows = try Tensor(float32: [0, 1, 0, 0, 1, 0], shape: [2, 3])
      _ = try trainer.train(try TrainingData(inputs: inputs, probabilities: rows))
    }
    #expect(throws: TrainingError.noExamples) { try trainer.train(T.data(), rows: []) }
    #expect(throws: TrainingError.self) {
      try trainer.train(
        try TrainingData(inputs: try Tensor(float32: [1, 2], shape: [2, 1]), labels: [1, 0]))
    }
  }
}
