// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
package import MartletEvidence
import MartletFormats
package import MartletRegistry
import MartletRuntime
package import MartletTheft

/// What it costs to steal a model: which bytes, with which data.
package struct TheftFindings: Sendable {
  package let name: String
  package let digest: Digest
  package let data: Digest
  package let report: TheftReport

  /// Steals a model. Needs no store.
  ///
  /// Where the data have a part that was trained on, that is what a thief could have, and the rest is what fidelity is measured
  /// on; otherwise each gets half of the rows.
  /// - Parameters:
  ///   - path: a file or a directory.
  ///   - data: an npz file, or a table of comma-separated values.
  ///   - threads: nil for one a core.
  /// - Throws: ``StoreError`` for a file that cannot be read or data that do not fit, `TheftError`.
  package init(
    path: String, data: String, order: TheftOrder = .init(), threads: Int? = nil,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) throws {
    let (artifact, file) = try AssessedModel.runnableFile(of: path)
    let dataset = try Dataset(at: data)
    let rows = dataset.labels.count
    let known = try dataset.trained(from: data)
    let half = known == nil ? rows / 2 : 0
    report = try TheftAssessment(
      model: file, pool: known ?? dataset.inputs.rows(0..<half), measured: dataset.inputs.rows(half..<rows),
      labels: Array(dataset.labels[half...]), library: RuntimeLibrary.open(), threads: threads
    ).run(order, progress: progress)
    name = artifact.suggestedName
    digest = artifact.manifest.root
    self.data = dataset.digest
  }
}

extension Dataset {
  /// `x_train` of the file; nil where it has none of the same shape.
  fileprivate func trained(from path: String) throws(StoreError) -> Tensor? {
    do {
      guard let archive = try? NumpyArchive(Bytes(contentsOf: path)), let array = try archive["x_train"],
        array.descr.kind == "f", array.shape.dropFirst() == inputs.shape.dropFirst()
      else { return nil }
      return try Tensor(float32: array.float32(), shape: array.shape)
    } catch { throw .data("\(path): \(error)") }
  }
}

extension Lifecycle {
  /// Keeps a whole assessment as evidence, and in the log, where the store has the model.
  /// - Returns: the evidence, or nil for a digest that the store does not know and for an assessment of parts.
  package func keep(
    _ found: TheftFindings, by principal: String = Record.localPrincipal
  ) throws -> StoredEvidence? {
    guard let fact = TheftFact(found, at: Date()) else { return nil }
    return try keep(fact, about: found.digest, by: principal)
  }
}

extension TheftFact {
  /// Nil where not every attack was tried on every form of answers that the model has.
  init?(_ found: TheftFindings, at time: Date) {
    let report = found.report
    let isWhole = report.isComplete && Set(report.attacks) == Set(TheftAttack.allCases)
    guard isWhole, report.forms == AnswerForm.allCases || report.forms == [.label] else { return nil }
    let price = report.forms.map { form in
      let levels = StealPrice.levels.compactMap { level in
        report.price(form, level: level).map { price in
          (
            "\(Int((level * 100).rounded()))",
            Price(
              queries: Int((price.queries ?? Double(price.asked)).rounded(.up)), reached: price.queries != nil
            )
          )
        }
      }
      return (form.rawValue, Dictionary(uniqueKeysWithValues: levels))
    }
    self.init(
      at: time, price: Dictionary(uniqueKeysWithValues: price), advised: report.advice.form.rawValue,
      budget: report.advice.budget, linear: report.linear != nil, queries: report.order.queries,
      seeds: report.order.seeds, examples: report.measured, data: found.data)
  }
}
