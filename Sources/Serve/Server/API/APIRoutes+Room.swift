// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import MartletAccess
import MartletEvidence
import MartletGate
import MartletInterface
import MartletLifecycle
import MartletRegistry

extension APIRoutes {
  func answerAboutRoom(_ question: Question) async throws -> Response {
    let lifecycle = lifecycle
    let actor = try question.principal
    switch question.operation.id {
    case .getPolicy:
      let environment = try Self.checked(question.query("environment"))
      return try .json(PolicyDocument(await onThread { try lifecycle.policy(in: environment) }))
    case .setPolicy:
      let new = try await document(NewPolicyDocument.self, question)
      _ = try Self.checked(new.environment)
      let policy = try await onThread { () throws -> Policy in
        let policy = try Policy(yaml: new.text)
        _ = try lifecycle.setPolicy(policy, in: new.environment, by: actor)
        return policy
      }
      return try .json(PolicyDocument(policy))
    case .listQuotas: return try .json(await onThread { try lifecycle.store.registry.quotas() })
    case .setQuota:
      let quota = try await document(Quota.self, question)
      guard NamePattern.isUsable(quota.models), (0...1 << 53).contains(quota.bytes ?? 0),
        (0...1 << 31).contains(quota.versions ?? 0)
      else {
        throw Refusal.malformed(
          "expected `models` as a name or a pattern with `*`, `bytes` from 0 to 2^53 and `versions` from 0 to 2^31"
        )
      }
      try await onThread { try lifecycle.setQuota(quota, by: actor) }
      return try .json(quota)
    case .removeQuota:
      let models = NamePattern(try question.needed("models"))
      try await onThread { try lifecycle.removeQuota(on: models, by: actor) }
      return Response(status: .noContent)
    case .listRetentions: return try .json(await onThread { try lifecycle.store.registry.retentions() })
    case .setRetention:
      let rule = try await document(Retention.self, question)
      guard NamePattern.isUsable(rule.models), (0...1 << 31).contains(rule.newest),
        (0...36_500).contains(rule.days)
      else {
        throw Refusal.malformed(
          "expected `models` as a name or a pattern with `*`, `newest` from 0 to 2^31, and 0 to 36500 `days`")
      }
      try await onThread { try lifecycle.setRetention(rule, by: actor) }
      return try .json(rule)
    case .removeRetention:
      let models = NamePattern(try question.needed("models"))
      try await onThread { try lifecycle.removeRetention(of: models, by: actor) }
      return Response(status: .noContent)
    default: throw Refusal.notFound
    }
  }

  private static func checked(_ environment: String?) throws(Refusal) -> String? {
    guard environment.map({ $0.unicodeScalars.count <= 64 }) != false else {
      throw .malformed("expected `environment` of at most 64 characters")
    }
    return environment
  }
}

private struct PolicyDocument: Encodable {
  let name: String
  let digest: String
  let text: String

  init(_ policy: Policy) {
    name = policy.name
    digest = policy.digest.hex
    text = policy.text
  }
}

private struct NewPolicyDocument: Decodable {
  let text: String
  let environment: String?
}
