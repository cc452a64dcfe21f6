// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Which way a version may go, and why not: the one table of its life.
extension VersionState {
  /// Why a version in this state may not come into another; nil when it may.
  ///
  /// A release, and every return to one, is the gate's to decide: ``Registry/move(model:digest:to:evidence:)``. What is asked for
  /// here is where the life goes on at all.
  package func objection(to next: VersionState) -> String? {
    switch (self, next) {
    case (.revoked, .revoked): "it is revoked already"
    case (.revoked, _):
      "it was revoked, and what was revoked never comes back: offer changed files as a new version"
    case (_, .submitted): "only what was never looked at is submitted: it is \(rawValue)"
    case (.quarantined, .quarantined), (.retired, .retired): "it is \(rawValue) already"
    case (.submitted, .assessed), (.submitted, .released):
      "it has not been admitted: `martlet protect` scans and admits it first"
    case (.submitted, .retired): "it was never released or assessed: there is nothing to retire"
    case (.retired, .quarantined):
      "it is retired and answers nobody: revoke it where it must never come back"
    case (.assessed, .admitted), (.released, .admitted), (.quarantined, .admitted), (.retired, .admitted):
      "it has been admitted before"
    default: nil
    }
  }
}
