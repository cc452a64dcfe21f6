// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import MartletAccess
import MartletGate
import MartletLifecycle
import MartletRegistry

extension Console {
  func mountLife<Context: RequestContext>(on router: Router<Context>) {
    router.post("models/{model}/{number}/approve") { request, context in
      let address = try Self.address(context)
      return try await act(request) { visitor, _ in try approve(address, visitor) }
    }
    router.post("models/{model}/{number}/release") { request, context in
      let address = try Self.address(context)
      return try await act(request) { visitor, _ in try release(address, visitor) }
    }
    for change in [Lifecycle.StateChange.quarantine, .retire, .revoke] {
      let path = RouterPath("models/{model}/{number}/\(change.rawValue)")
      router.get(path) { request, context in
        let address = try Self.address(context)
        return try await show(request) { visitor in try warning(change, address, visitor) }
      }
      router.post(path) { request, context in
        let address = try Self.address(context)
        return try await act(request) { visitor, form in
          try self.change(change, address, reason: form.typed("reason") ?? "", visitor)
        }
      }
    }
  }

  /// Nobody approves what they offered themselves.
  private func approve(_ address: (model: String, number: Int?), _ visitor: Visitor) throws -> Response {
    try require(.approve, .model(address.model), visitor)
    let version = try version(address)
    try require(.approve, .model(version.model), visitor, submitter: version.submitter)
    _ = try lifecycle.approve(version.versionName, by: visitor.asker.principal.id)
    return .seeOther("\(version.path)?done=approved")
  }

  private func release(_ address: (model: String, number: Int?), _ visitor: Visitor) throws -> Response {
    try require(.operate, .model(address.model), visitor)
    let version = try version(address)
    let decision = try lifecycle.release(version.versionName, by: visitor.asker.principal.id)
    return .seeOther("\(version.path)?done=\(decision.released ? "released" : "refused")")
  }

  /// Says what would happen, and asks for the reason.
  private func warning(
    _ change: Lifecycle.StateChange, _ address: (model: String, number: Int?), _ visitor: Visitor
  ) throws -> Response {
    try require(.operate, .model(address.model), visitor)
    let version = try version(address)
    if let objection = version.state.objection(to: change.state) {
      throw ConsoleRefusal.refused(Wording.sentence(objection))
    }
    return .page(
      WarningPage(
        chrome: Chrome("\(change.rawValue.capitalized) \(version.model)", visitor, at: .models, forms),
        change,
        version, token: forms.token(for: visitor.session)))
  }

  private func change(
    _ change: Lifecycle.StateChange, _ address: (model: String, number: Int?), reason: String,
    _ visitor: Visitor
  ) throws -> Response {
    try require(.operate, .model(address.model), visitor)
    let version = try version(address)
    _ = try lifecycle.change(
      version.versionName, change, reason: reason, by: visitor.asker.principal.id)
    return .seeOther("\(version.path)?done=\(change.state.rawValue)")
  }

  func version(_ address: (model: String, number: Int?)) throws -> ModelVersion {
    guard let number = address.number,
      let version = try lifecycle.store.registry.versions(of: address.model).first(where: {
        $0.number == number
      })
    else { throw ConsoleRefusal.notFound }
    return version
  }
}

extension ModelVersion {
  var path: String { "/models/\(model)/\(number)" }

  var versionName: VersionName { get throws { try VersionName("\(model):\(number)") } }
}
