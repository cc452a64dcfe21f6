// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletEvidence
import MartletGate
import MartletRegistry

extension Lifecycle {
  /// Admits, seals, assesses and decides. Everything that was found is evidence, and every step is in the record before
  /// this returns.
  ///
  /// A model that is refused at one stage goes no further, and nothing of it stays in the store but the evidence why.
  ///
  /// - Throws: ``StoreError`` and the parts' own errors when a step could not be taken at all: a missing or
  ///   unreadable file, data that do not fit, a store that cannot be written.
  package func protect(
    _ order: ProtectOrder, progress: (ProtectProgress) -> Void = { _ in }
  ) throws -> ProtectReport {
    // What can be wrong with the order is found before anything is written.
    let data = try order.data.map { path throws(StoreError) in try Dataset(at: path) }
    let run = try ProtectRun(order, store, data, try policy(chosen: order.policy, in: order.environment))
    try run.refuseRevoked()
    try run.checkRoom()

    progress(.started(.admit, what: "reading, scanning and verifying \(order.path)"))
    var admission = try run.admit()
    progress(.finished(admission.stage))
    var report = ProtectReport(
      model: run.model, digest: run.digest, verdict: admission.verdict, stages: [admission.stage])
    guard let admitted = admission.takeModel() else {
      report.decision = admission.refusal
      return report
    }

    progress(.started(.seal, what: "encrypting \(run.artifact.files.count) file(s)"))
    let (sealed, sealStage) = try run.seal(admitted)
    progress(.finished(sealStage))
    report.stages.append(sealStage)
    report.version = sealed.version

    progress(.started(.assess, what: "measuring accuracy, clean and under attack"))
    let assessStage = try run.assess(sealed, admitted.assessment) { progress(.fraction($0, what: $1)) }
    progress(.finished(assessStage))
    report.stages.append(assessStage)

    progress(.started(.release, what: "asking the gate"))
    let (decision, releaseStage) = try run.release(sealed)
    progress(.finished(releaseStage))
    report.stages.append(releaseStage)
    report.decision = decision
    return report
  }
}

/// One run of protect: the artifact, opened once, and what the stages share.
struct ProtectRun {
  let order: ProtectOrder
  let store: Store
  let artifact: Artifact
  let data: Dataset?
  let model: String
  let policy: Policy
  /// The signature that came with the artifact, where it did not come as a file.
  let signature: Bytes?

  var digest: Digest { artifact.manifest.root }

  /// - Parameter artifact: what is offered, where it does not lie at the path of the order.
  init(
    _ order: ProtectOrder, _ store: Store, _ data: Dataset?, _ policy: Policy, artifact: Artifact? = nil,
    signature: Bytes? = nil
  ) throws(StoreError) {
    self.order = order
    self.policy = policy
    self.store = store
    self.data = data
    self.signature = signature
    do throws(ManifestError) {
      if let artifact {
        self.artifact = artifact
      } else {
        self.artifact = try Artifact(opening: order.path, excluding: SignatureFile.namesInside)
      }
    } catch {
      throw .artifact("\(error)")
    }
    guard self.artifact.size > 0 else {
      throw .artifact("expected a model at \(order.path), found no bytes in it")
    }
    model = order.name ?? self.artifact.suggestedName
    guard ModelName.isUsable(model) else {
      throw .artifact(
        "the name `\(model.prefix(80))` cannot be a model's: use letters, digits, `.`, `_` and `-`, at most 64; "
          + "say another with --name")
    }
  }

  /// What the gate is told beside policy and evidence.
  func circumstances(_ transition: Policy.Transition) throws -> Circumstances {
    try store.circumstances(
      transition, of: model, in: order.environment, submittedBy: order.principal)
  }

  /// Puts down what a stage found, in the record and then in the registry: a crash between the two leaves the record ahead.
  func leave<Value>(
    _ stage: ProtectReport.Stage.Name, outcome: ProtectReport.Stage.Outcome, _ evidence: [StoredEvidence],
    reason: String?, at time: Date, checking check: () throws -> Void = {}, change: () throws -> Value
  ) throws -> Value {
    let record = Record(
      stage.rawValue, outcome: outcome.rawValue, by: order.principal, model: model, digest: digest,
      evidence: evidence.map(\.id), reason: reason, at: time)
    return try store.write(
      record,
      checking: {
        try refuseRevoked()
        try check()
      }, then: change)
  }

  /// Whether the quotas leave room for it. What the store has already takes none.
  func checkRoom() throws {
    try store.checkRoom(for: model, artifact.manifest)
  }

  /// What was revoked does not come back, under whatever name.
  func refuseRevoked() throws {
    for version in try store.registry.versions(withDigest: digest) where version.state == .revoked {
      throw RegistryError.transition(
        model: version.model, number: version.number, reason: version.state.objection(to: .released)!)
    }
  }
}

/// What a model may be called: a name that is safe in a URL, a path and a log line.
package enum ModelName {
  package static func isUsable(_ name: String) -> Bool {
    (1...64).contains(name.utf8.count) && name.first != "." && name.first != "-"
      && name.utf8.allSatisfy {
        switch $0 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }
}
