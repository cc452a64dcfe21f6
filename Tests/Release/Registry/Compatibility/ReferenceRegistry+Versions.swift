// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccess
import MartletEvidence
import MartletRegistry

extension ReferenceRegistry {
  func admit(
    model: String, digest: Digest, format: String, manifest: Manifest, evidence: [StoredEvidence],
    submitter: String?, at time: Date
  ) throws(RegistryError) -> ModelVersion {
    try write { state in
      state.keep(evidence)
      if let place = state.versions.firstIndex(where: { $0.model == model && $0.digest == digest }) {
        state.versions[place] = state.versions[place].with(state.versions[place].state, filesRemovedAt: nil)
        return state.versions[place]
      }
      let number = (state.versions.filter { $0.model == model }.map(\.number).max() ?? 0) + 1
      let version = ModelVersion(
        model: model, number: number, digest: digest, format: format, manifest: manifest, state: .admitted,
        createdAt: time, submitter: submitter, filesRemovedAt: nil)
      state.versions.append(version)
      return version
    }
  }

  func assess(model: String, digest: Digest, evidence: [StoredEvidence]) throws(RegistryError) {
    try write { state in
      for (place, version) in state.versions.enumerated()
      where version.model == model && version.digest == digest
        && [.submitted, .admitted].contains(version.state)
      {
        state.versions[place] = version.with(.assessed, filesRemovedAt: version.filesRemovedAt)
      }
      state.keep(evidence)
    }
  }

  func move(
    model: String, digest: Digest, to next: VersionState, evidence: [StoredEvidence]
  ) throws(RegistryError) {
    try write { state in
      guard let place = state.versions.firstIndex(where: { $0.model == model && $0.digest == digest }) else {
        throw RegistryError.noSuchVersion(model: model)
      }
      let version = state.versions[place]
      if version.state == .revoked, let reason = version.state.objection(to: next) {
        throw RegistryError.transition(model: model, number: version.number, reason: reason)
      }
      state.versions[place] = version.with(next, filesRemovedAt: version.filesRemovedAt)
      state.keep(evidence)
    }
  }

  func change(
    _ model: String, _ number: Int, to next: VersionState, evidence: [StoredEvidence]
  ) throws(RegistryError) {
    try write { state in
      let place = try state.version(model, number)
      let version = state.versions[place]
      if let reason = version.state.objection(to: next) {
        throw RegistryError.transition(model: model, number: number, reason: reason)
      }
      state.versions[place] = version.with(next, filesRemovedAt: version.filesRemovedAt)
      state.keep(evidence)
    }
  }

  func quarantine(digest: Digest, evidence: [StoredEvidence]) throws(RegistryError) {
    try write { state in
      for (place, version) in state.versions.enumerated()
      where version.digest == digest && version.state == .released {
        state.versions[place] = version.with(.quarantined, filesRemovedAt: version.filesRemovedAt)
      }
      state.keep(evidence)
    }
  }

  func keep(_ evidence: [StoredEvidence]) throws(RegistryError) { try write { $0.keep(evidence) } }

  func versions(of model: String?) throws(RegistryError) -> [ModelVersion] {
    try read { state in
      state.versions.filter { model == nil || $0.model == model }
        .sorted { ($0.model, -$0.number) < ($1.model, -$1.number) }
    }
  }

  func released(_ model: String, number: Int?) throws(RegistryError) -> ModelVersion? {
    try read { state in
      state.versions.filter {
        $0.model == model && $0.state == .released && (number == nil || $0.number == number)
      }.max { $0.number < $1.number }
    }
  }

  func evidence(about subject: Digest) throws(RegistryError) -> [StoredEvidence] {
    try read { state in
      state.evidence.enumerated().filter { $0.element.subject == subject }
        .sorted { ($0.element.createdAt, $0.offset) < ($1.element.createdAt, $1.offset) }.map(\.element)
    }
  }

  func subjectsWithoutVersion(limit: Int) throws(RegistryError) -> [Digest] {
    try read { state in
      let lone = state.evidence.filter { piece in !state.versions.contains { $0.digest == piece.subject } }
      let newest = Dictionary(grouping: lone, by: \.subject).mapValues { $0.map(\.createdAt).max()! }
      return newest.sorted { ($1.value, $0.key.hex) < ($0.value, $1.key.hex) }.prefix(limit).map(\.key)
    }
  }

  func point(_ name: String, to number: Int, of model: String, at time: Date) throws(RegistryError) {
    try write { state in
      _ = try state.version(model, number)
      state.aliases.removeAll { $0.model == model && $0.name == name }
      state.aliases.append(Alias(model: model, name: name, number: number, changedAt: time))
    }
  }

  func removeAlias(_ name: String, of model: String) throws(RegistryError) {
    try write { state in
      guard let place = state.aliases.firstIndex(where: { $0.model == model && $0.name == name }) else {
        throw RegistryError.noSuchAlias(model: model, name: name)
      }
      state.aliases.remove(at: place)
    }
  }

  func aliases(of model: String?) throws(RegistryError) -> [Alias] {
    try read { state in
      state.aliases.filter { model == nil || $0.model == model }
        .sorted { ($0.model, $0.name) < ($1.model, $1.name) }
    }
  }

  func tag(_ model: String, _ number: Int, _ name: String, _ value: String?) throws(RegistryError) {
    try write { state in
      _ = try state.version(model, number)
      state.tags["\(model):\(number)", default: [:]][name] = value
    }
  }

  func tags(of model: String, _ number: Int) throws(RegistryError) -> [String: String] {
    try read { $0.tags["\(model):\(number)"] ?? [:] }
  }

  func set(_ lineage: Lineage, of model: String, _ number: Int) throws(RegistryError) {
    try write { state in
      _ = try state.version(model, number)
      state.lineage["\(model):\(number)"] = lineage
    }
  }

  func lineage(of model: String, _ number: Int) throws(RegistryError) -> Lineage? {
    try read { $0.lineage["\(model):\(number)"] }
  }

  func add(_ approval: Approval) throws(RegistryError) {
    try write { state in
      let isThere = state.approvals.contains {
        ($0.model, $0.principal) == (approval.model, approval.principal) && $0.digest == approval.digest
          && $0.evidence == approval.evidence
      }
      if !isThere { state.approvals.append(approval) }
    }
  }

  func withdraw(model: String, digest: Digest, by principal: String) throws(RegistryError) {
    try write { state in
      state.approvals.removeAll {
        $0.model == model && $0.digest == digest && $0.principal == principal
      }
    }
  }

  func approvals(of model: String) throws(RegistryError) -> [Approval] {
    try read { state in
      state.approvals.filter { $0.model == model }.sorted { ($0.at, $0.principal) < ($1.at, $1.principal) }
    }
  }

  func keepPolicy(_ text: String, digest: Digest) throws(RegistryError) {
    try write { state in if state.policies[digest] == nil { state.policies[digest] = text } }
  }

  func policyText(_ digest: Digest) throws(RegistryError) -> String? { try read { $0.policies[digest] } }

  func add(_ setting: StoredPolicySetting) throws(RegistryError) {
    try write { state in
      guard state.policies[setting.policy] != nil else {
        throw RegistryError.database(path: "", reason: "a policy that is not kept")
      }
      let isThere = state.settings.contains { $0.envelope.digest == setting.envelope.digest }
      if !isThere { state.settings.append(setting) }
    }
  }

  func policySetting(in environment: String) throws(RegistryError) -> StoredPolicySetting? {
    try read { $0.settings.last { $0.environment == environment } }
  }

  func decisionMark(about subject: Digest) throws(RegistryError) -> DecisionMark {
    try read { state in
      let places = state.evidence.indices.filter { state.evidence[$0].subject == subject }
      let approvals = state.approvals.filter { $0.digest == subject }
      return DecisionMark(
        evidenceCount: places.count, newestEvidence: Int64((places.last ?? -1) + 1),
        newestPolicySetting: Int64(state.settings.count),
        approvals: "\(approvals.count) \(approvals.map(\.at).max().map { "\($0)" } ?? "")")
    }
  }

  func set(_ quota: Quota, at time: Date) throws(RegistryError) {
    try write { state in
      state.quotas.removeAll { $0.models == quota.models }
      state.quotas.append(quota)
    }
  }

  func removeQuota(on models: NamePattern) throws(RegistryError) {
    try write { state in
      guard state.quotas.contains(where: { $0.models == models }) else {
        throw RegistryError.noSuchQuota(models.text)
      }
      state.quotas.removeAll { $0.models == models }
    }
  }

  func add(_ clearance: GuardClearance) throws(RegistryError) {
    try write { state in
      state.clearances.removeAll {
        ($0.model, $0.kind, $0.name) == (clearance.model, clearance.kind, clearance.name)
      }
      state.clearances.append(clearance)
    }
  }

  func clearances() throws(RegistryError) -> [GuardClearance] {
    try read { $0.clearances.sorted { ($0.model, $0.kind, $0.name) < ($1.model, $1.kind, $1.name) } }
  }

  func remove(_ clearance: GuardClearance) throws(RegistryError) {
    try write { state in
      state.clearances.removeAll {
        ($0.model, $0.kind, $0.name) == (clearance.model, clearance.kind, clearance.name)
          && $0.at <= clearance.at
      }
    }
  }

  func quotas() throws(RegistryError) -> [Quota] {
    try read { $0.quotas.sorted { $0.models.text < $1.models.text } }
  }

  func set(_ rule: Retention, at time: Date) throws(RegistryError) {
    try write { state in
      state.retentions.removeAll { $0.models == rule.models }
      state.retentions.append(rule)
    }
  }

  func removeRetention(of models: NamePattern) throws(RegistryError) {
    try write { state in
      guard state.retentions.contains(where: { $0.models == models }) else {
        throw RegistryError.noSuchRetention(models.text)
      }
      state.retentions.removeAll { $0.models == models }
    }
  }

  func retentions() throws(RegistryError) -> [Retention] {
    try read { $0.retentions.sorted { $0.models.text < $1.models.text } }
  }

  func giveUpFiles(of model: String, _ number: Int, at time: Date) throws(RegistryError) {
    try write { state in
      let place = try state.version(model, number)
      let version = state.versions[place]
      state.versions[place] = version.with(
        version.state == .revoked ? .revoked : .retired, filesRemovedAt: time)
    }
  }
}
