// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What somebody may want to do. Every door asks about one of these.
package enum Action: String, Codable, CaseIterable, Sendable {
  /// See that a model exists, its versions and where they stand.
  case view
  /// Ask a released model for an answer.
  case predict
  /// Offer a new version.
  case submit
  /// Measure a version and leave evidence.
  case assess
  /// Agree to a release.
  case approve
  /// Quarantine, retire and serve versions.
  case operate
  /// Read the record and the evidence.
  case audit
  /// Manage principals, credentials and grants.
  case administer
}

/// A set of actions in one machine word: what a role allows is asked for at every request.
package struct ActionSet: Hashable, Sendable {
  private var bits: UInt16

  package init(_ actions: some Sequence<Action>) {
    bits = actions.reduce(0) { $0 | Self.bit(of: $1) }
  }

  package static let all = ActionSet(Action.allCases)

  package func contains(_ action: Action) -> Bool { bits & Self.bit(of: action) != 0 }

  package func isSubset(of other: ActionSet) -> Bool { bits & ~other.bits == 0 }

  private static func bit(of action: Action) -> UInt16 {
    switch action {
    case .view: 1
    case .predict: 1 << 1
    case .submit: 1 << 2
    case .assess: 1 << 3
    case .approve: 1 << 4
    case .operate: 1 << 5
    case .audit: 1 << 6
    case .administer: 1 << 7
    }
  }
}

extension ActionSet: ExpressibleByArrayLiteral {
  package init(arrayLiteral actions: Action...) { self.init(actions) }
}

extension ActionSet: Sequence {
  /// In the order in which ``Action`` has them.
  package func makeIterator() -> some IteratorProtocol<Action> {
    Action.allCases.filter(contains).makeIterator()
  }
}

extension ActionSet: Codable {
  package init(from decoder: any Decoder) throws { self.init(try [Action](from: decoder)) }
  package func encode(to encoder: any Encoder) throws { try Array(self).encode(to: encoder) }
}
