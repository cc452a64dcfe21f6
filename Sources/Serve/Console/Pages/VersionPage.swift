// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence
import MartletGate
import MartletLifecycle
import MartletLog

/// Everything about one version, or about an artifact that was refused.
struct VersionPage: Page {
  /// What is known of it beside its evidence.
  struct Surroundings: Sendable {
    /// What the gate would say now.
    let asked: Decision?
    let approvals: [ApprovalView]
    let lineage: LineageView?
    let actions: ActionsView?
    /// `nil` for who may not audit.
    let trail: TrailView?
    /// `nil` for what does not answer.
    let command: String?
    let mayAudit: Bool
  }

  struct EvidenceView: Sendable {
    let name: String
    let at: Moment
    let id: String
    /// Where it can be had whole.
    let file: String?
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
  let modelPath: String
  let place: String
  let state: String
  let tone: String
  let summary: String
  let disbelieved: String?
  let digest: String
  let life: [LifeView]
  let sections: [Chrome.Link]
  let actions: ActionsView?
  let decision: DecisionView?
  let asked: DecisionView?
  let approvals: [ApprovalView]
  let hasApprovals: Bool
  let scan: ScanView?
  let signature: SignatureView?
  let seal: SealView?
  let lineage: LineageView?
  let materials: MaterialsView?
  let assessments: [AssessmentView]
  let hasAssessments: Bool
  let command: String?
  let evidence: [EvidenceView]
  let older: String?
  let trail: TrailView?

  init(chrome: Chrome, _ dossier: Dossier, _ around: Surroundings) {
    self.chrome = chrome
    model = dossier.model
    modelPath = "/models/\(dossier.model)"
    place = dossier.place
    (state, tone) = StateView.words(dossier)
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
    actions = around.actions
    decision = dossier.decision.map { DecisionView($0.fact) }
    // Where the answer of now is that of the record, one is enough.
    asked =
      dossier.answers || around.asked?.reasons == dossier.decision?.fact.decision.reasons
      ? nil : around.asked.map { DecisionView(asked: $0) }
    approvals = around.approvals
    hasApprovals = !approvals.isEmpty
    scan = dossier.scan.map { ScanView($0.fact) }
    signature = dossier.signature.map { SignatureView($0.fact) }
    seal = dossier.seal.map { SealView($0.fact) }
    lineage = around.lineage
    materials = dossier.billOfMaterials.map { MaterialsView($0.predicate) }
    assessments = AssessmentView.all(dossier)
    hasAssessments = !assessments.isEmpty
    sections = Self.sections(dossier, assessments, around)
    command = around.command
    evidence = dossier.evidence.suffix(Self.mostEvidence).reversed().map { piece in
      EvidenceView(
        name: Self.title(of: piece.name), at: Moment(piece.at), id: piece.id.hex,
        file: around.mayAudit ? dossier.version.map { "\($0.path)/evidence/\(piece.id.hex)" } : nil)
    }
    let hidden = dossier.evidence.count - evidence.count
    older = hidden > 0 ? "and \(hidden) older" : nil
    trail = around.trail
  }

  private static let mostEvidence = 50

  /// Of statements that others have a type for, the type without its scheme.
  private static func title(of kind: String) -> String {
    if kind.hasSuffix("cyclonedx.org/bom") { return "materials" }
    return kind.firstRange(of: "://").map { String(kind[$0.upperBound...]) } ?? kind
  }

  /// The ways to the parts of the page.
  private static func sections(
    _ dossier: Dossier, _ assessments: [AssessmentView], _ around: Surroundings
  ) -> [Chrome.Link] {
    var ways: [(String, String)] = []
    if dossier.decision != nil { ways.append(("decision", "Decision")) }
    if around.command != nil { ways.append(("ask", "Ask it")) }
    if dossier.scan?.fact.findings.isEmpty == false { ways.append(("findings", "Findings")) }
    ways.append(("scan", "Admission"))
    ways += assessments.map { ($0.id, $0.title) }
    if dossier.billOfMaterials != nil { ways.append(("materials", "Materials")) }
    ways.append(("evidence", "Evidence"))
    if around.trail != nil { ways.append(("record", "Log")) }
    return ways.map { Chrome.Link(path: "#" + $0.0, title: $0.1, isHere: false) }
  }
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
