// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence
import MartletGate
import MartletRegistry

/// Where a digest stands at one stage of its life.
package struct Standing: Sendable, Equatable {
  package enum Stage: String, CaseIterable, Sendable { case admit, seal, assess, release, serve }

  package enum State: String, Sendable {
    case done
    /// Somebody or something said no.
    case refused
    /// The stage could not say anything about this one.
    case skipped
    /// It has not come so far.
    case waiting
  }

  package let stage: Stage
  package let state: State
  /// A few words.
  package let text: String
}

extension Dossier {
  /// The whole life, one standing a stage, in order.
  package var life: [Standing] { [admitted, sealed, assessed, released, served] }

  /// Whether the version answers questions: the registry and the newest decision both say that it is released, and the
  /// files of the version are those that were decided about.
  package var answers: Bool {
    guard let version, version.state == .released, version.format == "onnx" else { return false }
    return version.manifest.root == digest && decision?.fact.decision.released == true
  }

  /// Why it does not answer: the first reason, for people; `nil` when it does.
  package var obstacle: String? {
    guard !answers else { return nil }
    if let refusal { return refusal }
    if let version, ![.submitted, .admitted, .assessed, .released].contains(version.state) {
      let why = version.state == .quarantined ? decision?.fact.decision.refusal : nil
      return "it was \(version.state.rawValue)" + (why.map { ": \($0)" } ?? "")
    }
    guard let decision = decision?.fact.decision else { return "nothing has been decided about it yet" }
    if let reason = decision.reasons.first(where: \.refuses) { return reason.text }
    guard decision.released else { return "the policy \(decision.policy) says no" }
    guard version?.manifest.root == digest else {
      return "the registry lists other files than those the evidence is about"
    }
    if version?.state != .released { return "the evidence releases it, but the registry does not" }
    return "only ONNX models can answer, and this is \(version?.format ?? "none")"
  }

  /// Why admission says no; `nil` when it does not.
  package var refusal: String? {
    guard let scan = scan?.fact else { return "it has not been scanned" }
    if scan.verdict != .safe {
      return scan.findings.first?.message ?? "the scan verdict is \(scan.verdict.rawValue)"
    }
    guard signature?.fact.outcome != .invalid else {
      return signature?.fact.reason ?? "the signature is not valid"
    }
    return nil
  }

  private var admitted: Standing {
    guard let scan = scan?.fact else { return Standing(stage: .admit, state: .waiting, text: "not scanned") }
    if signature?.fact.outcome == .invalid, scan.verdict == .safe {
      return Standing(stage: .admit, state: .refused, text: "signature invalid")
    }
    return Standing(
      stage: .admit, state: scan.verdict == .safe ? .done : .refused, text: scan.verdict.rawValue)
  }

  private var sealed: Standing {
    guard let seal = seal?.fact, seal.sealed else {
      return Standing(stage: .seal, state: .waiting, text: "not sealed")
    }
    return Standing(stage: .seal, state: .done, text: "sealed")
  }

  private var assessed: Standing {
    guard let fact = robustness?.fact else {
      return Standing(stage: .assess, state: .waiting, text: "not assessed")
    }
    guard fact.linf?.isEmpty == false else {
      return Standing(
        stage: .assess, state: .skipped, text: fact.clean == nil ? "not measured" : "not attacked")
    }
    return Standing(stage: .assess, state: .done, text: fact.trust ?? "measured")
  }

  private var released: Standing {
    // What is refused at admission never comes to the gate, though its refusal is a decision, too.
    guard version != nil, let decision = decision?.fact.decision else {
      return Standing(stage: .release, state: .waiting, text: "not decided")
    }
    let no = decision.reasons.count(where: \.refuses)
    return decision.released
      ? Standing(stage: .release, state: .done, text: "released")
      : Standing(stage: .release, state: .refused, text: "\(no) of \(decision.reasons.count) rules say no")
  }

  private var served: Standing {
    if answers { return Standing(stage: .serve, state: .done, text: "answers") }
    switch version?.state {
    case .quarantined, .revoked, .retired:
      return Standing(stage: .serve, state: .refused, text: version!.state.rawValue)
    case .released where decision?.fact.decision.released == true:
      return Standing(stage: .serve, state: .skipped, text: "cannot be run")
    default:
      return Standing(stage: .serve, state: .waiting, text: "does not answer")
    }
  }
}
