// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAccess
import MartletLifecycle

/// What the frame of a page shows.
struct Chrome: Sendable {
  enum Place { case models, log, elsewhere }

  /// Who is signed in, and the token of the form that signs out.
  struct Person: Sendable {
    let name: String
    let token: String
  }

  let title: String
  let visitor: Person?
  let mayAudit: Bool
  let onModels: Bool
  let onLog: Bool
  let stylesheet = Stylesheet.path
  let icon = Martlet.icon
  let martlet = Martlet.path

  /// For a page that anybody may see.
  init(_ title: String) {
    self.title = title
    visitor = nil
    mayAudit = false
    onModels = false
    onLog = false
  }

  init(_ title: String, _ visitor: Visitor, at place: Place, _ tokens: FormTokens) {
    self.title = title
    self.visitor = Person(
      name: visitor.asker.principal.name, token: tokens.token(for: visitor.session))
    mayAudit = visitor.asker.may(.audit, .everything).allowed
    onModels = place == .models
    onLog = place == .log
  }
}
