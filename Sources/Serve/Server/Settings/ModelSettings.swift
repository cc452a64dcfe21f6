// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletAccess

/// What one model may use of the server.
package struct ModelSettings: Equatable, Sendable {
  /// Questions that are answered or wait at the same time; more are told to come back.
  package var concurrency = 256
  /// Bytes of a question's body.
  package var body = 64 << 20
  /// Elements of all inputs of a question.
  package var elements = 16 << 20
  /// Questions that are answered together; `nil` where each is answered alone.
  package var batch: Batch?
  /// What stands in front of its answers.
  package var sentry = GuardSettings()

  package init() {}

  /// Several questions as one run of the model. Only for models whose first dimension is open, and whose rows do not look at each
  /// other.
  package struct Batch: Equatable, Sendable {
    /// Rows of one run.
    package var rows = 32
    /// How long the first question waits for others. Zero takes only what waits already, because the model is busy.
    package var wait = Duration.zero

    package init(rows: Int = 32, wait: Duration = .zero) {
      self.rows = rows
      self.wait = wait
    }
  }
}

/// Settings by model: those of the first pattern that the name fits.
package struct ModelSettingsTable: Equatable, Sendable {
  package var standard = ModelSettings()
  package var named: [(pattern: NamePattern, settings: ModelSettings)] = []

  package init() {}

  package func settings(of model: String) -> ModelSettings {
    named.first { $0.pattern.covers(.model(model)) }?.settings ?? standard
  }

  package static func == (left: Self, right: Self) -> Bool {
    left.standard == right.standard && left.named.count == right.named.count
      && zip(left.named, right.named).allSatisfy { $0.pattern == $1.pattern && $0.settings == $1.settings }
  }
}
