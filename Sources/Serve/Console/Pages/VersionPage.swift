// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence
import MartletGate
import MartletLifecycle
import MartletLog

/// Everything about one version, or about an artifact that was refused.
struct VersionPage: Page {
  struct EvidenceView: Sendable {
    let name: String
    let at: Moment
    let id: String
  }

  /// What the log says about it.
  struct TrailView: Sendable {
    let damage: String?
    let entries: [EntryView]
    let searched: String?
  }

  static let template = Templates.Name.version
  let chrome: Chrome
  let model: String
  let place: String
  let state: String
  let tone: String
  let summary: String
  let disbelieved: String?
  let digest: String
  let life: [LifeView]
  let decision: DecisionView?
  let scan: ScanView?
  let signature: SignatureView?
  let seal: SealView?
  let robustness: RobustnessView?
  let command: String?
  let evidence: [EvidenceView]
  let older: String?
  let trail: TrailView?

  /// - Parameters:
  ///   - trail: `nil` for who may not audit.
  ///   - command: `nil` for what does not answer.
  init(chrome: Chrome, _ dossier: Dossier, trail: TrailView?, command: String?) {
    self.chrome = chrome
    let state = StateView(dossier)
    model = dossier.model
    place = dossier.place
    self.state = state.state
    tone = state.tone
    summary =
      dossier.answers
      ? "It is released and answers questions." : Wording.sentence(dossier.obstacle ?? "it does not answer")
    disbelieved =
      switch dossier.disbelieved {
      case 0: nil
      case 1: "One stored piece of evidence is not signed by this store, and is not believed."
      case let count: "\(count) stored pieces of evidence are not signed by this store, and are not believed."
      }
    digest = dossier.digest.hex
    life = dossier.life.map(LifeView.init)
    decision = dossier.decision.map { DecisionView($0.fact) }
    scan = dossier.scan.map { ScanView($0.fact) }
    signature = dossier.signature.map { SignatureView($0.fact) }
    seal = dossier.seal.map { SealView($0.fact) }
    robustness = dossier.robustness.map { RobustnessView($0.fact) }
    self.command = command
    evidence = dossier.evidence.suffix(Self.mostEvidence).reversed().map {
      EvidenceView(name: $0.name, at: Moment($0.at), id: $0.id.hex)
    }
    let hidden = dossier.evidence.count - evidence.count
    older = hidden > 0 ? "and \(hidden) older" : nil
    self.trail = trail
  }

  private static let mostEvidence = 50
}

extension VersionPage.TrailView {
  init(_ page: LogPage, names: [String: String]) {
    damage = nil
    entries = page.entries.map { EntryView($0, names: names, short: true) }
    searched =
      page.searched.lowerBound == 0
      ? nil
      : "Looked for in the newest \(Wording.number(page.searched.count)) of \(Wording.number(page.checkpoint.size)) entries."
  }

  init(damage: LogError) {
    self.damage = Wording.sentence("\(damage)")
    entries = []
    searched = nil
  }
}
