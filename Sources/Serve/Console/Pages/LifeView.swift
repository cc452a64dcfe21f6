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
struct StateView: Sendable {
  let state: String
  let tone: String

  init(_ dossier: Dossier) {
    if dossier.answers {
      self.init("answers", .good)
    } else if dossier.version == nil {
      self.init("refused", .bad)
    } else {
      switch dossier.version!.state {
      case .quarantined, .revoked: self.init(dossier.version!.state.rawValue, .bad)
      case .retired: self.init("retired", .plain)
      case .submitted, .admitted, .assessed, .released: self.init("not released", .doubtful)
      }
    }
  }

  private init(_ state: String, _ tone: Tone) {
    self.state = state
    self.tone = tone.rawValue
  }
}
