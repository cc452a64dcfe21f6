// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAutodiff
package import MartletBytes
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
  package var attack: AttackOrder
  /// A file in which what is found is kept as it is found, and from which work that was stopped goes on.
  package var journal: String?
  package var options: Assessment.Options

  package init(
    path: String, data: String, label: String? = nil, classes: [String]? = nil, schema: String? = nil,
    attack: AttackOrder, journal: String? = nil, options: Assessment.Options = .init()
  ) {
    self.path = path
    self.data = data
    self.label = label
    self.classes = classes
    self.schema = schema
    self.attack = attack
    self.journal = journal
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
    let assessment = try Assessment(
      model: file, inputs: data.inputs, labels: data.labels,
      box: schema == nil ? data.box() : .range(of: data.inputs), library: RuntimeLibrary.open(),
      options: order.options)
    name = artifact.suggestedName
    digest = artifact.manifest.root
    self.data = data.digest
    self.schema = schema?.digest
    inputs = data.inputs
    var attack = order.attack
    attack.schema = schema?.schema
    let shown = [("model", digest), ("data", self.data)] + (schema.map { [("schema", $0.digest)] } ?? [])
    let work = shown.map { "\($0.0) \($0.1.hex.prefix(16)), " }.joined() + "\(attack)"
    let journal = try order.journal.map { try AttackJournal($0, about: work) }
    var report: PlanReport
    do { report = try assessment.run(attack, journal: journal, progress) } catch {
      journal?.discardIfEmpty()
      throw error
    }
    report.classNames = order.classes
    self.report = report
  }

  /// Gives inputs to a model, and counts those to which it gives another answer than the right one.
  /// - Parameter data: an npz file with x and y.
  /// - Throws: as ``init(_:progress:)``.
  package static func replay(_ data: String, on path: String) throws -> (inputs: Int, fooling: Int) {
    let file = try runnableFile(of: path).bytes
    let data = try Dataset(at: data)
    let answers = try Assessment.answers(of: file, to: data.inputs, library: RuntimeLibrary.open())
    return (answers.count, zip(answers, data.labels).count { $0 != $1 })
  }

  /// The one ONNX file that a path leads to, with its weights.
  /// - Throws: ``StoreError``.
  package static func runnableFile(of path: String) throws -> (artifact: Artifact, bytes: Bytes) {
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
    // That a model does not give one certain answer says little of how robust it is.
    guard assessed.report.order.goal == nil else { return nil }
    let fact = RobustnessFact(
      assessed.report, data: assessed.data, schema: assessed.schema, at: Date())
    return try keep(fact, about: assessed.digest, by: principal)
  }
}

extension RobustnessFact {
  /// - Parameter schema: that the rows of a table were held to.
  init(_ report: PlanReport, data: Digest, schema: Digest? = nil, at time: Date) {
    let within = Dictionary(
      uniqueKeysWithValues: report.curve.filter(\.isOfPlan).map { ("\($0.radius)", Accuracy($0.robust)) })
    let attacks = report.order.plan.rawValue + ": " + report.attacksRun.joined(separator: ", ")
    self.init(
      at: time, examples: report.examples.count, clean: Accuracy(report.clean),
      linf: report.order.norm == .linf && schema == nil ? within : nil,
      l2: report.order.norm == .l2 && schema == nil ? within : nil,
      table: schema.map {
        Table(
          schema: $0, linf: report.order.norm == .linf ? within : nil,
          l2: report.order.norm == .l2 ? within : nil)
      },
      attack: "\(attacks); \(report.distanceWords)", differentiated: report.differentiated,
      trust: report.trust.rawValue,
      checks: report.checks.map { Check(name: $0.name, trust: $0.trust.rawValue, detail: $0.detail) },
      data: data, reason: report.deviation)
  }
}
