// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletAccess
import MartletBytes

/// Whom queries are counted for. Each query counts for three: who spreads an attack over many keys is still one tenant, and who
/// makes many tenants still comes from somewhere.
package struct GuardedParty: Hashable, Sendable {
  package enum Kind: UInt8, Codable, CaseIterable, Sendable {
    /// One API key, or one subject of a token.
    case key
    /// The principal whose keys they are.
    case tenant
    /// Where the connection comes from: an IPv4 /24 or an IPv6 /48, say.
    case network
  }

  package let kind: Kind
  package let name: String
  /// Of both, taken once: each question looks for its parties again and again.
  let code: Int

  /// A name of more than ``Limits/guardName`` bytes is cut there, so that those that begin alike are one party.
  package init(_ kind: Kind, _ name: String) {
    self.kind = kind
    self.name = name.utf8.count <= Limits.guardName ? name : Self.cut(name)
    var hasher = Hasher()
    hasher.combine(kind)
    hasher.combine(self.name)
    code = hasher.finalize()
  }

  package static func == (left: GuardedParty, right: GuardedParty) -> Bool {
    left.code == right.code && left.kind == right.kind && left.name == right.name
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(code) }

  private static func cut(_ name: String) -> String {
    var short = ""
    for character in name.unicodeScalars {
      guard short.utf8.count + character.utf8.count <= Limits.guardName else { break }
      short.unicodeScalars.append(character)
    }
    return short
  }
}

extension GuardedParty: CustomStringConvertible {
  package var description: String {
    switch kind {
    case .key: "the key \(name)"
    case .tenant: "the tenant \(name)"
    case .network: "the network \(name)"
    }
  }
}

/// Who asks, and what answers they are granted.
package struct Asker: Sendable {
  package let parties: [GuardedParty]
  package let response: ResponsePolicy

  /// - Parameters:
  ///   - network: nil for whoever is not on one.
  ///   - response: how their answers are shaped; nil for the policy's own.
  package init(key: String, tenant: String, network: String? = nil, response: ResponsePolicy? = nil) {
    parties =
      [GuardedParty(.key, key), GuardedParty(.tenant, tenant)]
      + (network.map { [GuardedParty(.network, $0)] } ?? [])
    self.response = response ?? .full
  }
}
