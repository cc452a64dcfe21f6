// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import MartletAccess
import MartletLifecycle

/// Whom the guards of models have flagged and why, for those who may let them off.
extension Console {
  func mountGuard<Context: RequestContext>(on router: Router<Context>) {
    router.get("guard") { request, _ in
      let everybody = request.uri.queryParameters["all"] != nil
      let notice = request.notice
      return try await show(request) { visitor in try guardPage(visitor, everybody: everybody, notice) }
    }
    router.post("guard/clear") { request, _ in
      try await act(request) { visitor, form in try letOff(form, visitor) }
    }
  }

  private func guardPage(_ visitor: Visitor, everybody: Bool, _ notice: Notice?) throws -> Response {
    guard visitor.asker.mayAnywhere(.operate) else {
      try require(.operate, .everything, visitor)
      throw ConsoleRefusal.forbidden
    }
    let clients = try server.guards?.clients(of: nil) ?? []
    return .page(
      GuardPage(
        chrome: Chrome("Guard", visitor, at: .guarding, forms, notice: notice),
        clients.filter { visitor.asker.may(.operate, .model($0.model)).allowed },
        bound: { server.guards?.bound(of: $0) }, token: forms.token(for: visitor.session),
        everybody: everybody))
  }

  private func letOff(_ form: Form, _ visitor: Visitor) throws -> Response {
    guard let model = form.typed("model"), let name = form.typed("name"),
      let kind = form.typed("kind").flatMap(GuardedClient.Kind.init), let guards = server.guards
    else { throw ConsoleRefusal.malformed }
    try require(.operate, .model(model), visitor)
    let reason = form.typed("reason").map { String($0.prefix(200)) }
    do {
      _ = try guards.clear(
        ClearedClient(kind: kind, name: name, reason: reason), of: model, by: visitor.asker.principal.id)
    } catch let error as GuardDeskError {
      throw ConsoleRefusal.refused(Wording.sentence("\(error)"))
    }
    return .seeOther("/guard?done=\(Notice.letOff.rawValue)")
  }
}
