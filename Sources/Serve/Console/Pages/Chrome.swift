// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAccess
import MartletLifecycle

/// What the frame of a page shows.
struct Chrome: Sendable {
  enum Place { case home, models, upload, traffic, guarding, log, policy, people }

  /// Who is signed in, and the token of the form that signs out.
  struct Person: Sendable {
    let name: String
    let token: String
  }

  /// A way to a part of the console.
  struct Link: Sendable {
    let path: String
    let title: String
    let isHere: Bool
  }

  let title: String
  let visitor: Person?
  let links: [Link]
  /// What came of what the visitor just did.
  let notice: String?
  let stylesheet = Stylesheet.path
  let script = Script.path
  let icon = Martlet.icon
  let martlet = Martlet.path

  /// For a page that anybody may see.
  init(_ title: String) {
    self.title = title
    visitor = nil
    links = []
    notice = nil
  }

  init(_ title: String, _ visitor: Visitor, at place: Place, _ forms: FormKey, notice: Notice? = nil) {
    self.title = title
    self.visitor = Person(
      name: visitor.asker.principal.name, token: forms.token(for: visitor.session))
    self.notice = notice?.text
    let asker = visitor.asker
    let mayAudit = asker.may(.audit, .everything).allowed
    let ways: [(Place, String, String, Bool)] = [
      (.home, "/", "Home", true),
      (.models, "/models", "Models", true),
      (.upload, "/upload", "Upload", asker.mayAnywhere(.submit)),
      (.traffic, "/traffic", "Traffic", mayAudit || asker.may(.operate, .everything).allowed),
      (.guarding, "/guard", "Guard", asker.mayAnywhere(.operate)),
      (.log, "/log", "Log", mayAudit),
      (.policy, "/policy", "Policy", mayAudit),
      (.people, "/people", "People", asker.may(.administer, .everything).allowed),
    ]
    links = ways.filter(\.3).map { Link(path: $0.1, title: $0.2, isHere: $0.0 == place) }
  }
}

/// What came of something that somebody just did, as an address may say it: a word of ours, and no text.
enum Notice: String {
  case approved, released, refused, quarantined, retired, revoked
  case added, removed, disabled, enabled, password
  case pushed, known, letOff

  var text: String {
    switch self {
    case .approved: "You approved it, on the evidence that is there now."
    case .released: "The gate released it."
    case .refused: "The gate says no: the reasons are below."
    case .quarantined: "It is quarantined, and answers nobody until it is decided about again."
    case .retired: "It is retired."
    case .revoked: "It is revoked, and never answers again."
    case .added: "Added."
    case .removed: "Removed."
    case .disabled: "None of their credentials works any more."
    case .enabled: "Their credentials work again."
    case .password: "The password is set. Whoever was signed in with the old one is not any more."
    case .pushed: "It was scanned, admitted and sealed. It answers nobody until it is released."
    case .letOff: "The evidence against them has ended, and they get whole answers again."
    case .known: "The store had exactly these files already: this is the version."
    }
  }
}
