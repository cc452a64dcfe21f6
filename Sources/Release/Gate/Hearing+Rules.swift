// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence
import MartletFormats

extension Hearing {
  /// Seconds that clocks may differ. What is from later is from a clock that is wrong, and could stay fresh for ever.
  static let tolerance: TimeInterval = 300

  func judge(_ rule: Policy.Rule) -> Finding {
    var finding = examine(rule)
    finding.reason.id = rule.id
    guard !finding.reason.satisfied else { return finding }
    except(&finding, rule)
    guard !finding.reason.satisfied else { return finding }
    if rule.onFailure == .warn { finding.reason.warns = true }
    if let because = rule.because {
      let text = finding.reason.text + ". The rule is there because \(because)"
      finding.reason = finding.reason.with(text: text)
    }
    return finding
  }

  private func examine(_ rule: Policy.Rule) -> Finding {
    func finding(_ satisfied: Bool, _ text: String, lapsed: Bool = false, until: Date? = nil) -> Finding {
      var reason = Decision.Reason(rule: rule.text, satisfied: satisfied, text: text)
      if lapsed { reason.lapsed = true }
      return Finding(reason: reason, until: until)
    }
    let piece: BelievedEvidence
    var until: Date?
    switch pool.choose(for: rule, at: time) {
    case .missing(let note): return finding(false, missing(rule, note))
    case .found(let found, let revocation): (piece, until) = (found, revocation)
    }
    let remedy = Remedy.renewing(rule.kind)
    if piece.at.timeIntervalSince(time) > Self.tolerance {
      return finding(
        false,
        "the \(rule.kind) evidence is from \(PolicyTime.words(piece.at)), which is still to come: set the clock, and "
          + remedy)
    }
    if let maximumAge = rule.maximumAge {
      if time.timeIntervalSince(piece.at) > maximumAge {
        return finding(
          false,
          "the \(rule.kind) evidence is from \(PolicyTime.words(piece.at)), too old: at most "
            + "\(PolicyTime.words(seconds: maximumAge)) are allowed; \(remedy)", lapsed: true)
      }
      until = [until, piece.at.addingTimeInterval(maximumAge)].compactMap { $0 }.min()
    }
    guard case .value(let requirement) = rule.demand else {
      return finding(true, "there is evidence of the kind \(rule.kind)", until: until)
    }
    guard let found = requirement.value(in: piece.predicate) else {
      let note = piece.predicate["reason"]?.string.map { ": \($0)" } ?? ""
      return finding(false, "the evidence says nothing of \(requirement.place)\(note)")
    }
    let sight = "\(requirement.place) is \(found.words)"
    if requirement.asksForCurrent, let edition = circumstances.editions[requirement.place] {
      if found == .string(edition) { return finding(true, sight, until: until) }
      return finding(false, "\(sight), and the current \(edition) is required: \(remedy)", lapsed: true)
    }
    if requirement.holds(for: found) { return finding(true, sight, until: until) }
    return finding(false, "\(sight), and \(requirement.text) is required")
  }

  private func missing(_ rule: Policy.Rule, _ note: String?) -> String {
    var text = "there is no trusted evidence of the kind \(rule.kind) about this digest"
    if !rule.signers.isEmpty { text += " by \(rule.signers.joined(separator: " or "))" }
    if let note {
      text += ": \(note)"
    } else if pool.disbelieved > 0 {
      text += "; \(pool.disbelieved) of the statements about it are by nobody whom this policy trusts"
    }
    return "\(text). To have it, \(Remedy.renewing(rule.kind))"
  }

  /// Lets a rule pass that an exception speaks of, or says why the exception does not count.
  private func except(_ finding: inout Finding, _ rule: Policy.Rule) {
    let text = finding.reason.text
    var expired: String?
    // The one that lasts longest, so that one more exception never shortens another.
    let exemptions = policy.exceptions.sorted { $0.expires > $1.expires }
    for exemption in exemptions where Policy.does(exemption, speakOf: rule) && covers(exemption) {
      guard exemption.isExpired(at: time) else {
        let until = PolicyTime.words(exemption.expires)
        var reason = Decision.Reason(
          rule: rule.text, satisfied: true,
          text:
            "excepted until \(until) by \(exemption.owner), because \(exemption.reason); otherwise: \(text)")
        reason.id = rule.id
        reason.excepted = true
        finding = Finding(reason: reason, until: exemption.expires)
        return
      }
      expired =
        expired
        ?? "; the exception by \(exemption.owner) ended on \(PolicyTime.words(exemption.expires)) and counts no more"
    }
    guard let expired else { return }
    finding.reason = finding.reason.with(text: text + expired)
    finding.reason.lapsed = true
  }

  private func covers(_ exemption: Policy.Exemption) -> Bool {
    guard let model = circumstances.model, Pattern.fits(exemption.model, model) else { return false }
    return exemption.digest.map { $0 == digest.hex } ?? true
  }
}

extension Decision.Reason {
  /// The same in other words.
  func with(text: String) -> Decision.Reason {
    var reason = Decision.Reason(rule: rule, satisfied: satisfied, text: text)
    reason.id = id
    reason.warns = warns
    reason.lapsed = lapsed
    reason.excepted = excepted
    return reason
  }
}

/// What gets a kind of evidence anew.
enum Remedy {
  static func renewing(_ kind: String) -> String {
    switch kind {
    case "scan", "signature", "seal": "run `martlet protect` on the same files again"
    case "robustness": "run `martlet protect` with --data, or `martlet assess robustness`"
    case "corruptions": "run `martlet assess corruptions`"
    case "privacy": "run `martlet assess privacy`"
    case "integrity": "run `martlet assess integrity` with --model"
    case "data": "seal the data with `martlet data seal`, and run `martlet data verify` with --trained"
    case "backdoor": "run `martlet assess backdoor`"
    case "theft": "run `martlet assess theft`"
    default: "produce it anew, or let its signer attest it"
    }
  }
}

/// Names with `*` for any characters.
enum Pattern {
  static func fits(_ pattern: String, _ name: String) -> Bool {
    let pattern = Array(pattern.utf8)
    let name = Array(name.utf8)
    var (at, place) = (0, 0)
    // Where to go on when the last star has to take one more.
    var retry: (at: Int, place: Int)?
    while place < name.count {
      if at < pattern.count, pattern[at] == UInt8(ascii: "*") {
        retry = (at + 1, place)
        at += 1
      } else if at < pattern.count, pattern[at] == name[place] {
        at += 1
        place += 1
      } else if let last = retry {
        retry = (last.at, last.place + 1)
        (at, place) = (last.at, last.place + 1)
      } else {
        return false
      }
    }
    return pattern[at...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}

extension JSONValue {
  /// For people, on one line.
  var words: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .number(let value):
      value.formatted(.number.precision(.fractionLength(0...4)).locale(Locale(identifier: "en_US_POSIX")))
    case .string(let text): text
    case .array(let values): "a list of \(values.count)"
    case .object: "an object"
    }
  }
}
