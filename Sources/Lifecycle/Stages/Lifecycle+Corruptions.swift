// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
package import MartletEvidence
import MartletFormats
package import MartletRegistry
package import MartletRobustness
package import MartletRuntime

/// How often a model is right about corrupted pictures: which bytes, on which data.
package struct CorruptionAssessment: Sendable {
  package let name: String
  package let digest: Digest
  package let data: Digest
  /// The pictures that were measured.
  package let inputs: Tensor
  package let labels: [Int64]
  package let report: CorruptionReport
  /// Of one picture.
  package var shape: [Int] { Array(inputs.shape.dropFirst()) }

  /// Measures a model. Needs no store.
  /// - Parameters:
  ///   - path: a file or a directory.
  ///   - npz: the data.
  ///   - limit: how many pictures from the beginning; nil for all.
  /// - Throws: ``StoreError`` for a file that cannot be read or data that do not fit, `RobustnessError`.
  package init(
    path: String, npz: String, limit: Int? = nil, order: CorruptionOrder = .init(),
    options: Assessment.Options = .init(), progress: (CorruptionProgress) -> Void = { _ in }
  ) throws {
    let (artifact, file) = try AssessedModel.runnableFile(of: path)
    let dataset = try Dataset(at: npz)
    let count = min(limit ?? .max, dataset.labels.count)
    inputs = dataset.inputs.rows(0..<count)
    labels = Array(dataset.labels.prefix(count))
    try Corruption.check(inputs)
    report = try Assessment(
      model: file, inputs: inputs, labels: labels, library: RuntimeLibrary.open(), options: options
    ).run(order, progress)
    name = artifact.suggestedName
    digest = artifact.manifest.root
    data = dataset.digest
  }
}

extension Lifecycle {
  /// Keeps a whole measurement as evidence, and in the log, where the store has the model.
  /// - Returns: the evidence, or nil for a digest that the store does not know and for a measurement of parts.
  package func keep(
    _ assessed: CorruptionAssessment, by principal: String = Record.localPrincipal
  ) throws -> StoredEvidence? {
    guard let fact = CorruptionFact(assessed, at: Date()) else { return nil }
    return try keep(fact, about: assessed.digest, by: principal)
  }
}

extension CorruptionFact {
  /// Nil where not everything was measured.
  init?(_ assessed: CorruptionAssessment, at time: Date) {
    let report = assessed.report
    guard report.isWhole, let accuracy = report.meanAccuracy, let worst = report.worst else { return nil }
    let each = report.corruptions.map { ($0.rawValue, report.accuracy(of: $0) ?? 0) }
    self.init(
      at: time, examples: report.clean.total, clean: .init(report.clean), accuracy: accuracy,
      each: Dictionary(uniqueKeysWithValues: each), worst: worst.rawValue, constants: report.constants,
      seed: report.order.seed, data: assessed.data)
  }
}
