// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
package import MartletDatasets
package import MartletEvidence
package import MartletIntegrity
package import MartletRegistry
import MartletRuntime

/// What was found in training data: in which, and with which model.
package struct AssessedData: Sendable {
  package let name: String
  /// As a manifest of the data has it.
  package let digest: Digest
  /// Of the whole dataset.
  package let rowCount: Int
  /// Of the model that was trained on them.
  package let model: Digest?
  package let report: IntegrityReport

  /// Looks at data. Needs no store.
  /// - Throws: `IntegrityError`; ``StoreError`` for a model that cannot be read.
  package init(
    path: String, label: String?, reading: ReadingOptions, model: String?, layer: String?,
    options: IntegrityAssessment.Options = .init(), progress: (String) -> Void = { _ in }
  ) throws {
    progress("rows")
    let rows = try TrainingRows(path, label: label, options: reading)
    (digest, rowCount) = try DataManifest.digest(of: path, options: reading)
    name = (path as NSString).lastPathComponent
    var activations: (name: String, values: [Float], width: Int)?
    if let model {
      progress("the model's layer")
      let (artifact, file) = try AssessedModel.runnableFile(of: model)
      let layered = try LayerModel(file, layer: layer, library: RuntimeLibrary.open())
      let (values, width) = try layered.activations(of: rows)
      activations = (layered.layer, values, width)
      self.model = artifact.manifest.root
    } else {
      self.model = nil
    }
    report = IntegrityAssessment.report(rows, activations: activations, options: options, progress: progress)
  }
}

extension Lifecycle {
  /// Keeps what was found as evidence about the model, and in the log, where the store has the model.
  /// - Returns: the evidence, or nil for a digest that the store does not know.
  package func keep(
    _ assessed: AssessedData, by principal: String = Record.localPrincipal
  ) throws -> StoredEvidence? {
    guard let digest = assessed.model else { return nil }
    let report = assessed.report
    let fact = IntegrityFact(
      at: Date(), data: assessed.digest, outcome: report.isClean ? .clean : .suspicious,
      rows: report.rows.count,
      suspicious: report.suspicious.count, wrongLabels: report.wrongShare,
      triggers: report.groups.count { $0.kind == .trigger } + report.rareValues.count,
      turned: report.pairs.count, layer: report.layer)
    return try keep(fact, about: digest, as: "integrity", outcome: fact.outcome.rawValue, by: principal)
  }
}
