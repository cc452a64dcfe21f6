// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccess
import MartletEvidence
import MartletGate
import MartletLifecycle
import MartletRegistry

/// What the visitor may do with a version.
struct ActionsView: Sendable {
  /// A change that is asked about first.
  struct Change: Sendable {
    let path: String
    let verb: String
  }

  let token: String
  let path: String
  let mayApprove: Bool
  let mayRelease: Bool
  /// What the button for a release says.
  let release: String
  /// Why the visitor cannot approve, where somebody else could.
  let hint: String?
  let changes: [Change]
  let hasChanges: Bool

  /// Nil where there is nothing that the visitor may do.
  init?(
    _ dossier: Dossier, _ visitor: Visitor, approvals: [Approval], _ asked: Decision?, _ forms: FormKey
  ) {
    guard let version = dossier.version else { return nil }
    let model = Resource.model(version.model)
    let asker = visitor.asker
    let canBeReleased = version.state.objection(to: .released) == nil && version.state != .submitted
    let isOwn = version.submitter == asker.principal.id
    let isApproved = approvals.contains {
      $0.principal == asker.principal.id && $0.evidence == asked?.evidenceSet
    }
    let mightApprove = canBeReleased && !dossier.answers && asker.may(.approve, model).allowed
    mayApprove = mightApprove && !isOwn && !isApproved
    hint =
      !mightApprove
      ? nil
      : isOwn
        ? "You submitted this version: somebody else has to approve it."
        : isApproved ? "You have approved it on the evidence that is there now." : nil
    let mayOperate = asker.may(.operate, model).allowed
    mayRelease = mayOperate && canBeReleased && !dossier.answers
    release = version.state == .quarantined || version.state == .retired ? "Ask the gate again" : "Release"
    changes =
      mayOperate
      ? [Lifecycle.StateChange.quarantine, .retire, .revoke].filter {
        version.state.objection(to: $0.state) == nil
      }.map { Change(path: "\(version.path)/\($0.rawValue)", verb: $0.rawValue.capitalized + "…") } : []
    hasChanges = !changes.isEmpty
    token = forms.token(for: visitor.session)
    path = version.path
    guard mayApprove || mayRelease || hint != nil || hasChanges else { return nil }
  }
}

/// Somebody's agreement.
struct ApprovalView: Sendable {
  let name: String
  let at: Moment
  /// Whether it counts for the evidence of now.
  let word: String
  let tone: String

  /// - Parameter isCurrent: nil where nobody will be asked any more.
  init(_ approval: Approval, isCurrent: Bool?, _ names: [String: String]) {
    name = EntryView.name(of: approval.principal, names)
    at = Moment(approval.at)
    word = isCurrent == false ? "for other evidence than is there now" : "for the evidence of now"
    tone = isCurrent == false ? Tone.doubtful.rawValue : Tone.good.rawValue
  }
}

/// Where a version comes from and what came of it.
struct LineageView: Sendable {
  struct Link: Sendable {
    let path: String
    let text: String

    init(_ version: ModelVersion) {
      path = version.path
      text = "\(version.model), version \(version.number)"
    }
  }

  let data: String?
  /// Where the store does not have it, or the visitor may not see it, the digest alone.
  let parent: String?
  let parents: [Link]
  let children: [Link]
  let hasChildren: Bool
  let twins: [Link]
  let hasTwins: Bool

  /// Nil where nobody has said anything.
  init?(_ lineage: Lineage?, parents: [ModelVersion], children: [ModelVersion], twins: [ModelVersion]) {
    guard lineage?.data != nil || lineage?.parent != nil || !children.isEmpty || !twins.isEmpty else {
      return nil
    }
    data = lineage?.data?.hex
    parent = lineage?.parent?.hex
    self.parents = parents.map(Link.init)
    self.children = children.map(Link.init)
    self.twins = twins.map(Link.init)
    hasChildren = !children.isEmpty
    hasTwins = !twins.isEmpty
  }
}
