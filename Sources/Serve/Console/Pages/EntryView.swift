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
    reason = record.reason
    let moment = Moment(record.time)
    when = When(
      text: moment.text, machine: moment.machine,
      principal: Self.name(of: record.principal, names))
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
