// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

extension Hearing {
  /// Counts the approvals that are for this digest on this evidence, one a principal.
  func judge(_ rule: Policy.ApprovalRule) -> Finding {
    var ends: [String: Date] = [:]
    var others: [String: Int] = [:]
    var past: Set<String> = []
    for approval in circumstances.approvals where approval.digest == digest {
      if let reason = reasonAgainst(approval, rule) {
        others[reason, default: 0] += 1
        if reason == Self.tooOld { past.insert(approval.principal) }
        continue
      }
      let end = rule.maximumAge.map { approval.at.addingTimeInterval($0) } ?? .distantFuture
      ends[approval.principal] = max(end, ends[approval.principal] ?? .distantPast)
    }
    var reason = Decision.Reason(
      rule: "approvals", satisfied: ends.count >= rule.count, text: text(rule, ends.count, others))
    guard !reason.satisfied else {
      // The yes ends with the approval whose end leaves too few.
      let end = ends.values.sorted(by: >)[rule.count - 1]
      return Finding(reason: reason, until: end == .distantFuture ? nil : end)
    }
    // With those that have only become too old there would be enough.
    if past.union(ends.keys).count >= rule.count { reason.lapsed = true }
    return Finding(reason: reason)
  }

  private func reasonAgainst(_ approval: GivenApproval, _ rule: Policy.ApprovalRule) -> String? {
    if approval.evidenceSet != evidenceSet { return "was for other evidence than is there now" }
    if !rule.roles.isEmpty, approval.roles.isDisjoint(with: rule.roles) {
      return "is by somebody without the role \(rule.roles.joined(separator: " or "))"
    }
    if rule.notSubmitter {
      guard let submitter = circumstances.submitter else {
        return "cannot count while nobody knows who submitted it"
      }
      if approval.principal == submitter { return "is by the one who submitted it" }
    }
    if approval.at.timeIntervalSince(time) > Self.tolerance { return "is dated in the future" }
    if let maximumAge = rule.maximumAge, time.timeIntervalSince(approval.at) > maximumAge {
      return Self.tooOld
    }
    return nil
  }

  private static let tooOld = "is too old"

  private func text(_ rule: Policy.ApprovalRule, _ count: Int, _ others: [String: Int]) -> String {
    let role = rule.roles.isEmpty ? "" : " by \(rule.roles.joined(separator: " or "))"
    var text = "\(count) of \(rule.count) approval\(rule.count == 1 ? "" : "s")\(role)"
    guard count < rule.count else { return text }
    for (reason, count) in others.sorted(by: { $0.key < $1.key }) { text += "; \(count) \(reason)" }
    return text + ": ask \(rule.count - count) more to approve this digest on the evidence that is there now"
  }
}
