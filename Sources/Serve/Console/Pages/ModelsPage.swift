// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence
import MartletLifecycle
import MartletRegistry

/// One version with its life.
struct VersionView: Sendable {
  let path: String
  let number: Int
  let state: String
  let tone: String
  let created: Moment
  let format: String
  let digest: String
  /// Its other names.
  let aliases: [String]
  let life: [LifeView]

  init(_ dossier: Dossier, _ version: ModelVersion, aliases: [Alias]) {
    path = dossier.path
    number = version.number
    (state, tone) = StateView.words(dossier)
    created = Moment(version.createdAt)
    format = version.format
    digest = dossier.digest.short
    self.aliases = aliases.filter { $0.model == version.model && $0.number == version.number }.map(\.name)
    life = dossier.life.map(LifeView.init)
  }
}

/// Every model that the visitor may view: of each the version that answers, otherwise the newest.
struct ModelsPage: Page {
  struct ModelView: Sendable {
    let model: String
    let path: String
    let state: String
    let tone: String
    let versions: String
    let shown: VersionView
    /// What came after the version that answers.
    let newer: String?
  }

  static let template = Templates.Name.models
  let chrome: Chrome
  let summary: String
  let hasModels: Bool
  let models: [ModelView]
  let mayUpload: Bool

  init(chrome: Chrome, dossiers: [Dossier], aliases: [Alias], mayUpload: Bool) {
    self.chrome = chrome
    self.mayUpload = mayUpload
    let lines = dossiers.lines
    models = lines.compactMap { ModelView($0, aliases) }
    hasModels = !models.isEmpty
    summary = HomePage.summary(
      answering: lines.count { $0.contains(where: \.answers) }, of: lines.count)
  }
}

extension ModelsPage.ModelView {
  init?(_ line: [Dossier], _ aliases: [Alias]) {
    let speaker = line.first(where: \.answers) ?? line[0]
    guard let version = speaker.version else { return nil }
    model = speaker.model
    path = "/models/\(speaker.model)"
    (state, tone) = StateView.words(speaker)
    versions = Wording.count(line.count, "version")
    shown = VersionView(speaker, version, aliases: aliases)
    let count = line.prefix { $0.digest != speaker.digest }.count
    newer =
      count > 0 ? "\(Wording.count(count, "newer version")) \(count == 1 ? "does" : "do") not answer" : nil
  }
}

/// The versions of one model.
struct ModelPage: Page {
  static let template = Templates.Name.model
  let chrome: Chrome
  let model: String
  let summary: String
  let versions: [VersionView]

  init(chrome: Chrome, _ model: String, _ line: [Dossier], aliases: [Alias]) {
    self.chrome = chrome
    self.model = model
    versions = line.compactMap { dossier in
      dossier.version.map { VersionView(dossier, $0, aliases: aliases) }
    }
    let answering = line.filter(\.answers)
    summary =
      answering.first?.version.map { "Version \($0.number) answers by the name alone." }
      ?? "No version of it answers."
  }
}
