// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// A named set of actions, granted on a model, on a pattern of names, or on everything.
package enum Role: String, Codable, CaseIterable, Sendable {
  case viewer, predictor, submitter, assessor, approver, `operator`, auditor, administrator

  package var actions: ActionSet {
    switch self {
    case .viewer: [.view]
    case .predictor: [.view, .predict]
    case .submitter: [.view, .submit]
    case .assessor: [.view, .assess]
    case .approver: [.view, .audit, .approve]
    case .operator: [.view, .predict, .operate]
    case .auditor: [.view, .audit]
    case .administrator: .all
    }
  }

  /// What somebody with it does, in a few words for people.
  package var meaning: String {
    switch self {
    case .viewer: "sees models, their versions and where they stand"
    case .predictor: "asks released models for answers"
    case .submitter: "offers new versions"
    case .assessor: "measures versions and leaves evidence"
    case .approver: "reads the evidence and agrees to releases, not of what they submitted themselves"
    case .operator: "serves, quarantines and retires versions"
    case .auditor: "reads the log and the evidence"
    case .administrator: "does everything, and manages principals, credentials and grants"
    }
  }
}
