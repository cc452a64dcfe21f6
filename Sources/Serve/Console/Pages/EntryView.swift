// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence
import MartletLifecycle

/// One entry of the log.
struct EntryView: Sendable {
  /// When and by whom, as far as the entry is Martlet's.
  struct When: Sendable {
    let text: String
    let machine: String
    let principal: String
  }

  let index: String
  let action: String
  let outcome: String
  let tone: String
  let model: String?
  let digest: String?
  let reason: String?
  let when: When?

  /// - Parameter names: of principals, by their ids.
  init(_ entry: LoggedRecord, names: [String: String], short: Bool = false) {
    index = "\(entry.index)"
    guard let record = entry.record else {
      action = "unknown"
      outcome = "not an entry of Martlet's"
      tone = Tone.doubtful.rawValue
      (model, digest, reason, when) = (nil, nil, nil, nil)
      return
    }
    action = record.action
    outcome = record.outcome
    tone = Tone(outcome: record.outcome).rawValue
    model = short ? nil : record.model
    digest = short ? nil : record.digest?.short
    reason = record.reason.map { Self.named($0, names) }
    let moment = Moment(record.time)
    when = When(
      text: moment.text, machine: moment.machine,
      principal: Self.name(of: record.principal, names))
  }

  /// Records name people by ids, so that they can be forgotten. Whoever reads them here wants names.
  private static func named(_ text: String, _ names: [String: String]) -> String {
    guard text.utf8.count >= 36 else { return text }
    return text.split(separator: " ", omittingEmptySubsequences: false)
      .map { names[String($0)] ?? String($0) }.joined(separator: " ")
  }

  static func name(of principal: String, _ names: [String: String]) -> String {
    names[principal] ?? local(principal)
  }

  /// Whoever has the store on the machine has no name in it.
  private static func local(_ principal: String) -> String {
    guard principal.hasPrefix("local:") else { return principal }
    return "user \(principal.dropFirst(6)) of this machine"
  }
}
