// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence
import MartletLifecycle
import MartletRegistry

/// Every model the visitor may view, and first what needs somebody.
struct HomePage: Page {
  struct Concern: Sendable {
    let path: String
    let model: String
    let place: String
    let digest: String
    let reason: String
  }

  struct VersionView: Sendable {
    let path: String
    let number: Int
    let created: Moment
    let format: String
    let digest: String
    let life: [LifeView]
  }

  struct ModelView: Sendable {
    let model: String
    let state: String
    let tone: String
    let versions: [VersionView]
  }

  static let template = Templates.Name.home
  let chrome: Chrome
  let summary: String
  let hasAttention: Bool
  let attention: [Concern]
  let hasModels: Bool
  let models: [ModelView]
  let hasRefused: Bool
  let refused: [Concern]

  private static let mostRefused = 20

  /// - Parameter dossiers: by model, the newest first.
  init(chrome: Chrome, dossiers: [Dossier], refused: [Dossier]) {
    self.chrome = chrome
    let lines = dossiers.split(byModel: \.model)
    models = lines.map(ModelView.init)
    attention = lines.flatMap(Self.concerns)
    self.refused = refused.prefix(Self.mostRefused).map(Concern.init)
    hasModels = !models.isEmpty
    hasAttention = !attention.isEmpty
    hasRefused = !refused.isEmpty
    let answering = lines.count { $0.contains(where: \.answers) }
    summary =
      switch (answering, lines.count) {
      case (_, 0): "Nothing is in the store yet."
      case (1, 1): "The one model answers."
      case (let some, let all) where some == all: "All \(all) models answer."
      case (let some, 1): some == 0 ? "The one model does not answer yet." : ""
      case (let some, let all): "\(some) of \(all) models answer."
      }
  }

  /// Versions that are newer than the one that answers and have not come so far; of a model that never answered, the
  /// newest. A version that somebody took out of service on purpose is no concern.
  private static func concerns(_ line: [Dossier]) -> [Concern] {
    let waiting = line.prefix { !$0.answers }
    let open = waiting.filter { $0.version?.state != .retired && $0.version?.state != .revoked }
    return (waiting.count == line.count ? Array(open.prefix(1)) : open).map(Concern.init)
  }
}

extension HomePage.Concern {
  init(_ dossier: Dossier) {
    path = dossier.path
    model = dossier.model
    place = dossier.place
    digest = dossier.digest.short
    reason = Wording.sentence(dossier.obstacle ?? "")
  }
}

extension HomePage.ModelView {
  init(_ line: [Dossier]) {
    let speaker = line.first(where: \.answers) ?? line[0]
    let state = StateView(speaker)
    model = speaker.model
    self.state = state.state
    tone = state.tone
    versions = line.map(HomePage.VersionView.init)
  }
}

extension HomePage.VersionView {
  init(_ dossier: Dossier) {
    let version = dossier.version!
    path = dossier.path
    number = version.number
    created = Moment(version.createdAt)
    format = version.format
    digest = dossier.digest.short
    life = dossier.life.map(LifeView.init)
  }
}

extension Dossier {
  /// Where its page is. Model names are safe in a URL.
  var path: String {
    if let version { "/models/\(model)/\(version.number)" } else { "/models/\(model)/refused/\(digest.hex)" }
  }

  var place: String { version.map { "version \($0.number)" } ?? digest.short }
}

extension Array {
  /// Runs of elements with the same key.
  fileprivate func split(byModel key: (Element) -> String) -> [[Element]] {
    var runs: [[Element]] = []
    for element in self {
      if let last = runs.last?.first, key(last) == key(element) {
        runs[runs.count - 1].append(element)
      } else {
        runs.append([element])
      }
    }
    return runs
  }
}
