// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletEvidence
import MartletGate
import MartletMaterials
import MartletRegistry
import MartletRobustness
import MartletScan
import MartletVerify

/// A model that was read whole, scanned and found harmless, and whose signature, if it has one, is not wrong.
/// Only ``ProtectRun/admit()`` makes one.
struct AdmittedModel: Sendable {
  let format: String
  let evidence: [StoredEvidence]
  /// What it is going to be measured with; nil when there is nothing to measure.
  let assessment: Assessment?

  fileprivate init(format: String, evidence: [StoredEvidence], assessment: Assessment?) {
    self.format = format
    self.evidence = evidence
    self.assessment = assessment
  }
}

/// What admission came to.
struct Admission {
  let verdict: Verdict
  let stage: ProtectReport.Stage
  /// The decision about a model that goes no further, and never comes to the gate; `nil` when it does.
  let refusal: Decision?
  private var model: AdmittedModel?

  fileprivate init(verdict: Verdict, stage: ProtectReport.Stage, refusal: Decision?, model: AdmittedModel?) {
    self.verdict = verdict
    self.stage = stage
    self.refusal = refusal
    self.model = model
  }

  mutating func takeModel() -> AdmittedModel? {
    defer { model = nil }
    return model
  }
}

extension ProtectRun {
  /// Identifies, scans and verifies. What is not proved harmless stops here. Data that do not fit a harmless model are
  /// refused here, too, because nothing has been written yet.
  func admit() throws -> Admission {
    let (bill, scan) = BillOfMaterials.scan(artifact, named: model, by: MartletVersion.text)
    let now = Date()
    let signature = try checkSignature(at: now)
    let scanFact = ScanFact(
      at: now, verdict: scan.verdict, format: scan.format, rules: ScannerVersion.rules,
      findings: scan.findings, constructs: scan.constructs,
      resources: artifact.manifest.resources)
    var evidence = [
      store.evidence(scanFact, about: digest, named: model),
      store.evidence(signature, about: digest, named: model),
    ]
    let materials = try store.evidence(bill, about: digest, named: model, at: now)
    if let materials { evidence.append(materials) }
    let refusal = try refusal(scan, signature, evidence, at: now)
    let reason = refusal?.refusal
    let assessment = refusal == nil ? try prepareAssessment() : nil
    let outcome: ProtectReport.Stage.Outcome = refusal == nil ? .passed : .refused
    let isHarmful = scan.verdict != .safe
    if let refusal, isHarmful {
      evidence.append(store.evidence(DecisionFact(at: now, decision: refusal), about: digest, named: model))
    }
    try leave(.admit, outcome: outcome, evidence, reason: reason, at: now) {
      if isHarmful {
        // Bytes that were released before and are found harmful now lose their release: the rules have learned since.
        try store.registry.quarantine(digest: digest, evidence: evidence)
      } else if refusal != nil {
        try store.registry.keep(evidence)
      }
    }
    let stage = ProtectReport.Stage(
      stage: .admit, outcome: outcome,
      summary: summary(scan, signature, hasBill: materials != nil), findings: scan.findings,
      evidence: evidence.map(\.id))
    let admitted =
      refusal == nil ? AdmittedModel(format: scan.format, evidence: evidence, assessment: assessment) : nil
    return Admission(verdict: scan.verdict, stage: stage, refusal: refusal, model: admitted)
  }

  /// The decision about a model that goes no further: it is not harmless, its signature does not fit, or the policy's own
  /// rules for admission say no.
  private func refusal(
    _ scan: ScanReport, _ signature: SignatureFact, _ evidence: [StoredEvidence], at now: Date
  ) throws -> Decision? {
    if let reason = Self.refusal(scan, signature) {
      return Decision(admissionRefused: reason, policy: policy, evidence: evidence.map(\.id))
    }
    guard !policy.admit.isEmpty else { return nil }
    let known = try store.registry.evidence(about: digest) + evidence
    let decision = Gate(trusting: [store.evidenceVerifier]).decide(
      policy, about: digest, evidence: known.map(\.envelope), at: now, try circumstances(.admit))
    return decision.released ? nil : decision
  }

  private static func refusal(_ scan: ScanReport, _ signature: SignatureFact) -> String? {
    if scan.verdict != .safe {
      return "the scan verdict is \(scan.verdict.rawValue)"
        + (scan.findings.first.map { ": \($0.message)" } ?? "")
    }
    if signature.outcome == .invalid { return signature.reason ?? "the signature is not valid" }
    return nil
  }

  private func checkSignature(at now: Date) throws -> SignatureFact {
    func fact(
      _ outcome: SignatureFact.Outcome, subject: String? = nil, key: String? = nil, _ reason: String?
    ) -> SignatureFact {
      SignatureFact(at: now, outcome: outcome, subject: subject, key: key, reason: reason)
    }
    guard let bytes = try signature ?? signatureFile() else {
      guard order.signatureTrust == nil else {
        throw StoreError.artifact(
          "a key for the signature was given, but no signature lies beside the model: name it with --signature"
        )
      }
      return fact(.absent, nil)
    }
    guard let trust = order.signatureTrust else {
      return fact(
        .unchecked,
        "there is a signature, but no key to check it with: name the signer's public key with --key, or a root with --trust-root"
      )
    }
    do throws(SignatureError) {
      let verified = try UnverifiedBundle(bytes).verify(artifact, trusting: trust)
      switch verified.signer {
      case .key(let hint): return fact(.verified, subject: verified.subject, key: hint, nil)
      case .certificate(let subject, let names, let root):
        var signed = fact(.verified, subject: verified.subject, nil)
        signed.signer = names.isEmpty ? subject : names.joined(separator: ",")
        signed.root = root
        return signed
      }
    } catch {
      return fact(.invalid, "\(error)")
    }
  }

  private func signatureFile() throws -> Bytes? {
    guard let file = order.signature ?? SignatureFile.beside(artifact.path) else { return nil }
    do throws(BytesError) { return try Bytes(contentsOf: file) } catch {
      throw StoreError.artifact("\(error)")
    }
  }

  private func summary(_ scan: ScanReport, _ signature: SignatureFact, hasBill: Bool) -> [String] {
    var lines = [
      "\(scan.format), \(Wording.bytes(artifact.size)) in \(Wording.count(artifact.files.count, "file"))",
      "verdict \(scan.verdict.rawValue)" + (scan.findings.isEmpty ? ", no findings" : ""),
    ]
    let signed =
      switch signature.outcome {
      case .verified:
        "signature verified: \(signature.subject ?? model), "
          + (signature.signer.map { "signer \($0)" }
            ?? "key \(signature.key?.prefix(12) ?? "")")
      case .absent: "no signature"
      case .unchecked, .invalid: signature.reason ?? ""
      }
    lines.append(signed)
    if !hasBill {
      lines.append("the bill of materials is too long for evidence: `martlet bom` writes it to a file")
    }
    return lines
  }
}

/// The signature file that comes with a model.
package enum SignatureFile {
  /// What OMS tools call it, inside a directory.
  package static let namesInside: Set<String> = ["model.sig", "model.oms.sig"]

  /// The signature that lies with the model at `path`, if there is one.
  static func beside(_ path: String) -> String? {
    let inside = namesInside.sorted().map { path + "/" + $0 }
    return (inside + [path + ".sig"]).first { FileManager.default.fileExists(atPath: $0) }
  }
}

extension Store {
  /// Signs a bill of materials; nil for one that is too long to be evidence.
  fileprivate func evidence(
    _ bill: BillOfMaterials, about digest: Digest, named model: String, at now: Date
  ) throws -> StoredEvidence? {
    let document = try bill.encoded()
    guard document.count <= Limits.attestation else { return nil }
    let attestation = try Attestation(
      about: digest, named: model, type: BillOfMaterials.predicateType, predicate: document)
    return StoredEvidence(
      subject: digest, name: attestation.type, envelope: signer.sign(payload: attestation.payload),
      createdAt: now)
  }
}

extension Decision {
  /// The decision about a model that never came to the gate.
  fileprivate init(admissionRefused reason: String, policy: Policy, evidence: [Digest]) {
    self.init(
      released: false, reasons: [Reason(rule: "admission", satisfied: false, text: reason)], policy: policy,
      evidence: evidence)
  }
}
