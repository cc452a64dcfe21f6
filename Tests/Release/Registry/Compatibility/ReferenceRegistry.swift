// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccess
import MartletEvidence
import MartletRegistry
import Synchronization

/// What a registry does, said in the plainest way there is: values in memory, one change at a time, all of it or nothing. Every
/// backend is held against it, which is also why it is written without the help of any database.
final class ReferenceRegistry: Registry {
  struct State {
    struct Person {
      var principal: Principal
      var createdAt: Date
      var disabledAt: Date?
      var grants: [Grant] = []
      var password: PasswordHash?
      var totp: (secret: Data, lastStep: Int64?)?
    }

    var versions: [ModelVersion] = []
    var evidence: [StoredEvidence] = []
    var aliases: [Alias] = []
    var tags: [String: [String: String]] = [:]
    var lineage: [String: Lineage] = [:]
    var approvals: [Approval] = []
    var policies: [Digest: String] = [:]
    var settings: [StoredPolicySetting] = []
    var people: [Person] = []
    var keys: [StoredKey] = []
    var sessions: [Session] = []
    var certificates: [String: String] = [:]
    var issuers: [StoredIssuer] = []
    var strangers: [String: String] = [:]
    var bootstrap: (digest: Digest, expiresAt: Date)?
    var quotas: [Quota] = []
    var clearances: [GuardClearance] = []
    var retentions: [Retention] = []
    var writes: Int64 = 0

    func person(_ id: String) throws -> Int {
      guard let place = people.firstIndex(where: { $0.principal.id == id }) else {
        throw RegistryError.database(path: "", reason: "a row that is not there is spoken of")
      }
      return place
    }

    func account(_ person: Person) -> Account {
      Account(
        principal: person.principal, createdAt: person.createdAt, disabledAt: person.disabledAt,
        hasPassword: person.password != nil, hasTOTP: person.totp != nil, grants: person.grants)
    }

    func version(_ model: String, _ number: Int) throws -> Int {
      guard let place = versions.firstIndex(where: { $0.model == model && $0.number == number }) else {
        throw RegistryError.noSuchNumber(model: model, number: number)
      }
      return place
    }

    mutating func keep(_ pieces: [StoredEvidence]) {
      for piece in pieces where !evidence.contains(where: { $0.id == piece.id }) { evidence.append(piece) }
    }
  }

  private let state = Mutex(State())

  func read<Value>(_ body: (State) throws -> Value) throws(RegistryError) -> Value {
    do { return try state.withLock { try body($0) } } catch let error as RegistryError { throw error } catch {
      throw .database(path: "", reason: "\(error)")
    }
  }

  /// What throws changes nothing.
  func write<Value>(_ body: (inout State) throws -> Value) throws(RegistryError) -> Value {
    do {
      return try state.withLock { state in
        var next = state
        let value = try body(&next)
        next.writes += 1
        state = next
        return value
      }
    } catch let error as RegistryError { throw error } catch {
      throw .database(path: "", reason: "\(error)")
    }
  }

  private struct Watch: RegistryWatch {
    let registry: ReferenceRegistry
    func mark() throws(RegistryError) -> Int64 { try registry.read { $0.writes } }
  }

  func watch() throws(RegistryError) -> any RegistryWatch { Watch(registry: self) }

  func backUp(to path: String) throws(RegistryError) {}
  func disagreements() throws(RegistryError) -> [String] { [] }

  func evidenceRows() throws(RegistryError) -> [EvidenceRow] {
    try read { state in
      state.evidence.map {
        EvidenceRow(id: $0.id.hex, subject: $0.subject.hex, name: $0.name, envelope: $0.envelope.encoded())
      }
    }
  }
}

extension ModelVersion {
  func with(_ state: VersionState, filesRemovedAt: Date?) -> ModelVersion {
    ModelVersion(
      model: model, number: number, digest: digest, format: format, manifest: manifest, state: state,
      createdAt: createdAt, submitter: submitter, filesRemovedAt: filesRemovedAt)
  }
}
