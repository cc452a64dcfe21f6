// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAutodiff
import MartletFormats
import MartletRuntime
import Synchronization

/// A classifier as attacks see it: logits, losses and their slopes at points of the unit space. A graph is built when the
/// first attack asks for its loss.
final class AttackModel: Sendable {
  /// Where scores come from.
  private struct Asking {
    let session: BatchedSession
    let input: String
    let output: String
    /// The output names the class, and has no scores: the class has score 1, all others 0.
    var areLabels = false
  }

  /// What a loss is at some points.
  struct Answer {
    /// One row of scores a point.
    let logits: [Float]
    var loss: [Float]
    /// One row a point.
    var slopes: [Float]
  }

  let classCount: Int
  let space: UnitSpace
  private let model: ONNXModel
  private let shape: [Int]
  private let library: RuntimeLibrary
  private let sharing: Sharing
  private let asking: Asking
  /// Slopes that are averaged at each point, for a model that answers at random.
  private let samples: Int
  private let losses = Mutex<[ExampleLoss: (session: BatchedSession, graph: LossGradient)]>([:])
  /// Points that the model was asked about, without and with slopes.
  private let asked = Mutex<(plain: Int, slopes: Int)>((0, 0))
  private let undefined = Atomic(0)

  /// - Parameter shape: of one example.
  /// - Throws: ``RobustnessError``; ``RobustnessError/noGradient(reason:)`` where the logits cannot be found.
  init(
    _ model: ONNXModel, space: UnitSpace, shape: [Int], samples: Int, library: RuntimeLibrary,
    sharing: Sharing
  ) throws(RobustnessError) {
    let graph: LogitsGraph
    do throws(AutodiffError) { graph = try LogitsGraph(of: model) } catch {
      throw .noGradient(reason: model.reason(of: error))
    }
    classCount = graph.classCount
    self.model = model
    self.space = space
    self.shape = shape
    self.library = library
    self.sharing = sharing
    self.samples = samples
    asking = Asking(
      session: try Self.session(graph.serialized, library, sharing), input: graph.inputName,
      output: graph.logitsName)
  }

  /// A model of which only the answers are used, because it has no slopes.
  /// - Parameter classes: how many there are at least, for a model that only names them.
  init(
    answersOf model: ONNXModel, session: Session, classes: Int, space: UnitSpace, shape: [Int],
    library: RuntimeLibrary, sharing: Sharing
  ) throws(RobustnessError) {
    guard session.inputs.count == 1 else { throw .severalInputs(session.inputs.map(\.name)) }
    let scores = session.outputs.first {
      $0.type == .float32 && ($0.shape?.count ?? 0) == 2 && $0.shape?[1] != .fixed(1)
    }
    guard let output = scores ?? session.outputs.first(where: { $0.type == .int64 }) else {
      throw .noClasses(outputs: session.outputs.map(\.name))
    }
    if case .fixed(let count)? = scores?.shape?[1] { classCount = count } else { classCount = classes }
    self.model = model
    self.space = space
    self.shape = shape
    self.library = library
    self.sharing = sharing
    samples = 1
    asking = Asking(
      session: BatchedSession(session, sharing), input: session.inputs[0].name, output: output.name,
      areLabels: scores == nil)
  }

  var queries: (plain: Int, slopes: Int) { asked.withLock { $0 } }

  /// The scores at each of `count` points.
  func logits(_ places: [Float], count: Int) throws(RobustnessError) -> [Float] {
    asked.withLock { $0.plain += count }
    let outputs = try running { () throws(RuntimeError) in
      try asking.session.run([(asking.input, try tensor(places, count))], outputs: [asking.output])
    }
    guard asking.areLabels else { return try floats(outputs, asking.output, count * classCount) }
    guard let answer = outputs[asking.output], answer.count == count else {
      throw .outputShape(name: asking.output, found: outputs[asking.output]?.shape ?? [])
    }
    var scores = [Float](repeating: 0, count: count * classCount)
    let labels = try running { () throws(RuntimeError) in try answer.array(of: Int64.self) }
    for (row, label) in labels.enumerated() where (0..<Int64(classCount)).contains(label) {
      scores[row * classCount + Int(label)] = 1
    }
    return scores
  }

  /// Scores, losses and slopes at each point.
  /// - Parameter targets: a class for each, where the loss has targets.
  func answer(
    _ loss: ExampleLoss, _ places: [Float], labels: [Int64], targets: [Int64]? = nil
  ) throws(RobustnessError) -> Answer {
    var answer = try once(loss, places, labels: labels, targets: targets)
    for _ in 1..<max(1, samples) {
      let sums = answer.slopes
      answer = try once(loss, places, labels: labels, targets: targets)
      for index in sums.indices { answer.slopes[index] += sums[index] }
    }
    return answer
  }

  /// The cross-entropy of some targets at `points`, or where there are goals what lowers that of the goals.
  /// - Parameter which: their places among the targets, in the order of the points.
  func crossEntropy(
    _ points: [[Float]], _ targets: Targets, _ which: [Int]
  ) throws(RobustnessError) -> Answer { try towards(.crossEntropy, points, targets, which) }

  /// By how much the best wrong class is ahead, or where there are goals by how much the goal is.
  func margin(
    _ points: [[Float]], _ targets: Targets, _ which: [Int]
  ) throws(RobustnessError) -> Answer { try towards(.margin, points, targets, which) }

  /// A loss that says how little the model holds of a class: of the true one it is to rise, of a goal to fall.
  private func towards(
    _ loss: ExampleLoss, _ points: [[Float]], _ targets: Targets, _ which: [Int]
  ) throws(RobustnessError) -> Answer {
    let classes = targets.goals ?? targets.labels
    var answer = try answer(loss, points.flatMap { $0 }, labels: which.map { classes[$0] })
    guard targets.goals != nil else { return answer }
    for index in answer.loss.indices { answer.loss[index].negate() }
    for index in answer.slopes.indices { answer.slopes[index].negate() }
    return answer
  }

  private func once(
    _ loss: ExampleLoss, _ places: [Float], labels: [Int64], targets: [Int64]?
  ) throws(RobustnessError) -> Answer {
    let count = labels.count
    asked.withLock { $0.slopes += count }
    let (session, graph) = try session(for: loss)
    let outputs = try running { () throws(RuntimeError) in
      var inputs = [
        (graph.inputName, try tensor(places, count)),
        (graph.labelsName, try Tensor(int64: labels, shape: [count])),
      ]
      if let name = graph.targetsName {
        inputs.append((name, try Tensor(int64: targets ?? labels, shape: [count])))
      }
      return try session.run(inputs, outputs: [graph.logitsName, graph.lossName, graph.gradientName])
    }
    var answer = Answer(
      logits: try floats(outputs, graph.logitsName, count * classCount),
      loss: try floats(outputs, graph.lossName, count),
      slopes: try floats(outputs, graph.gradientName, places.count))
    space.scale(&answer.slopes)
    return answer
  }

  /// The class with the highest of one row of scores; nil where a score is not finite.
  func best(_ logits: [Float], at row: Int) -> Int64? {
    let best = largest(logits[row * classCount..<(row + 1) * classCount]).map(Int64.init)
    if best == nil { undefined.add(1, ordering: .relaxed) }
    return best
  }

  /// How often a point's scores were not finite.
  var undefinedPoints: Int { undefined.load(ordering: .relaxed) }

  private func session(
    for loss: ExampleLoss
  ) throws(RobustnessError) -> (session: BatchedSession, graph: LossGradient) {
    if let known = losses.withLock({ $0[loss] }) { return known }
    let graph: LossGradient
    do throws(AutodiffError) { graph = try LossGradient.of(model, loss: loss) } catch {
      throw .noGradient(reason: model.reason(of: error))
    }
    let made = (session: try Self.session(graph.serialized, library, sharing), graph: graph)
    losses.withLock { $0[loss] = made }
    return made
  }

  private static func session(
    _ bytes: [UInt8], _ library: RuntimeLibrary, _ sharing: Sharing
  ) throws(RobustnessError) -> BatchedSession {
    let session = try running { () throws(RuntimeError) in
      try Session(library: library, model: bytes.span, options: sharing.options)
    }
    return BatchedSession(session, sharing)
  }

  private func tensor(_ places: [Float], _ count: Int) throws(RuntimeError) -> Tensor {
    try Tensor(float32: space.values(at: places), shape: [count] + shape)
  }

  private func floats(
    _ outputs: [String: Tensor], _ name: String, _ count: Int
  ) throws(RobustnessError) -> [Float] {
    guard let tensor = outputs[name], tensor.count == count else {
      throw .outputShape(name: name, found: outputs[name]?.shape ?? [])
    }
    return try running { () throws(RuntimeError) in try tensor.array(of: Float.self) }
  }
}
