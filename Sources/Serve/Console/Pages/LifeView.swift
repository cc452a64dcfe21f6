// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletLifecycle
import MartletRegistry

/// One station of the life.
struct LifeView: Sendable {
  let stage: String
  let state: String
  /// The state for who cannot see the picture.
  let word: String
  let note: String

  init(_ standing: Standing) {
    stage = standing.stage.rawValue
    state = standing.state.rawValue
    note = standing.text
    word =
      switch standing.state {
      case .done: "done"
      case .refused: "no"
      case .skipped: "skipped"
      case .waiting: "not yet"
      }
  }
}

/// Where a version, or a model through its newest answering version, stands as a whole.
enum StateView {
  static func words(_ dossier: Dossier) -> (state: String, tone: String) {
    let (state, tone) = plain(dossier)
    return (state, tone.rawValue)
  }

  private static func plain(_ dossier: Dossier) -> (String, Tone) {
    if dossier.answers {
      return dossier.violation == nil ? ("answers", .good) : ("answers for now", .doubtful)
    }
    guard let version = dossier.version else { return ("refused", .bad) }
    switch version.state {
    case .quarantined, .revoked: return (version.state.rawValue, .bad)
    case .retired: return ("retired", .plain)
    case .submitted, .admitted, .assessed, .released:
      return (dossier.awaitsApproval ? "waits for approval" : "not released", .doubtful)
    }
  }
}
