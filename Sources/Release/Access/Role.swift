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

/// A named set of actions, granted on a model, on a pattern of names, or on everything.
package enum Role: String, Codable, CaseIterable, Sendable {
  case viewer, predictor, submitter, assessor, approver, `operator`, auditor, administrator

  package var actions: Set<Action> {
    switch self {
    case .viewer: [.view]
    case .predictor: [.view, .predict]
    case .submitter: [.view, .submit]
    case .assessor: [.view, .assess]
    case .approver: [.view, .audit, .approve]
    case .operator: [.view, .predict, .operate]
    case .auditor: [.view, .audit]
    case .administrator: Set(Action.allCases)
    }
  }
}
