// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccess
import MartletEvidence
import MartletRegistry

extension ReferenceRegistry {
  func principal(
    named name: String, kind: Principal.Kind, at time: Date
  ) throws(RegistryError) -> Principal {
    try write { state in
      if let known = state.people.first(where: { $0.principal.name == name })?.principal {
        guard known.kind == kind else { throw RegistryError.nameTaken(name) }
        return known
      }
      let new = Principal(id: UUID().uuidString.lowercased(), name: name, kind: kind)
      state.people.append(.init(principal: new, createdAt: time))
      return new
    }
  }

  func add(_ principal: Principal, at time: Date) throws(RegistryError) {
    try write { state in
      guard !state.people.contains(where: { $0.principal.name == principal.name }) else {
        throw RegistryError.nameTaken(principal.name)
      }
      guard !state.people.contains(where: { $0.principal.id == principal.id }) else {
        throw RegistryError.database(path: "", reason: "the id is taken")
      }
      state.people.append(.init(principal: principal, createdAt: time))
    }
  }

  func checkName(_ name: String, isFreeFor kind: Principal.Kind) throws(RegistryError) {
    try read { state in
      let known = state.people.first { $0.principal.name == name }
      if let known, known.principal.kind != kind { throw RegistryError.nameTaken(name) }
    }
  }

  func accounts() throws(RegistryError) -> [Account] {
    try read { state in state.people.map(state.account).sorted { $0.principal.name < $1.principal.name } }
  }

  func account(id: String) throws(RegistryError) -> Account? {
    try read { state in state.people.first { $0.principal.id == id }.map(state.account) }
  }

  func account(named name: String) throws(RegistryError) -> Account? {
    try read { state in state.people.first { $0.principal.name == name }.map(state.account) }
  }

  func disable(_ principal: Principal, at time: Date?) throws(RegistryError) {
    try write { state in
      guard let place = state.people.firstIndex(where: { $0.principal.id == principal.id }) else {
        throw RegistryError.noSuchPrincipal(principal.name)
      }
      state.people[place].disabledAt = time
      if let time { state.endSessions(of: principal.id, at: time) }
    }
  }

  func erase(_ principal: Principal) throws(RegistryError) {
    try write { state in
      guard let place = state.people.firstIndex(where: { $0.principal.id == principal.id }) else {
        throw RegistryError.noSuchPrincipal(principal.name)
      }
      state.people.remove(at: place)
      state.keys.removeAll { $0.principal == principal.id }
      state.sessions.removeAll { $0.principal == principal.id }
      state.certificates = state.certificates.filter { $0.value != principal.id }
      state.strangers = state.strangers.filter { $0.value != principal.id }
    }
  }

  func add(_ grant: Grant) throws(RegistryError) { try write { try $0.add(grant) } }

  func remove(_ grant: Grant) throws(RegistryError) {
    try write { state in
      let place = state.people.firstIndex { $0.principal.id == grant.principal }
      guard let place, state.people[place].grants.contains(where: grant.isSame) else {
        throw RegistryError.noSuchGrant("\(grant)")
      }
      state.people[place].grants.removeAll(where: grant.isSame)
    }
  }

  func hasAdministrator() throws(RegistryError) -> Bool { try read { $0.hasAdministrator } }

  func issue(_ secret: BootstrapSecret, at time: Date) throws(RegistryError) {
    try write { state in
      guard !state.hasAdministrator else { throw RegistryError.administered }
      state.bootstrap = (secret.digest, time + BootstrapSecret.lifetime)
    }
  }

  func bootstrap(
    with secret: BootstrapSecret, name: String, password: PasswordHash, at time: Date
  ) throws(RegistryError) -> Principal? {
    try write { state in
      guard let kept = state.bootstrap, secret.matches(kept.digest), time < kept.expiresAt,
        !state.hasAdministrator
      else { return nil }
      guard !state.people.contains(where: { $0.principal.name == name }) else {
        throw RegistryError.nameTaken(name)
      }
      let principal = Principal(id: UUID().uuidString.lowercased(), name: name, kind: .person)
      state.people.append(
        .init(
          principal: principal, createdAt: time,
          grants: [Grant(principal: principal.id, role: .administrator)], password: password))
      state.bootstrap = nil
      return principal
    }
  }

  func add(_ key: StoredKey, grants: [Grant]) throws(RegistryError) {
    try write { state in
      let owner = state.people[try state.person(key.principal)].principal
      let live = state.keys.filter { $0.principal == key.principal && $0.isLive(at: key.createdAt) }
      guard owner.kind == .person || live.count < StoredKey.mostOfAService else {
        throw RegistryError.tooManyKeys(owner: owner.name)
      }
      state.keys.append(key)
      for grant in grants { try state.add(grant) }
    }
  }

  func revoke(key id: String, at time: Date) throws(RegistryError) {
    try write { state in
      guard let place = state.keys.firstIndex(where: { $0.id == id }) else {
        throw RegistryError.noSuchKey(id)
      }
      let key = state.keys[place]
      state.keys[place] = key.with(revokedAt: key.revokedAt ?? time, lastUsedAt: key.lastUsedAt)
    }
  }

  func noteUse(of key: StoredKey, at time: Date) throws(RegistryError) {
    if let last = key.lastUsedAt, time < last + StoredKey.precision { return }
    try write { state in
      guard let place = state.keys.firstIndex(where: { $0.id == key.id }) else { return }
      state.keys[place] = state.keys[place].with(revokedAt: state.keys[place].revokedAt, lastUsedAt: time)
    }
  }

  func keys() throws(RegistryError) -> [(key: StoredKey, owner: Principal)] {
    try read { state in
      try state.keys.sorted { $0.createdAt > $1.createdAt }.map {
        ($0, state.people[try state.person($0.principal)].principal)
      }
    }
  }

  func key(_ id: String) throws(RegistryError) -> (key: StoredKey, account: Account)? {
    try read { state in
      try state.keys.first { $0.id == id }.map {
        ($0, state.account(state.people[try state.person($0.principal)]))
      }
    }
  }

  func password(of principal: String) throws(RegistryError) -> PasswordHash? {
    try read { state in state.people.first { $0.principal.id == principal }?.password }
  }

  func setPassword(_ hash: PasswordHash?, of principal: String, at time: Date) throws(RegistryError) {
    try write { state in
      if hash != nil { _ = try state.person(principal) }
      if let place = try? state.person(principal) { state.people[place].password = hash }
      state.endSessions(of: principal, at: time)
    }
  }

  func rehash(_ old: PasswordHash, as new: PasswordHash, of principal: String) throws(RegistryError) {
    try write { state in
      guard let place = try? state.person(principal), state.people[place].password == old else { return }
      state.people[place].password = new
    }
  }

  func totp(of principal: String) throws(RegistryError) -> (secret: Data, lastStep: Int64?)? {
    try read { state in state.people.first { $0.principal.id == principal }?.totp }
  }

  func setTOTP(
    _ secret: Data?, lastStep: Int64?, of principal: String, at time: Date
  ) throws(RegistryError) {
    try write { state in
      if secret != nil { _ = try state.person(principal) }
      if let place = try? state.person(principal) {
        state.people[place].totp = secret.map { ($0, lastStep) }
      }
    }
  }

  func useCode(ofStep step: Int64, of principal: String) throws(RegistryError) -> Bool {
    try write { state in
      guard let place = try? state.person(principal), let totp = state.people[place].totp,
        totp.lastStep.map({ $0 < step }) ?? true
      else { return false }
      state.people[place].totp = (totp.secret, step)
      return true
    }
  }

  func begin(_ session: Session) throws(RegistryError) {
    try write { state in
      _ = try state.person(session.principal)
      state.sessions.removeAll { !$0.isLive(at: session.createdAt) }
      let own = state.sessions.filter { $0.principal == session.principal }
        .sorted { $0.usedAt > $1.usedAt }.dropFirst(Session.mostOfAPrincipal - 1)
      state.sessions.removeAll { own.contains($0) }
      state.sessions.append(session)
    }
  }

  func session(_ token: SessionToken) throws(RegistryError) -> (session: Session, account: Account)? {
    try read { state in
      try state.sessions.first { $0.digest == token.digest }.map {
        ($0, state.account(state.people[try state.person($0.principal)]))
      }
    }
  }

  func noteUse(of session: Session, at time: Date) throws(RegistryError) {
    guard time >= session.usedAt + 60 else { return }
    try write { state in
      guard let place = state.sessions.firstIndex(where: { $0.digest == session.digest }) else { return }
      state.sessions[place] = state.sessions[place].with(
        usedAt: time, revokedAt: state.sessions[place].revokedAt)
    }
  }

  func end(_ session: Session, at time: Date) throws(RegistryError) {
    try write { state in
      guard let place = state.sessions.firstIndex(where: { $0.digest == session.digest }) else { return }
      let kept = state.sessions[place]
      state.sessions[place] = kept.with(usedAt: kept.usedAt, revokedAt: kept.revokedAt ?? time)
    }
  }

  func endSessions(of principal: String, at time: Date) throws(RegistryError) {
    try write { $0.endSessions(of: principal, at: time) }
  }

  func add(_ identity: CertificateIdentity, of principal: String, at time: Date) throws(RegistryError) {
    try write { state in
      guard state.certificates[identity.text] == nil else {
        throw RegistryError.identityTaken(identity.text)
      }
      _ = try state.person(principal)
      state.certificates[identity.text] = principal
    }
  }

  func remove(_ identity: CertificateIdentity) throws(RegistryError) {
    try write { $0.certificates[identity.text] = nil }
  }

  func account(of identity: CertificateIdentity) throws(RegistryError) -> Account? {
    try read { state in
      try state.certificates[identity.text].map { state.account(state.people[try state.person($0)]) }
    }
  }

  func set(_ stored: StoredIssuer) throws(RegistryError) {
    try write { state in
      state.issuers.removeAll { $0.issuer.issuer == stored.issuer.issuer }
      state.issuers.append(stored)
    }
  }

  func remove(issuer: String) throws(RegistryError) {
    try write { $0.issuers.removeAll { $0.issuer.issuer == issuer } }
  }

  func issuers() throws(RegistryError) -> [StoredIssuer] {
    try read { $0.issuers.sorted { $0.issuer.issuer < $1.issuer.issuer } }
  }

  func account(of identity: OIDCIdentity) throws(RegistryError) -> Account? {
    try read { state in
      try state.strangers["\(identity.issuer) \(identity.subject)"]
        .map { state.account(state.people[try state.person($0)]) }
    }
  }

  func enter(_ identity: OIDCIdentity, as id: String, at time: Date) throws(RegistryError) -> Account {
    try write { state in
      let name = "\(identity.issuer) \(identity.subject)"
      if let known = state.strangers[name] { return state.account(state.people[try state.person(known)]) }
      let shown = "\(identity.name?.prefix(64) ?? "somebody") (\(identity.issuer)#\(identity.subject))"
      guard !state.people.contains(where: { $0.principal.name == shown }) else {
        throw RegistryError.nameTaken(shown)
      }
      guard !state.people.contains(where: { $0.principal.id == id }) else {
        throw RegistryError.database(path: "", reason: "the id is taken")
      }
      state.people.append(
        .init(principal: Principal(id: id, name: shown, kind: .person), createdAt: time))
      state.strangers[name] = id
      return state.account(state.people.last!)
    }
  }
}

extension ReferenceRegistry.State {
  var hasAdministrator: Bool {
    people.contains { person in
      person.disabledAt == nil
        && person.grants.contains { $0.role == .administrator && $0.models == "*" && $0.effect == .allow }
    }
  }

  mutating func add(_ grant: Grant) throws {
    let place = try person(grant.principal)
    people[place].grants.removeAll(where: grant.isSame)
    people[place].grants.append(grant)
  }

  mutating func endSessions(of principal: String, at time: Date) {
    for (place, session) in sessions.enumerated() where session.principal == principal {
      sessions[place] = session.with(usedAt: session.usedAt, revokedAt: session.revokedAt ?? time)
    }
  }
}

extension StoredKey {
  fileprivate func with(revokedAt: Date?, lastUsedAt: Date?) -> StoredKey {
    StoredKey(
      id: id, principal: principal, secretDigest: secretDigest, scope: scope, createdAt: createdAt,
      expiresAt: expiresAt, revokedAt: revokedAt, lastUsedAt: lastUsedAt)
  }
}

extension Session {
  fileprivate func with(usedAt: Date, revokedAt: Date?) -> Session {
    Session(
      digest: digest, principal: principal, proof: proof, keyID: keyID, createdAt: createdAt, usedAt: usedAt,
      revokedAt: revokedAt)
  }
}
