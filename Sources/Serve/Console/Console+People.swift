// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import HummingbirdCore
import MartletAccess
import MartletLifecycle
import MartletRegistry

extension Console {
  func mountPeople<Context: RequestContext>(on router: Router<Context>) {
    router.get("people") { request, _ in
      let (question, notice) = (AccessQuestion(request.uri), request.notice)
      return try await show(request) { visitor in try peoplePage(visitor, question, notice) }
    }
    router.post("people") { request, _ in try await act(request) { try addPerson($0, $1) } }
    router.get("people/{id}") { request, context in
      let (id, notice) = (context.parameters.get("id") ?? "", request.notice)
      return try await show(request) { visitor in try personPage(id, visitor, notice) }
    }
    for (word, body) in changes {
      router.post(RouterPath("people/{id}/\(word)")) { request, context in
        let id = context.parameters.get("id") ?? ""
        return try await act(request) { visitor, form in
          try require(.administer, .everything, visitor)
          return try body(try account(id), visitor, form)
        }
      }
    }
  }

  private typealias Change = @Sendable (Account, Visitor, Form) throws -> Response

  /// What may be done to somebody.
  private var changes: [(String, Change)] {
    [
      ("disable", { account, visitor, _ in try disable(account, visitor) }),
      ("enable", { account, visitor, _ in try enable(account, visitor) }),
      ("password", { try setPassword($0, $1, $2) }), ("grants", { try addGrant($0, $1, $2) }),
      ("grants/remove", { try removeGrant($0, $1, $2) }), ("keys", { try makeKey($0, $1, $2) }),
      ("keys/revoke", { try revokeKey($0, $1, $2) }),
    ]
  }

  private func account(_ id: String) throws -> Account {
    guard let account = try lifecycle.store.registry.account(id: id) else { throw ConsoleRefusal.notFound }
    return account
  }

  private func peoplePage(_ visitor: Visitor, _ question: AccessQuestion?, _ notice: Notice?) throws
    -> Response
  {
    try require(.administer, .everything, visitor)
    let accounts = try lifecycle.accounts()
    let keys = try lifecycle.store.registry.keys()
    var answer: PeoplePage.Answer?
    var failure: String?
    if let question {
      do {
        let summary = try lifecycle.explainAccess(
          of: question.name, to: question.action, on: question.resource, submitter: question.submitter)
        answer = PeoplePage.Answer(question, summary)
      } catch let error as RegistryError where ConsoleRefusal(of: error) != nil {
        failure = Wording.sentence("\(error)")
      }
    }
    return .page(
      PeoplePage(
        chrome: Chrome("People", visitor, at: .people, forms, notice: notice), accounts, keys: keys,
        at: now(),
        token: forms.token(for: visitor.session), question: question, answer: answer, failure: failure))
  }

  private func personPage(_ id: String, _ visitor: Visitor, _ notice: Notice?) throws -> Response {
    try require(.administer, .everything, visitor)
    let account = try account(id)
    let keys = try lifecycle.store.registry.keys().filter { $0.owner.id == account.principal.id }
    return .page(
      PersonPage(
        chrome: Chrome(account.principal.name, visitor, at: .people, forms, notice: notice), account,
        keys: keys,
        at: now(), token: forms.token(for: visitor.session), isSelf: visitor.asker.principal.id == id))
  }

  private func addPerson(_ visitor: Visitor, _ form: Form) throws -> Response {
    try require(.administer, .everything, visitor)
    guard let kind = Principal.Kind(rawValue: form["kind"] ?? "") else { throw ConsoleRefusal.malformed }
    let made = try lifecycle.addPrincipal(
      named: form.typed("name") ?? "", kind: kind, by: visitor.asker.principal.id)
    return .seeOther("/people/\(made.id)?done=added")
  }

  /// Nobody locks themselves out by mistake: somebody else has to.
  private func disable(_ account: Account, _ visitor: Visitor) throws -> Response {
    guard account.principal.id != visitor.asker.principal.id else {
      throw ConsoleRefusal.refused("This is yourself: somebody else has to do that.")
    }
    try lifecycle.disable(account.principal.name, by: visitor.asker.principal.id)
    return .seeOther("/people/\(account.principal.id)?done=disabled")
  }

  private func enable(_ account: Account, _ visitor: Visitor) throws -> Response {
    try lifecycle.enable(account.principal.name, by: visitor.asker.principal.id)
    return .seeOther("/people/\(account.principal.id)?done=enabled")
  }

  private func setPassword(_ account: Account, _ visitor: Visitor, _ form: Form) throws -> Response {
    try lifecycle.setPassword(
      form["password"] ?? "", of: account.principal.name, cost: gate.cost,
      by: visitor.asker.principal.id)
    // Whoever sets their own is not signed in any more, either.
    return .seeOther("/people/\(account.principal.id)?done=password")
  }

  /// The grant that a form is about, when whoever asks may make the change.
  private func grant(
    _ kind: GrantChange.Kind, _ account: Account, _ visitor: Visitor, _ form: Form
  ) throws -> Grant {
    guard let role = Role(rawValue: form["role"] ?? ""), let models = form.typed("models"),
      let effect = Grant.Effect(rawValue: form["effect"] ?? "allow")
    else { throw ConsoleRefusal.malformed }
    guard (1...256).contains(models.utf8.count) else { throw ConsoleRefusal.malformed }
    let grant = Grant(principal: account.principal.id, role: role, models: models, effect: effect)
    let decision = visitor.asker.may(GrantChange(kind, grant))
    guard decision.allowed else {
      try note("console.administer", "denied", by: visitor.asker.principal.id, decision.reason)
      throw ConsoleRefusal.forbidden
    }
    return grant
  }

  private func addGrant(_ account: Account, _ visitor: Visitor, _ form: Form) throws -> Response {
    let grant = try grant(.add, account, visitor, form)
    try lifecycle.grant(
      grant.role, on: grant.models, to: account.principal.name, effect: grant.effect,
      by: visitor.asker.principal.id)
    return .seeOther("/people/\(account.principal.id)?done=added")
  }

  private func removeGrant(_ account: Account, _ visitor: Visitor, _ form: Form) throws -> Response {
    let grant = try grant(.remove, account, visitor, form)
    try lifecycle.removeGrant(
      grant.role, on: grant.models, from: account.principal.name, effect: grant.effect,
      by: visitor.asker.principal.id)
    return .seeOther("/people/\(account.principal.id)?done=removed")
  }

  /// The answer is the one page that shows the key.
  private func makeKey(_ account: Account, _ visitor: Visitor, _ form: Form) throws -> Response {
    let grant = try grant(.add, account, visitor, form)
    guard grant.effect == .allow else { throw ConsoleRefusal.malformed }
    var expires: Date?
    if let text = form.typed("days") {
      guard let days = Int(text), (1...3_650).contains(days) else {
        throw ConsoleRefusal.refused("Expected 1 to 3650 days, found \(text.prefix(20)).")
      }
      expires = now() + Double(days) * 86_400
    }
    let scope =
      form["narrow"] == "yes" ? Scope(actions: grant.role.actions, models: [grant.pattern]) : .unlimited
    let key = try lifecycle.makeKey(
      for: account.principal.name, kind: account.principal.kind, role: grant.role, models: grant.models,
      scope: scope, expires: expires, by: visitor.asker.principal.id)
    return .page(
      SecretPage(
        chrome: Chrome("A new key", visitor, at: .people, forms), of: account, id: key.id, key: key.reveal()))
  }

  private func revokeKey(_ account: Account, _ visitor: Visitor, _ form: Form) throws -> Response {
    guard let id = form.typed("key"), let found = try lifecycle.store.registry.key(id),
      found.account.principal.id == account.principal.id
    else { throw ConsoleRefusal.notFound }
    guard visitor.asker.keyID != id else {
      throw ConsoleRefusal.refused("This is the key that you are signed in with: revoke it with another one.")
    }
    try lifecycle.revokeKey(id, by: visitor.asker.principal.id)
    return .seeOther("/people/\(account.principal.id)?done=removed")
  }
}

/// Why may somebody do something: as the address asks it.
struct AccessQuestion: Sendable {
  let name: String
  let action: Action
  let model: String?
  let submitter: String?

  /// Nil where nothing, or nothing that could be answered, is asked.
  init?(_ uri: URI) {
    func word(_ name: Substring) -> String? {
      uri.queryParameters[name].map { String($0.prefix(256)) }?.trimmingCharacters(in: .whitespaces)
    }
    guard let name = word("name"), !name.isEmpty, let action = word("action").flatMap(Action.init(rawValue:))
    else { return nil }
    self.name = name
    self.action = action
    model = word("model").flatMap { $0.isEmpty ? nil : $0 }
    submitter = word("submitter").flatMap { $0.isEmpty ? nil : $0 }
  }

  var resource: Resource { model.map(Resource.model) ?? .everything }
}
