// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import MartletAccess
import MartletInterface
import MartletLifecycle
import MartletRegistry

extension APIRoutes {
  func answerAboutPrincipals(_ question: Question) async throws -> Response {
    let lifecycle = lifecycle
    let actor = try question.principal
    switch question.operation.id {
    case .listPrincipals:
      return try .json(await onThread { try lifecycle.accounts().map(PrincipalSummary.init) })
    case .addPrincipal:
      let new = try await document(NewPrincipalDocument.self, question)
      let account = try await onThread { () throws -> Account in
        _ = try lifecycle.addPrincipal(named: new.name, kind: new.kind, by: actor)
        return try lifecycle.account(named: new.name)
      }
      return try .json(PrincipalSummary(account), status: .created)
    case .disablePrincipal, .enablePrincipal:
      let name = try question.parameter("name")
      let isDisabling = question.operation.id == .disablePrincipal
      if isDisabling { try refuseSelf(question, name) }
      let account = try await onThread { () throws -> Account in
        if isDisabling {
          try lifecycle.disable(name, by: actor)
        } else {
          try lifecycle.enable(name, by: actor)
        }
        return try lifecycle.account(named: name)
      }
      return try .json(PrincipalSummary(account))
    case .erasePrincipal:
      let name = try question.parameter("name")
      try refuseSelf(question, name)
      _ = try await onThread { try lifecycle.erase(name, by: actor) }
      return Response(status: .noContent)
    case .listGrants:
      return try .json(
        await onThread {
          try lifecycle.accounts().flatMap { account in
            account.grants.map { GrantSummary($0, of: account.principal.name) }
          }
        })
    case .addGrant:
      let grant = try await grant(question, .add)
      try await onThread {
        try lifecycle.grant(
          grant.role, on: grant.models, to: grant.name, effect: grant.effect, response: grant.response,
          by: actor)
      }
      return try .json(grant, status: .created)
    case .removeGrant:
      let grant = try await grant(question, .remove)
      try await onThread {
        try lifecycle.removeGrant(
          grant.role, on: grant.models, from: grant.name, effect: grant.effect, by: actor)
      }
      return Response(status: .noContent)
    case .explainAccess: return try await explain(question)
    default: throw Refusal.notFound
    }
  }

  /// Nobody locks themselves out by mistake: somebody else has to.
  private func refuseSelf(_ question: Question, _ name: String) throws {
    guard try question.asker.principal.name == name else { return }
    throw Refusal(status: .conflict, message: "this is yourself: somebody else has to do that")
  }

  /// The grant that a question is about, when whoever asks may change it.
  private func grant(_ question: Question, _ kind: GrantChange.Kind) async throws -> GrantSummary {
    let grant = try await document(GrantSummary.self, question)
    guard (1...256).contains(grant.models.utf8.count) else {
      throw Refusal.malformed("expected `models` of 1 to 256 bytes, found \(grant.models.utf8.count)")
    }
    let lifecycle = lifecycle
    let owner = try await onThread { try lifecycle.account(named: grant.name).principal.id }
    let change = GrantChange(
      kind, Grant(principal: owner, role: grant.role, models: grant.models, effect: grant.effect))
    guard try question.asker.may(change).allowed else { throw Refusal.forbidden }
    return grant
  }

  private func explain(_ question: Question) async throws -> Response {
    let lifecycle = lifecycle
    let name = try question.needed("name")
    guard let action = Action(rawValue: try question.needed("action")) else {
      throw Refusal.malformed(
        "expected `action` as one of \(Action.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    let resource = question.query("model").map(Resource.model) ?? .everything
    let submitter = question.query("submitter")
    return try .json(
      await onThread {
        try lifecycle.explainAccess(of: name, to: action, on: resource, submitter: submitter)
      })
  }
}

private struct NewPrincipalDocument: Decodable {
  let name: String
  let kind: Principal.Kind
}
