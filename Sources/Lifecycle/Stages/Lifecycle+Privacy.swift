// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
package import MartletEvidence
package import MartletPrivacy
package import MartletRegistry
import MartletRuntime

/// What the user asks to be found out about a model and its training data.
package struct PrivacyRequest: Sendable {
  /// A file or a directory.
  package var path: String
  /// npz files with x and y.
  package var members: String
  package var nonmembers: String
  /// More records like these.
  package var pool: String?
  /// An npz file with x, y and member.
  package var canaries: String?
  package var order: PrivacyOrder
  /// The folder below which shadows are kept; nil for nowhere.
  package var cache: String?

  package init(
    path: String, members: String, nonmembers: String, pool: String? = nil, canaries: String? = nil,
    order: PrivacyOrder = .init(), cache: String? = nil
  ) {
    (self.path, self.members, self.nonmembers) = (path, members, nonmembers)
    (self.pool, self.canaries, self.order, self.cache) = (pool, canaries, order, cache)
  }
}

/// What a model tells of its training data: which bytes, of which records.
package struct PrivacyAssessment: Sendable {
  package let name: String
  /// Of the model; nil where only its answers were given.
  package let digest: Digest?
  /// Of all files of records together.
  package let data: Digest
  package let report: PrivacyReport

  /// Audits a model. Needs no store.
  /// - Throws: ``StoreError`` for a file that cannot be read, `PrivacyError`.
  package init(
    _ request: PrivacyRequest, progress: @escaping @Sendable (PrivacyProgress) -> Void = { _ in }
  ) throws {
    let (artifact, file) = try AssessedModel.runnableFile(of: request.path)
    let members = try Self.read(request.members)
    let nonmembers = try Self.read(request.nonmembers)
    let pool = try request.pool.map { try Self.read($0) }
    let canaries = try request.canaries.map { try Self.read($0) }
    var digests = [("members", Digest.of(members)), ("nonmembers", .of(nonmembers))]
    if let pool { digests.append(("pool", .of(pool))) }
    if let canaries { digests.append(("canaries", .of(canaries))) }
    let records = digests.map { "\($0.0) \($0.1.hex)\n" }.joined()
    let audit = try PrivacyAudit(
      try TargetModel(file, library: RuntimeLibrary.open()),
      members: AuditRecords(npz: members, name: request.members),
      nonmembers: AuditRecords(npz: nonmembers, name: request.nonmembers),
      canaries: try canaries.map { try Canaries(npz: $0, name: request.canaries ?? "") },
      pool: try pool.map { try AuditRecords(npz: $0, name: request.pool ?? "") })
    let model = artifact.manifest.root
    let store = try request.cache.map { cache in
      let recipe = request.order.recipe
      // Everything that a shadow depends on but its number; the first line changes with how shadows are trained.
      let key =
        "shadows 1\nmodel \(model.hex)\n\(records)\(recipe.seed) \(recipe.epochs) \(recipe.batchSize) \(recipe.learningRate)\n"
      return try ShadowStore(cache, key: Digest.of(Array(key.utf8)).hex)
    }
    report = try audit.run(request.order, store: store, progress: progress)
    name = artifact.suggestedName
    digest = model
    data = .of(Array(records.utf8))
  }

  /// Audits a model by its answers alone.
  /// - Parameter answers: an npz file with scores, y and member.
  /// - Throws: as the other.
  package init(answers: String, order: PrivacyOrder) throws {
    let file = try Self.read(answers)
    report = try AnswerRecords(npz: file, name: answers).audit(order)
    name = URL(fileURLWithPath: answers).deletingPathExtension().lastPathComponent
    digest = nil
    data = .of(file)
  }

  private static func read(_ path: String) throws -> Bytes {
    do { return try Bytes(contentsOf: path) } catch { throw StoreError.data("\(error)") }
  }
}

extension Lifecycle {
  /// Keeps an audit as evidence, and in the log, where the store has the model.
  /// - Returns: the evidence, or nil for a digest that the store does not know, for answers without a model, and for an audit that
  ///   left out shadows which it could have made: that is too weak to release a model by.
  package func keep(
    _ assessed: PrivacyAssessment, by principal: String = Record.localPrincipal
  ) throws -> StoredEvidence? {
    guard let digest = assessed.digest, assessed.report.order.recipe.shadows > 0 else { return nil }
    let fact = PrivacyFact(assessed.report, data: assessed.data, at: Date())
    return try keep(fact, about: digest, by: principal)
  }
}

extension PrivacyFact {
  init(_ report: PrivacyReport, data: Digest, at time: Date) {
    let interval = report.chosen.curve.aucInterval
    self.init(
      at: time, members: report.members, nonmembers: report.nonmembers, attack: report.chosen.attack.rawValue,
      shadows: report.shadows?.count ?? 0, auc: report.auc, aucLow: interval.lowerBound,
      aucHigh: interval.upperBound, tprAt1PctFpr: report.found?.share,
      tprAt1PctFprLow: report.found?.interval.lowerBound, tprAt1PctFprHigh: report.found?.interval.upperBound,
      epsilonLower: report.epsilonLower, epsilon: report.order.claimedEpsilon, delta: report.order.delta,
      risk: report.risk.level, verdict: report.risk.verdict.rawValue, data: data)
  }
}
