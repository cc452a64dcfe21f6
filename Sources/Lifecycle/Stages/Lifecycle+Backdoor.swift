// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
package import MartletBackdoor
import MartletBytes
package import MartletEvidence
import MartletFormats
package import MartletRegistry
import MartletRuntime

/// What is to be found out about a model: whether it carries a backdoor, what became of it since its parent, or both.
package struct BackdoorRequest: Sendable {
  /// A file or a directory.
  package var path: String
  /// An npz file, or a table of comma-separated values, that is clean; nil to search for no trigger.
  package var data: String?
  /// The column of a table with the classes.
  package var label: String?
  package var order: BackdoorOrder
  /// What the model was made from; a second one for a model that was merged.
  package var parents: [String]
  /// Patterns of the names of tensors and nodes that were meant to change.
  package var declared: [String]

  package init(
    path: String, data: String? = nil, label: String? = nil, order: BackdoorOrder = BackdoorOrder(),
    parents: [String] = [], declared: [String] = []
  ) {
    (self.path, self.data, self.label, self.order) = (path, data, label, order)
    (self.parents, self.declared) = (parents, declared)
  }
}

/// What was found out: about which bytes, with which data and beside which parent.
package struct BackdoorFindings: Sendable {
  package let name: String
  package let digest: Digest
  package let data: Digest?
  package let report: BackdoorReport?
  package let parent: (name: String, digest: Digest)?
  package let comparison: ParentComparison?

  package var isClean: Bool {
    report?.verdict != .suspicious && (comparison?.undeclared ?? 0) == 0
  }

  /// Looks at a model. Needs no store, and without data nothing that runs models.
  /// - Throws: ``StoreError`` for a file that cannot be read or data that do not fit, `BackdoorError`.
  package init(
    _ request: BackdoorRequest, progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) throws {
    let artifact = try Self.artifact(request.path)
    name = artifact.suggestedName
    digest = artifact.manifest.root
    if let first = request.parents.first {
      let parent = try Self.artifact(first)
      let other = try request.parents.dropFirst().first.map { try Self.tensors(of: $0) }
      comparison = try ParentComparison(
        of: try Self.tensors(of: request.path), parent: try Self.tensors(of: first), other: other,
        declared: request.declared)
      self.parent = (parent.suggestedName, parent.manifest.root)
    } else {
      (comparison, parent) = (nil, nil)
    }
    guard let path = request.data else {
      (report, data) = (nil, nil)
      return
    }
    let file = try AssessedModel.runnableFile(of: request.path).bytes
    let dataset = try Dataset(at: path, label: request.label)
    report = try BackdoorAssessment(
      model: file,
      data: CleanData(
        inputs: dataset.inputs, labels: dataset.labels, learned: try dataset.trainingPart(of: path),
        names: dataset.names), library: RuntimeLibrary.open()
    ).run(request.order, progress: progress)
    data = dataset.digest
  }

  private static func artifact(_ path: String) throws(StoreError) -> Artifact {
    do throws(ManifestError) {
      return try Artifact(opening: path, excluding: SignatureFile.namesInside)
    } catch { throw .artifact("\(error)") }
  }

  /// The tensors of safetensors files, or of the one ONNX file with its weights.
  private static func tensors(of path: String) throws -> ModelTensors {
    let artifact = try artifact(path)
    let parts = artifact.files.filter { $0.name.hasSuffix(".safetensors") }
    if !parts.isEmpty { return try ModelTensors(parts.map { ($0.name, $0.bytes) }, path: path) }
    if artifact.files.count == 1, artifact.runnableFile == nil {
      return try ModelTensors([(artifact.files[0].name, artifact.files[0].bytes)], path: path)
    }
    return try ModelTensors([(path, try AssessedModel.runnableFile(of: path).bytes)], path: path)
  }
}

extension Dataset {
  /// `x_train` and `y_train` of the file, which references learn from; nil where it has none of the same shape.
  fileprivate func trainingPart(of path: String) throws(StoreError) -> (inputs: Tensor, labels: [Int64])? {
    do {
      guard let archive = try? NumpyArchive(Bytes(contentsOf: path)), archive.names.contains("x_test"),
        let x = try archive["x_train"], let y = try archive["y_train"], x.descr.kind == "f",
        "iu".contains(y.descr.kind), x.shape.dropFirst() == inputs.shape.dropFirst(), y.shape == [x.shape[0]]
      else { return nil }
      return (try Tensor(float32: x.float32(), shape: x.shape), try y.int64())
    } catch { throw .data("\(path): \(error)") }
  }
}

extension Lifecycle {
  /// Keeps what was found as evidence, and in the log, where the store has the model.
  /// - Returns: the evidence, or nil for a digest that the store does not know.
  package func keep(
    _ found: BackdoorFindings, by principal: String = Record.localPrincipal
  ) throws -> StoredEvidence? {
    try keep(
      BackdoorFact(found, at: Date()), about: found.digest, as: "backdoor",
      outcome: found.isClean ? "clean" : "suspicious", by: principal)
  }
}

extension BackdoorFact {
  init(_ found: BackdoorFindings, at time: Date) {
    let report = found.report
    self.init(
      at: time, verdict: report?.verdict.rawValue, score: report?.calibration.score, p: report?.calibration.p,
      significance: report?.order.significance, target: report?.target, references: report?.order.references,
      examples: report?.rows, data: found.data, parent: found.parent?.digest,
      changes: found.comparison?.changes, undeclaredChanges: found.comparison?.undeclared,
      declared: found.comparison.map { $0.declared.joined(separator: ",") })
  }
}
