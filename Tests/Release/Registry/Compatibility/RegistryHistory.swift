// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccess
import MartletEvidence
import MartletRegistry

/// Random lives of a store: the same calls go to a backend and to the reference, and both must say the same, at every step and
/// when everything is read at the end. Whoever adds a backend adds it to ``RegistryBackend/all`` and has all of this.
struct RegistryHistory {
  /// Something that was said: an answer, or the error in its place.
  typealias Said = String

  private var random: SeededNumbers
  private var time = Date(timeIntervalSince1970: 1_700_000_000)
  private var tokens: [SessionToken] = []
  private var keyNumber = 0
  private let hashes: [PasswordHash]

  init(seed: UInt64) {
    random = SeededNumbers(seed)
    let cost = ScryptCost(logN: 4, r: 8, p: 1)!
    hashes = ["otter", "heron"].map { PasswordHash($0, cost: cost)! }
  }

  private static let models = ["a", "b", "zoo"]
  private static let people = ["p0", "p1", "p2", "s0", "s1"]

  private mutating func model() -> String { Self.models[random.below(3)] }
  private mutating func number() -> Int { 1 + random.below(4) }
  private mutating func manifest() -> Manifest {
    let byte = UInt8(random.below(5))
    // One file, which is never missing and never there twice.
    return try! Manifest([.init(name: ".", digest: .of([byte]), size: Int(byte) + 1)])
  }
  private mutating func principal() -> Principal {
    let name = Self.people[random.below(5)]
    return Principal(id: "id-" + name, name: name, kind: name.hasPrefix("p") ? .person : .service)
  }
  private mutating func grant(_ principal: Principal) -> Grant {
    Grant(
      principal: principal.id, role: Role.allCases[random.below(8)],
      models: ["*", "a*", "b"][random.below(3)],
      effect: random.below(4) == 0 ? .deny : .allow,
      response: random.below(3) == 0 ? ResponsePolicy(decimals: random.below(3)) : nil)
  }
  private mutating func evidence(about digest: Digest) -> [StoredEvidence] {
    (0..<random.below(3)).map { _ in
      let word = Data("\(random.below(40))".utf8).base64EncodedString()
      return StoredEvidence(
        subject: digest, name: ["scan", "seal"][random.below(2)],
        envelope: Envelope(payload: word, payloadType: "text", signatures: [.init(keyid: nil, sig: "AAAA")]),
        createdAt: time)
    }
  }

  /// One call, made to each of the registries alike.
  mutating func step(_ registries: [any Registry]) -> [Said] {
    time += Double(1 + random.below(4_000))
    let time = time
    let model = model()
    let number = number()
    let manifest = manifest()
    let digest = manifest.root
    let pieces = evidence(about: digest)
    let principal = principal()
    let grant = grant(principal)
    let state = VersionState.allCases[random.below(VersionState.allCases.count)]
    let hash = hashes[random.below(2)]
    let pattern = NamePattern(["*", "a*"][random.below(2)])
    let alias = ["champion", "next"][random.below(2)]
    let value = random.below(3) == 0 ? nil : "v\(random.below(3))"
    let identity = try! CertificateIdentity(written: "spiffe://example.org/\(random.below(3))")
    let stranger = OIDCIdentity(
      issuer: "https://id.example.org", subject: "\(random.below(3))", name: "somebody", roles: [],
      expires: time)
    let policy = "name: p\(random.below(3))"
    let kind = random.below(42)
    let token = tokens.isEmpty ? SessionToken() : tokens[random.below(tokens.count)]
    var key: StoredKey?
    if kind == 20 {
      keyNumber += 1
      key = StoredKey(
        id: "key-\(keyNumber)", principal: principal.id, secretDigest: .of([1]),
        scope: random.below(2) == 0 ? .unlimited : Scope(actions: [.view], models: [pattern]),
        createdAt: time,
        expiresAt: random.below(2) == 0 ? nil : time + 10_000)
    }
    let someKey = "key-\(1 + random.below(max(1, keyNumber)))"
    let begun = SessionToken()
    if kind == 25 { tokens.append(begun) }
    let setting = StoredPolicySetting(
      environment: ["", "live"][random.below(2)], policy: .of(Array(policy.utf8)),
      envelope: Envelope(
        payload: Data("\(random.below(1_000))".utf8).base64EncodedString(), payloadType: "text",
        signatures: []),
      setAt: time)
    let approval = Approval(
      principal: principal.id, model: model, digest: digest, evidence: .of([UInt8(random.below(2))]), at: time
    )

    return registries.map { registry in
      said { () throws -> any Sendable in
        switch kind {
        case 0...4:
          return try registry.admit(
            model: model, digest: digest, format: "onnx", manifest: manifest, evidence: pieces,
            submitter: principal.id, at: time)
        case 5: return try registry.assess(model: model, digest: digest, evidence: pieces)
        case 6...7:
          return try registry.move(
            model: model, digest: digest, to: [.released, .assessed][number % 2], evidence: pieces)
        case 8: return try registry.change(model, number, to: state, evidence: pieces)
        case 9: return try registry.quarantine(digest: digest, evidence: pieces)
        case 10: return try registry.keep(pieces)
        case 11: return try registry.point(alias, to: number, of: model, at: time)
        case 12: return try registry.removeAlias(alias, of: model)
        case 13: return try registry.tag(model, number, alias, value)
        case 14:
          return try registry.set(
            Lineage(data: value.map { .of(Array($0.utf8)) }, parent: digest), of: model, number)
        case 15: return try registry.add(approval)
        case 16: return try registry.withdraw(model: model, digest: digest, by: principal.id)
        case 17: return try registry.giveUpFiles(of: model, number, at: time)
        case 18: return try registry.add(principal, at: time)
        case 19: return try registry.add(grant)
        case 20: return try registry.add(key!, grants: [grant])
        case 21: return try registry.revoke(key: someKey, at: time)
        case 22: if let key = try registry.key(someKey) { try registry.noteUse(of: key.key, at: time) }
        case 23: return try registry.remove(grant)
        case 24: return try registry.setPassword(value == nil ? nil : hash, of: principal.id, at: time)
        case 25:
          return try registry.begin(Session(begun, principal: principal.id, proof: .password, at: time))
        case 26:
          if let session = try registry.session(token)?.session {
            try registry.noteUse(of: session, at: time)
          }
        case 27: if let session = try registry.session(token)?.session { try registry.end(session, at: time) }
        case 28: return try registry.endSessions(of: principal.id, at: time)
        case 29: return try registry.disable(principal, at: value == nil ? nil : time)
        case 30: if number == 1 { return try registry.erase(principal) }
        case 31: return try registry.add(identity, of: principal.id, at: time)
        case 32: return try registry.remove(identity)
        case 33: return try registry.enter(stranger, as: "stranger-" + stranger.subject, at: time)
        case 34:
          return try registry.setTOTP(
            value.map { Data($0.utf8) }, lastStep: Int64(number), of: principal.id, at: time)
        case 35: return try registry.useCode(ofStep: Int64(number), of: principal.id)
        case 36:
          try registry.keepPolicy(policy, digest: .of(Array(policy.utf8)))
          return try registry.add(setting)
        case 37: return try registry.add(setting)
        case 40:
          return try registry.add(
            GuardClearance(model: model, kind: "key", name: principal.id, at: time + Double(number) + 0.123))
        case 41:
          return try registry.remove(
            GuardClearance(model: model, kind: "key", name: principal.id, at: time))
        case 38:
          return try registry.set(Quota(models: pattern, bytes: number, versions: nil), at: time)
        default:
          if number == 1 { return try registry.removeQuota(on: pattern) }
          return try registry.set(Retention(models: pattern, newest: number, days: 1), at: time)
        }
        return "nothing"
      }
    }
  }

  /// All that can be read, in the order in which a registry gives it.
  func everything(_ registry: any Registry) -> [Said] {
    var all: [Said] = [
      said { try registry.versions(of: nil) }, said { try registry.aliases(of: nil) },
      said { try registry.accounts().map(Self.sorted) },
      said { try registry.keys().map { ($0.key, $0.owner) } }, said { try registry.issuers() },
      said { try registry.clearances() }, said { try registry.quotas() }, said { try registry.retentions() },
      said { try registry.hasAdministrator() }, said { try registry.subjectsWithoutVersion(limit: 3) },
      said { try registry.evidenceRows().map { ($0.id, $0.subject, $0.name, $0.envelope) } },
      said { try registry.disagreements() },
    ]
    for model in Self.models {
      all += [
        said { try registry.versions(of: model) }, said { try registry.released(model, number: nil) },
        said { try registry.released(model, number: 2) }, said { try registry.aliases(of: model) },
        said { try registry.approvals(of: model) },
      ]
      for number in 1...5 {
        all.append(said { try registry.tags(of: model, number).sorted { $0.key < $1.key } })
        all.append(said { try registry.lineage(of: model, number) })
      }
    }
    for byte in UInt8(0)..<5 {
      let digest = try! Manifest([.init(name: ".", digest: .of([byte]), size: 1)]).root
      all.append(said { try registry.evidence(about: digest) })
      all.append(
        said {
          let mark = try registry.decisionMark(about: digest)
          return (mark.evidenceCount, mark.approvals.split(separator: " ").first)
        })
    }
    for name in Self.people {
      all += [
        said { try registry.account(named: name).map(Self.sorted) },
        said { try registry.account(id: "id-" + name).map(Self.sorted) },
        said { try registry.password(of: "id-" + name).map { "\($0)" } },
        said { try registry.totp(of: "id-" + name).map { ($0.secret, $0.lastStep) } },
        said { try registry.checkName(name, isFreeFor: .person) },
      ]
    }
    for token in tokens {
      all.append(said { try registry.session(token).map { ($0.session, Self.sorted($0.account)) } })
    }
    for environment in ["", "live"] { all.append(said { try registry.policySetting(in: environment) }) }
    for number in 0..<3 { all.append(said { try registry.policyText(.of(Array("name: p\(number)".utf8))) }) }
    for number in 0..<3 {
      let identity = try! CertificateIdentity(written: "spiffe://example.org/\(number)")
      all.append(said { try registry.account(of: identity).map(Self.sorted) })
    }
    return all
  }

  /// Grants have no order.
  private static func sorted(_ account: Account) -> String {
    let grants = account.grants.map { "\($0.principal) \($0)" }.sorted()
    return
      "\(account.principal) \(account.createdAt) \(String(describing: account.disabledAt)) \(account.hasPassword) \(account.hasTOTP) \(grants)"
  }

  private func said<Answer>(_ body: () throws -> Answer) -> Said {
    do { return String(describing: try body()) } catch RegistryError.database {
      // Each backend has its own words for what its own kind of storage finds wrong.
      return "the backend refuses"
    } catch { return "\(error)" }
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014).
struct SeededNumbers {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func below(_ limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(limit))
  }
}
