// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import MartletAccess
import MartletGate
import MartletLifecycle
import MartletRegistry

extension Console {
  func mountPolicy<Context: RequestContext>(on router: Router<Context>) {
    router.get("policy") { request, _ in
      let environment = request.uri.queryParameters.get("environment").map { String($0.prefix(64)) }
      return try await show(request) { visitor in
        try policyPage(visitor, environment: environment?.isEmpty == true ? nil : environment, trial: nil)
      }
    }
    router.post("policy/trial") { request, _ in
      try await act(request, atMost: Self.longestTrial) { visitor, form in try trial(visitor, form) }
    }
  }

  private func policyPage(
    _ visitor: Visitor, environment: String?, trial: PolicyPage.Trial?
  ) throws -> Response {
    try require(.audit, .everything, visitor)
    let versions = try lifecycle.store.registry.versions(of: nil).filter {
      visitor.asker.may(.view, .model($0.model)).allowed && $0.state != .submitted
    }
    return .page(
      PolicyPage(
        chrome: Chrome("Policy", visitor, at: .policy, forms), try lifecycle.policy(in: environment),
        environment: environment, versions: versions, token: forms.token(for: visitor.session), trial: trial),
      status: trial?.failure == nil ? .ok : .badRequest)
  }

  /// Asks a policy about a version. Nothing is written: neither a decision nor a record.
  private func trial(_ visitor: Visitor, _ form: Form) throws -> Response {
    try require(.audit, .everything, visitor)
    let environment = form.typed("environment").map { String($0.prefix(64)) }
    var trial = PolicyPage.Trial(
      version: form.typed("version") ?? "", policy: form.typed("policy") ?? "", text: form.typed("text"),
      environment: environment)
    do {
      let name = try VersionName(trial.version)
      try require(.view, .model(name.model), visitor)
      let version = try lifecycle.store.registry.version(name)
      let policy = try policy(trial)
      trial.answer(
        try lifecycle.explain(policy, version, in: environment, at: now()), by: policy, about: version)
    } catch let error where ConsoleRefusal(of: error) != nil {
      trial.failure = Wording.sentence("\(error)")
    }
    return try policyPage(visitor, environment: environment, trial: trial)
  }

  /// The policy that was chosen: the one that holds, one that comes with Martlet, or a text.
  private func policy(_ trial: PolicyPage.Trial) throws -> Policy {
    switch trial.policy {
    case "": return try lifecycle.policy(in: trial.environment)
    case PolicyPage.ownText: return try Policy(yaml: trial.text ?? "")
    case let name:
      guard let policy = Policy.readyMade(name) else { throw ConsoleRefusal.notFound }
      return policy
    }
  }

  /// Bytes of a form with a policy in it, each letter of which may take three.
  private static let longestTrial = 1 << 20
}
