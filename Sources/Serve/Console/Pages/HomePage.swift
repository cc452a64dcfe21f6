// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence
import MartletGate
import MartletLifecycle
import MartletRegistry

/// What needs somebody, of everything the visitor may view.
struct HomePage: Page {
  /// One thing that somebody should look at.
  struct Concern: Sendable {
    let path: String
    let model: String
    let place: String
    let reason: String
  }

  /// Concerns of one kind.
  struct Group: Sendable {
    let name: String
    let title: String
    let tone: String
    let count: Int
    let concerns: [Concern]
    let more: String?
  }

  struct Figure: Sendable {
    let value: String
    let label: String
    let tone: String
    let path: String
  }

  static let template = Templates.Name.home
  let chrome: Chrome
  let summary: String
  let figures: [Figure]
  let groups: [Group]
  let isQuiet: Bool
  let hasModels: Bool

  /// Seconds before its end that evidence is said to expire soon.
  private static let soon: TimeInterval = 14 * 86_400

  /// - Parameter dossiers: by model, the newest first.
  init(chrome: Chrome, dossiers: [Dossier], refused: [Dossier], at now: Date) {
    self.chrome = chrome
    let lines = dossiers.lines
    let open = lines.flatMap(Self.open)
    let awaiting = open.filter(\.awaitsApproval)
    let violated = dossiers.filter { $0.answers && $0.violation != nil }
    let expiring = dossiers.filter { dossier in
      dossier.answers && dossier.violation == nil
        && dossier.decision?.fact.decision.validUntil.map { $0 < now + Self.soon } == true
    }
    groups = [
      Group("awaiting", "Waiting for approval", .doubtful, awaiting) {
        Wording.sentence($0.obstacle ?? "")
      },
      Group("quarantined", "Quarantined", .bad, dossiers.filter { $0.version?.state == .quarantined }) {
        Wording.sentence($0.obstacle ?? "")
      },
      Group("violated", "Released, and no longer fit", .bad, violated) { Self.violation($0) },
      Group("expiring", "Evidence that expires soon", .doubtful, expiring) { Self.expiry($0) },
      Group("undecided", "Not decided about", .plain, open.filter { $0.decision == nil }) { _ in
        "It was admitted, and nobody has asked the gate yet."
      },
      Group(
        "failed", "The gate said no", .doubtful,
        open.filter { !$0.awaitsApproval && $0.decision != nil && $0.version?.state != .quarantined }
      ) { Wording.sentence($0.obstacle ?? "") },
      Group("refused", "Refused at admission", .bad, refused) { Wording.sentence($0.obstacle ?? "") },
    ].compactMap { $0 }
    isQuiet = groups.isEmpty
    hasModels = !lines.isEmpty
    let answering = lines.count { $0.contains(where: \.answers) }
    summary = Self.summary(answering: answering, of: lines.count)
    let quarantined = dossiers.count { $0.version?.state == .quarantined }
    figures = [
      Figure(
        value: "\(answering)", label: answering == 1 ? "model answers" : "models answer",
        tone: answering > 0 ? "good" : "plain", path: "/models"),
      Figure(
        value: "\(awaiting.count)", label: "waiting for approval",
        tone: awaiting.isEmpty ? "plain" : "doubtful", path: awaiting.isEmpty ? "/models" : "#group-awaiting"),
      Figure(
        value: "\(quarantined)", label: "quarantined", tone: quarantined == 0 ? "plain" : "bad",
        path: quarantined == 0 ? "/models" : "#group-quarantined"),
      Figure(
        value: "\(refused.count)", label: "refused", tone: refused.isEmpty ? "plain" : "bad",
        path: refused.isEmpty ? "/models" : "#group-refused"),
    ]
  }

  static func summary(answering: Int, of all: Int) -> String {
    switch (answering, all) {
    case (_, 0): "Nothing is in the store yet."
    case (1, 1): "The one model answers."
    case (let some, let all) where some == all: "All \(all) models answer."
    case (_, 1): "The one model does not answer yet."
    case (let some, let all): "\(some) of \(all) models answer."
    }
  }

  /// Versions that are newer than the one that answers and have not come so far; of a model that never answered, the
  /// newest. A version that somebody took out of service on purpose is no concern.
  private static func open(_ line: [Dossier]) -> [Dossier] {
    let waiting = line.prefix { !$0.answers }
    let open = waiting.filter { $0.version?.state != .retired && $0.version?.state != .revoked }
    return waiting.count == line.count ? Array(open.prefix(1)) : open
  }

  private static func violation(_ dossier: Dossier) -> String {
    guard let violation = dossier.violation else { return "" }
    let end = violation.until.map { " It stops answering on \(Moment($0).text)." } ?? ""
    return Wording.sentence(violation.decision.refusal ?? "") + end
  }

  private static func expiry(_ dossier: Dossier) -> String {
    guard let end = dossier.decision?.fact.decision.validUntil else { return "" }
    return "What its release rests on holds until \(Moment(end).text)."
  }
}

extension HomePage.Group {
  private static let most = 20

  /// Nil where there is nothing.
  init?(
    _ name: String, _ title: String, _ tone: Tone, _ dossiers: [Dossier], _ reason: (Dossier) -> String
  ) {
    guard !dossiers.isEmpty else { return nil }
    self.name = name
    self.title = title
    self.tone = tone.rawValue
    count = dossiers.count
    concerns = dossiers.prefix(Self.most).map {
      HomePage.Concern(path: $0.path, model: $0.model, place: $0.place, reason: reason($0))
    }
    more = dossiers.count > Self.most ? "and \(dossiers.count - Self.most) more" : nil
  }
}

extension Dossier {
  /// Where its page is. Model names are safe in a URL.
  var path: String {
    if let version { "/models/\(model)/\(version.number)" } else { "/models/\(model)/refused/\(digest.hex)" }
  }

  var place: String { version.map { "version \($0.number)" } ?? digest.short }

  /// Whether only approvals are missing.
  var awaitsApproval: Bool {
    guard let reasons = decision?.fact.decision.reasons.filter(\.refuses), !reasons.isEmpty else {
      return false
    }
    return version?.state != .quarantined && reasons.allSatisfy { $0.rule == "approvals" }
  }
}

extension [Dossier] {
  /// Runs of the same model.
  var lines: [[Dossier]] {
    var runs: [[Dossier]] = []
    for element in self {
      if let last = runs.last?.first, last.model == element.model {
        runs[runs.count - 1].append(element)
      } else {
        runs.append([element])
      }
    }
    return runs
  }
}
