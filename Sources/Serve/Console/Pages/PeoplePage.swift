// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccess
import MartletLifecycle
import MartletRegistry

/// Everybody, and why somebody may do something.
struct PeoplePage: Page {
  struct PersonRow: Sendable {
    let path: String
    let name: String
    let kind: String
    let grants: [String]
    let hasGrants: Bool
    let credentials: String
    let isDisabled: Bool
  }

  /// Whether somebody may do something, with every grant that was looked at.
  struct Answer: Sendable {
    struct Line: Sendable {
      let grant: String
      let meaning: String
    }

    let word: String
    let tone: String
    let question: String
    let reason: String
    let lines: [Line]
    let hasLines: Bool

    init(_ question: AccessQuestion, _ summary: AccessSummary) {
      word = summary.allowed ? "yes" : "no"
      tone = summary.allowed ? "good" : "bad"
      self.question = "May \(question.name) \(question.action.rawValue) \(question.resource)?"
      reason = Wording.sentence(summary.reason)
      lines = summary.grants.map { Line(grant: $0.grant, meaning: $0.meaning) }
      hasLines = !lines.isEmpty
    }
  }

  struct Asked: Sendable {
    let name: String?
    let about: String?
    let submitter: String?
  }

  static let template = Templates.Name.people
  let chrome: Chrome
  let token: String
  let summary: String
  let people: [PersonRow]
  let actions: [OptionView]
  let asked: Asked
  let answer: Answer?
  let failure: String?

  init(
    chrome: Chrome, _ accounts: [Account], keys: [(key: StoredKey, owner: Principal)], at now: Date,
    token: String,
    question: AccessQuestion?, answer: Answer?, failure: String?
  ) {
    self.chrome = chrome
    self.token = token
    self.answer = answer
    self.failure = failure
    let live = Dictionary(grouping: keys.filter { $0.key.isLive(at: now) }, by: \.owner.id).mapValues(\.count)
    people = accounts.map { PersonRow($0, keys: live[$0.principal.id] ?? 0) }
    let services = accounts.count { $0.principal.kind == .service }
    summary =
      "\(Wording.count(accounts.count - services, "person", "people")) and \(Wording.count(services, "service", "services"))."
    actions = Action.allCases.map { OptionView($0.rawValue, chosen: question?.action.rawValue ?? "view") }
    asked = Asked(name: question?.name, about: question?.model, submitter: question?.submitter)
  }
}

extension PeoplePage.PersonRow {
  init(_ account: Account, keys: Int) {
    path = "/people/\(account.principal.id)"
    name = account.principal.name
    kind = account.principal.kind.rawValue
    grants = account.grants.map { "\($0)" }
    hasGrants = !grants.isEmpty
    isDisabled = account.isDisabled
    credentials = Self.credentials(account, keys: keys)
  }

  static func credentials(_ account: Account, keys: Int) -> String {
    var parts: [String] = []
    if account.hasPassword { parts.append(account.hasTOTP ? "password and code" : "password") }
    if keys > 0 { parts.append(Wording.count(keys, "key", "keys")) }
    return parts.isEmpty ? "none" : parts.joined(separator: ", ")
  }
}

/// Somebody: what they were granted, and how they come in.
struct PersonPage: Page {
  struct GrantRow: Sendable {
    let text: String
    let meaning: String
    let role: String
    let models: String
    let effect: String
  }

  struct KeyRow: Sendable {
    let id: String
    let state: String
    let tone: String
    let isLive: Bool
    let scope: String
    let created: Moment
    let expires: String
    let used: String
  }

  static let template = Templates.Name.person
  let chrome: Chrome
  let token: String
  let path: String
  let name: String
  let kind: String
  let id: String
  let since: Moment
  let isDisabled: Bool
  let isSelf: Bool
  let isPerson: Bool
  let credentials: String
  let grants: [GrantRow]
  let hasGrants: Bool
  let keys: [KeyRow]
  let hasKeys: Bool
  let roles: [OptionView]
  let meanings: [FactView]

  init(
    chrome: Chrome, _ account: Account, keys: [(key: StoredKey, owner: Principal)], at now: Date,
    token: String,
    isSelf: Bool
  ) {
    self.chrome = chrome
    self.token = token
    self.isSelf = isSelf
    path = "/people/\(account.principal.id)"
    name = account.principal.name
    kind = account.principal.kind.rawValue
    id = account.principal.id
    since = Moment(account.createdAt)
    isDisabled = account.isDisabled
    isPerson = account.principal.kind == .person
    credentials = PeoplePage.PersonRow.credentials(account, keys: keys.count { $0.key.isLive(at: now) })
    grants = account.grants.map {
      GrantRow(
        text: "\($0)", meaning: Wording.sentence($0.role.meaning), role: $0.role.rawValue, models: $0.models,
        effect: $0.effect.rawValue)
    }
    hasGrants = !grants.isEmpty
    self.keys = keys.map { KeyRow(KeySummary($0.key, of: $0.owner, at: now)) }
    hasKeys = !keys.isEmpty
    roles = Role.allCases.map { OptionView($0.rawValue, chosen: "viewer") }
    meanings = Role.allCases.map { FactView($0.rawValue, Wording.sentence($0.meaning)) }
  }
}

extension PersonPage.KeyRow {
  init(_ key: KeySummary) {
    id = key.id
    state = key.state.rawValue
    isLive = key.state == .live
    tone = isLive ? "good" : "plain"
    scope = key.scope
    created = Moment(key.created)
    expires = key.expires.map { Moment($0).text } ?? "never"
    used = key.lastUsed.map { Moment($0).text } ?? "never"
  }
}

/// The only page that shows a key, once.
struct SecretPage: Page {
  static let template = Templates.Name.secret
  let chrome: Chrome
  let name: String
  let path: String
  let id: String
  let key: String

  init(chrome: Chrome, of account: Account, id: String, key: String) {
    self.chrome = chrome
    name = account.principal.name
    path = "/people/\(account.principal.id)"
    self.id = id
    self.key = key
  }
}
