// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletEvidence

/// How many must agree to a release, and who.
package struct ApprovalRule: Codable, Hashable, Sendable {
  /// 0 where nobody needs to.
  package let needed: Int
  /// The ids of those whose agreement counts; whoever may approve the model, when it is `nil`.
  package let among: Set<String>?

  package init(needed: Int, among: Set<String>? = nil) {
    self.needed = max(0, needed)
    self.among = among
  }

  /// Why an agreement does not count.
  package enum Objection: String, Codable, Sendable {
    case otherModel, otherDigest, otherEvidence, submitter, notAmong, mayNotApprove, again
  }

  /// What the agreements come to.
  package struct Standing: Sendable {
    /// One each of different principals.
    package let counted: [Approval]
    package let void: [(approval: Approval, why: Objection)]
    /// How many more are needed.
    package let missing: Int

    package var isMet: Bool { missing == 0 }
  }

  /// Counts agreements to what is to be released now. One that was given to another digest or on other evidence is void: it
  /// dies with any change.
  ///
  /// - Parameters:
  ///   - approvals: any, the oldest first.
  ///   - evidence: the ``EvidenceSet`` of now.
  ///   - submitter: the id of whoever offered the version, whose own agreement never counts.
  ///   - mayApprove: whether somebody may approve the model now: an agreement goes with the right to give it.
  package func evaluate(
    _ approvals: [Approval], model: String, digest: Digest, evidence: Digest, submitter: String?,
    mayApprove: (_ principal: String) -> Bool
  ) -> Standing {
    var counted: [Approval] = []
    var void: [(approval: Approval, why: Objection)] = []
    for approval in approvals {
      let why: Objection? =
        if approval.model != model {
          .otherModel
        } else if approval.digest != digest {
          .otherDigest
        } else if approval.evidence != evidence {
          .otherEvidence
        } else if approval.principal == submitter {
          .submitter
        } else if among?.contains(approval.principal) == false {
          .notAmong
        } else if !mayApprove(approval.principal) {
          .mayNotApprove
        } else if counted.contains(where: { $0.principal == approval.principal }) {
          .again
        } else {
          nil
        }
      if let why { void.append((approval, why)) } else { counted.append(approval) }
    }
    return Standing(counted: counted, void: void, missing: max(0, needed - counted.count))
  }
}

extension ApprovalRule.Objection {
  package var reason: String {
    switch self {
    case .otherModel: "was given to another model"
    case .otherDigest: "was given to another version: the model has changed since"
    case .otherEvidence: "was given on other evidence: there is more, less or other evidence now"
    case .submitter: "is of whoever submitted the version, and nobody approves their own"
    case .notAmong: "is of somebody whom the rule does not ask"
    case .mayNotApprove: "is of somebody who may not approve this model any more"
    case .again: "is the second of one person"
    }
  }
}
