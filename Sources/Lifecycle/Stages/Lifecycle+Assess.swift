// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAutodiff
import MartletBytes
package import MartletEvidence
import MartletFormats
package import MartletRegistry
package import MartletRobustness
package import MartletRuntime

/// What the user asks to be found out about a model.
package struct AssessOrder: Sendable {
  /// A file or a directory.
  package var path: String
  /// An npz file, or a table of comma-separated values.
  package var data: String
  /// The column of a table with the classes, and what stands there for class 0, 1 and so on.
  package var label: String?
  package var classes: [String]?
  /// What the rows of a table may be: a YAML file.
  package var schema: String?
  package var plan: AttackPlan
  package var norm: Norm
  package var radius: Float
  package var seed: UInt64
  package var seconds: Double?
  package var options: Robustness.Options

  package init(
    path: String, data: String, label: String? = nil, classes: [String]? = nil, schema: String? = nil,
    plan: AttackPlan = .fast, norm: Norm = .linf, radius: Float, seed: UInt64 = 0,
    seconds: Double? = nil, options: Robustness.Options = .init()
  ) {
    self.path = path
    self.data = data
    self.label = label
    self.classes = classes
    self.schema = schema
    self.plan = plan
    self.norm = norm
    self.radius = radius
    self.seed = seed
    self.seconds = seconds
    self.options = options
  }
}

/// What was found out, about which bytes, on which data.
package struct AssessedModel: Sendable {
  package let name: String
  package let digest: Digest
  package let data: Digest
  /// Of the schema that the rows of a table were held to.
  package let schema: Digest?
  package let inputs: Tensor
  package let report: PlanReport
  /// Of one example.
  package var shape: [Int] { Array(inputs.shape.dropFirst()) }

  /// Measures a model. Needs no store.
  /// - Throws: ``StoreError`` for a file that cannot be read or data that do not fit, `RobustnessError`.
  package init(_ order: AssessOrder, progress: (PlanProgress) -> Void = { _ in }) throws {
    let (artifact, file) = try Self.runnableFile(of: order.path)
    let data = try Dataset(at: order.data, label: order.label, classes: order.classes)
    let schema = try order.schema.map { try data.schema(at: $0) }
    let box: Box = try schema == nil && data.isInUnitRange() ? .unit : .range(of: data.inputs)
    let prepared = try Robustness.prepare(
      model: file, inputs: data.inputs, labels: data.labels, attack: PGD(box: box),
      library: RuntimeLibrary.open(), options: order.options)
    report = try prepared.run(
      AttackOrder(
        plan: order.plan, norm: order.norm, radius: order.radius, box: box, seed: order.seed,
        seconds: order.seconds, schema: schema?.schema), progress)
    name = artifact.suggestedName
    digest = artifact.manifest.root
    self.data = data.digest
    self.schema = schema?.digest
    inputs = data.inputs
  }

  /// Gives inputs to a model, and counts those to which it gives another answer than the right one.
  /// - Parameter data: an npz file with x and y.
  /// - Throws: as ``init(_:progress:)``.
  package static func replay(_ data: String, on path: String) throws -> (inputs: Int, fooling: Int) {
    let file = try runnableFile(of: path).bytes
    let data = try Dataset(at: data)
    let answers = try Robustness.answers(
      of: file, to: data.inputs, library: RuntimeLibrary.open(), options: .init())
    return (answers.count, zip(answers, data.labels).count { $0 != $1 })
  }

  private static func runnableFile(of path: String) throws -> (artifact: Artifact, bytes: Bytes) {
    let artifact: Artifact
    do throws(ManifestError) {
      artifact = try Artifact(opening: path, excluding: SignatureFile.namesInside)
    } catch { throw StoreError.artifact("\(error)") }
    guard let file = artifact.runnableFile else {
      throw StoreError.artifact(
        "expected one ONNX file at \(path), found none or several: only ONNX models can be run")
    }
    return (artifact, try whole(file, in: artifact))
  }

  /// The model with the weights that lie in other files of its folder.
  private static func whole(_ file: Bytes, in artifact: Artifact) throws -> Bytes {
    guard let name = artifact.files.first(where: { $0.name.hasSuffix(".onnx") })?.name else { return file }
    let model: ONNXModel
    do { model = try ONNXModel(file) } catch { throw RobustnessError.model(error) }
    guard model.hasWeightsOutside else { return file }
    let folder = (artifact.path + "/" + name as NSString).deletingLastPathComponent
    return Bytes(try model.bytesWithWeightsInside(from: folder))
  }
}

extension Lifecycle {
  /// Keeps what was found as evidence, and in the log, where the store has the model.
  /// - Returns: the evidence, or nil for a digest that the store does not know.
  package func keep(
    _ assessed: AssessedModel, by principal: String = Record.localPrincipal
  ) throws -> StoredEvidence? {
    let version = try store.registry.versions().first { $0.digest == assessed.digest }
    guard let version else { return nil }
    let fact = RobustnessFact(assessed, at: Date())
    let evidence = store.evidence(fact, about: assessed.digest, named: version.model)
    let record = Record(
      "assess", outcome: "passed", by: principal, model: version.model, digest: assessed.digest,
      evidence: [evidence.id], at: fact.at)
    try store.write(record) { try store.registry.keep([evidence]) }
    return evidence
  }
}

extension RobustnessFact {
  init(_ assessed: AssessedModel, at time: Date) {
    let report = assessed.report
    let robust = ["\(report.order.radius)": Accuracy(report.robust)]
    let attacks = report.attempts.map(\.attack).joined(separator: ", ")
    self.init(
      at: time, examples: report.examples.count, clean: Accuracy(report.clean),
      linf: report.order.norm == .linf && assessed.schema == nil ? robust : nil,
      attack: "\(report.order.plan.rawValue): \(attacks); \(report.distanceWords)",
      differentiated: report.differentiated, trust: report.trust.rawValue,
      checks: report.checks.map { Check(name: $0.name, trust: $0.trust.rawValue, detail: $0.detail) },
      data: assessed.data, reason: report.deviation)
    if let schema = assessed.schema {
      table = Table(
        schema: schema, linf: report.order.norm == .linf ? robust : nil,
        l2: report.order.norm == .l2 ? robust : nil)
    } else if report.order.norm == .l2 {
      l2 = robust
    }
  }
}
