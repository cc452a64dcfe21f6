// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
package import MartletAccess

/// An identity provider that people sign in to the console with, by OpenID Connect.
///
/// ```yaml
/// signin:
///   name: the company
///   issuer: https://id.example.org/realms/ml
///   client: martlet
///   secret: /etc/martlet/client-secret
///   grants:
///     - {claim: groups, value: ml-reviewers, role: approver, models: "*"}
/// ```
package struct SignInSettings: Equatable, Sendable {
  /// As people know it.
  package let name: String
  /// Where its configuration is found (OpenID Connect Discovery 1.0, 4), and what its tokens say.
  package let issuer: String
  package let client: String
  /// The path of a file with the client's secret; nil for a client that has none.
  package let secret: String?
  /// What claims of its tokens give.
  package let grants: [OIDCIssuer.Mapping]
  /// Seconds to wait for an answer of the provider.
  package var patience: Int64 = 10

  package init(
    name: String, issuer: String, client: String, secret: String? = nil, grants: [OIDCIssuer.Mapping] = []
  ) {
    (self.name, self.issuer, self.client, self.secret, self.grants) = (name, issuer, client, secret, grants)
  }

  /// Nil where nothing is set.
  init?(_ fields: SettingsFields) throws(ServerError) {
    guard
      let part = try fields.part("signin", allowed: ["name", "issuer", "client", "secret", "grants"])
    else { return nil }
    func needed(_ key: String) throws(ServerError) -> String {
      guard let text = try part.text(key)?.text, !text.isEmpty else {
        throw .setting("`signin` lacks the key `\(key)`")
      }
      return text
    }
    issuer = try needed("issuer")
    client = try needed("client")
    guard Self.isUsable(issuer) else {
      throw .setting("`signin.issuer`: expected an https address, found `\(issuer.prefix(80))`")
    }
    name = try part.text("name")?.text ?? URL(string: issuer)?.host() ?? issuer
    secret = try part.text("secret")?.text
    var grants: [OIDCIssuer.Mapping] = []
    for entry in try part.list("grants", allowed: ["claim", "value", "role", "models"]) {
      guard let claim = try entry.text("claim")?.text, let value = try entry.text("value")?.text,
        let role = try entry.text("role")
      else { throw .setting("\(entry.place) lacks one of the keys `claim`, `value` and `role`") }
      grants.append(
        .init(
          claim: claim, value: value, role: try role.choice(of: Role.self),
          models: try entry.text("models")?.text ?? "*"))
    }
    self.grants = grants
  }

  /// Codes, secrets and tokens go over TLS; within this machine they need not.
  static func isUsable(_ address: String) -> Bool {
    guard let url = URL(string: address), let host = url.host(), url.fragment == nil, url.user() == nil else {
      return false
    }
    return url.scheme == "https"
      || (url.scheme == "http" && ["127.0.0.1", "localhost", "::1"].contains(host))
  }
}
