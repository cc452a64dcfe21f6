// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
package import MartletBytes
import MartletFormats
package import MartletRuntime
import MartletTraining
import Synchronization

/// Steals a model, in every way that is ordered, and says what it took.
///
///     let assessment = try TheftAssessment(model: file, pool: inputs, measured: others, labels: labels, library: library)
///     let report = try assessment.run(TheftOrder())
package struct TheftAssessment: Sendable {
  private let victim: Victim
  private let maker: QueryMaker
  private let measured: Tensor
  private let labels: [Int64]
  private let truth: [Int]
  private let areLogits: Bool
  private let classes: Int
  private let apprentice: Apprentice
  private let knowsArchitecture: Bool
  private let library: RuntimeLibrary
  private let threads: Int

  /// How far from the lowest level a thief must be to give up.
  private static let hope = 0.1
  /// The fewest rows on each side.
  private static let fewestRows = 40

  /// - Parameters:
  ///   - pool: float32 [N, ...], natural inputs that a thief could have.
  ///   - measured: others of the same shape, that fidelity is measured on.
  ///   - labels: the right classes of `measured`.
  ///   - threads: how many copies learn at once; nil for one a core.
  /// - Throws: ``TheftError``.
  package init(
    model bytes: Bytes, pool: Tensor, measured: Tensor, labels: [Int64], library: RuntimeLibrary,
    threads: Int? = nil
  ) throws(TheftError) {
    let rows = min(pool.rowCount ?? 0, measured.rowCount ?? 0)
    guard rows >= Self.fewestRows else { throw .tooFewRows(needed: 2 * Self.fewestRows, found: 2 * rows) }
    victim = try Victim(bytes, library: library, threads: threads)
    maker = try QueryMaker(pool)
    (self.measured, self.labels, self.library) = (measured, labels, library)
    self.threads = max(1, threads ?? ProcessInfo.processInfo.activeProcessorCount)
    let least = Int(clamping: (labels.max() ?? 0)) + 1
    let answers = try victim.answers(to: measured, classes: least)
    (truth, classes) = (answers.labels, answers.classes)
    areLogits = !answers.areProbabilities
    guard classes > 1 else { throw .outputShape(name: victim.output, found: [rows, classes]) }
    let classes = classes
    if let own = try? Trainer(victim.model, library: library), own.classes == classes {
      (apprentice, knowsArchitecture) = (Apprentice(trainer: own), true)
    } else {
      let maker = maker
      let plain: ONNXModel
      do {
        plain = try PlainStudent.model(
          shape: maker.shape, classes: classes, lows: maker.lows, highs: maker.highs)
      } catch { throw .model(error) }
      apprentice = Apprentice(
        trainer: try training { () throws(TrainingError) in try Trainer(plain, library: library) })
      knowsArchitecture = false
    }
  }

  private struct Job: Sendable {
    let attack: TheftAttack
    let form: AnswerForm
    let seed: UInt64
  }

  /// - Parameter progress: how many thieves are done, of how many; called from any thread.
  /// - Throws: ``TheftError``.
  package func run(
    _ order: TheftOrder = TheftOrder(), progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) throws(TheftError) -> TheftReport {
    try order.check()
    let start = ContinuousClock.now
    let forms = victim.namesOnly ? [.label] : order.forms
    // All seeds of one come after the first of every other, so that a run that is cut short has a little of everything.
    let jobs = (0..<order.seeds).flatMap { seed in
      order.attacks.flatMap { attack in
        forms.map { Job(attack: attack, form: $0, seed: order.seed &+ UInt64(seed)) }
      }
    }
    let state = Mutex((next: 0, done: 0, failure: TheftError?.none, courses: [Int: TheftReport.Course]()))
    DispatchQueue.concurrentPerform(iterations: min(threads, jobs.count)) { _ in
      while let place = state.withLock({ (state) -> Int? in
        let isLate = order.maxSeconds.map { (ContinuousClock.now - start).seconds >= $0 } ?? false
        guard state.next < jobs.count, state.failure == nil, !isLate || state.next == 0 else { return nil }
        state.next += 1
        return state.next - 1
      }) {
        let result = Result { () throws(TheftError) in try course(jobs[place], order) }
        let done = state.withLock { state -> Int in
          switch result {
          case .success(let course): state.courses[place] = course
          case .failure(let error): state.failure = state.failure ?? error
          }
          state.done += 1
          return state.done
        }
        progress(done, jobs.count)
      }
    }
    let (failure, courses) = state.withLock { ($0.failure, $0.courses) }
    if let failure { throw failure }
    let linear =
      try LinearTheft.isLinear(victim, maker, areLogits: areLogits)
      ? LinearTheft(
        victim, maker, areLogits: areLogits, measured: measured, answers: truth, seed: order.seed) : nil
    let right = zip(truth, labels).count { Int64($0) == $1 }
    return TheftReport(
      courses: courses.keys.sorted().compactMap { courses[$0] }, order: order, linear: linear,
      measured: truth.count, pool: maker.pool.rowCount ?? 0, classes: classes,
      accuracy: Double(right) / Double(truth.count), knowsArchitecture: knowsArchitecture,
      isComplete: courses.count == jobs.count, seconds: (ContinuousClock.now - start).seconds)
  }

  /// One thief, who stops when nothing more is to be had.
  private func course(_ job: Job, _ order: TheftOrder) throws(TheftError) -> TheftReport.Course {
    let available = job.attack == .natural ? maker.pool.rowCount ?? 0 : .max
    let steps = order.steps(of: available)
    var asked = try maker.queries(job.attack, count: steps.last ?? 0, seed: job.seed)
    var points: [(queries: Int, fidelity: Double, accuracy: Double)] = []
    var before: TrainedModel?
    for (place, count) in steps.enumerated() {
      let known = asked.rows(0..<min(count, asked.rowCount ?? 0))
      let student = try student(known, job, from: before)
      before = student
      let said = try labels(of: student)
      let alike = zip(said, truth).count { $0 == $1 }
      let right = zip(said, labels).count { Int64($0) == $1 }
      points.append(
        (known.rowCount ?? 0, Double(alike) / Double(truth.count), Double(right) / Double(truth.count)))
      if Double(alike) >= (StealPrice.levels.last ?? 1) * Double(truth.count) { break }
      let gains = zip(points, points.dropFirst()).map { $1.fidelity - $0.fidelity }
      // Who gains as much with every doubling as ever so far, and would not get there, gives up.
      if let best = gains.max(), let last = points.last,
        last.fidelity + best * Double(steps.count - 1 - place) < StealPrice.levels[0] - Self.hope
      {
        break
      }
      if job.attack == .jacobian, place + 1 < steps.count {
        asked = try augmented(known, by: student, to: steps[place + 1], job)
      }
    }
    return .init(attack: job.attack, form: job.form, seed: job.seed, points: points)
  }

  /// A copy that learned from all answers so far; it goes on from the one before, as a thief in a hurry would.
  private func student(
    _ inputs: Tensor, _ job: Job, from before: TrainedModel?
  ) throws(TheftError) -> TrainedModel {
    let answers = try victim.answers(to: inputs, classes: classes)
    let learned = job.form.learned(
      from: answers.probabilities(areLogits: areLogits), classes: classes)
    let rows = inputs.rowCount ?? 0
    let table = try running { () throws(RuntimeError) in
      try Tensor(float32: learned, shape: [rows, classes])
    }
    let data = try training { () throws(TrainingError) in
      try TrainingData(inputs: inputs, probabilities: table)
    }
    // What is left of the loss when every answer is repeated as it was given.
    let floor = -learned.reduce(0.0) { $0 + ($1 > 0 ? Double($1) * log(Double($1)) : 0) } / Double(rows)
    return try training { () throws(TrainingError) in
      try apprentice.learn(data, floor: floor, seed: job.seed, from: before)
    }
  }

  private func labels(of student: TrainedModel) throws(TheftError) -> [Int] {
    let logits = try training { () throws(TrainingError) in try student.logits(for: measured) }
    let scores = try running { () throws(RuntimeError) in try logits.array(of: Float.self) }
    return Victim.Answers(scores: scores, classes: classes, layer: []).labels
  }

  /// What was asked, and steps from it along the student's slopes.
  private func augmented(
    _ known: Tensor, by student: TrainedModel, to count: Int, _ job: Job
  ) throws(TheftError) -> Tensor {
    let model = try training { () throws(TrainingError) in try student.model() }
    let gradient = try StudentGradient(of: model, library: library)
    let rows = known.rowCount ?? 0
    var random = SeededRandom(seed: job.seed &+ UInt64(rows), stream: 12)
    var order = Array(0..<rows)
    random.shuffle(&order)
    let chosen = Array(order.prefix(count - rows))
    let from = try running { () throws(RuntimeError) in try known.rows(chosen) }
    let said = try victim.answers(to: from, classes: classes).labels
    let stepped = try maker.stepped(from, along: try gradient.slopes(at: from, labels: said))
    return try running { () throws(RuntimeError) in
      let values = try known.array(of: Float.self) + stepped.array(of: Float.self)
      return try Tensor(float32: values, shape: [rows + chosen.count] + maker.shape)
    }
  }
}

extension Duration {
  fileprivate var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
