// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension Policy {
  /// The policies that come with Martlet, by name: `default`, and those to choose or to begin one's own with.
  package static let readyMade: [Policy] = [defaultText, minimalText, internalText, regulatedText].map {
    // The texts are constants that tests read.
    try! Policy(yaml: $0)
  }

  package static func readyMade(_ name: String) -> Policy? { readyMade.first { $0.name == name } }

  /// Nothing that needs data: harmless, untouched, encrypted.
  private static let minimalText = """
    name: minimal
    release:
      - id: harmless
        require: scan.verdict == safe
        because: a file that is not proved harmless can run code where it is loaded
      - id: untouched
        require: signature.outcome != invalid
        because: a signature that does not fit means that somebody changed the model
      - id: sealed
        require: seal.sealed == true
        because: a thief with the disk must not be able to read the weights

    """

  /// For models that an organisation uses itself: signed, measured, and looked at again.
  private static let internalText = """
    name: internal
    admit:
      - id: signed
        require: signature.outcome == verified
        because: we take models only from those whose key or certificate we know
    release:
      - id: harmless
        require: scan.verdict == safe
        because: a file that is not proved harmless can run code where it is loaded
      - id: sealed
        require: seal.sealed == true
        because: a thief with the disk must not be able to read the weights
      - id: materials
        evidence: https://cyclonedx.org/bom
        because: whoever answers for a model must know what it is made of
        onFailure: warn
      - id: accurate
        require: robustness.clean.low >= 0.8
        maximumAge: 365d
        because: a model that is often wrong on ordinary data should not decide
      - id: robust
        require: robustness.linf[0.1].accuracy >= 0.2
        maximumAge: 365d
        because: a model that a small change can always fool should not decide
      - id: proven
        require: robustness.trust != unreliable
        because: an attack that did not work properly proves nothing
      - id: rescanned
        require: scan.rules == current
        because: rules that came later may see what the old ones did not
    onViolation:
      action: quarantine
      grace: 14d

    """

  /// For decisions about people, their health and their money. The references are pointers to what a rule helps to show,
  /// not advice in law.
  private static let regulatedText = """
    name: regulated
    admit:
      - id: signed
        require: signature.outcome == verified
        because: what is not signed by somebody we know may have been exchanged on its way
        references: [eu-ai-act:15(5), nist-ai-rmf:MEASURE 2.7, hipaa:164.312(c)(1), iso-42001:A.6.2, atlas:AML.T0010]
    release:
      - id: harmless
        require: scan.verdict == safe
        maximumAge: 90d
        because: a file that is not proved harmless can run code where it is loaded
        references: [eu-ai-act:15(5), nist-ai-rmf:MEASURE 2.7, atlas:AML.T0011.000]
      - id: sealed
        require: seal.sealed == true
        because: a thief with the disk must not be able to read the weights
        references: [eu-ai-act:15(5), hipaa:164.312(a)(2)(iv), pci-dss:3, atlas:AML.T0025]
      - id: materials
        evidence: https://cyclonedx.org/bom
        because: what a model is made of must be on record
        references: [eu-ai-act:12, iso-42001:A.6.2, atlas:AML.M0023]
      - id: accurate
        require: robustness.clean.low >= 0.9
        maximumAge: 180d
        because: the accuracy that is declared must be one that was measured, and not by luck
        references: [eu-ai-act:15(4), nist-ai-rmf:MEASURE 2.7]
      - id: robust
        require: robustness.linf[0.1].accuracy >= 0.4
        maximumAge: 180d
        because: a model must withstand attempts to change its answers
        references: [eu-ai-act:15(5), nist-ai-rmf:MEASURE 2.7, nist-aml:.022, atlas:AML.T0043]
      - id: proven
        require: robustness.trust == reliable
        maximumAge: 180d
        because: an attack that did not work properly proves nothing
        references: [eu-ai-act:15(4), nist-ai-rmf:MEASURE 2.7]
      - id: private
        require: privacy.tpr_at_1pct_fpr <= 0.05
        maximumAge: 180d
        onFailure: warn
        because: answers must not tell who was in the training data
        references: [eu-ai-act:15(5), hipaa:164.312(a)(1), nist-aml:.033, atlas:AML.T0024.000]
      - id: rescanned
        require: scan.rules == current
        because: rules that came later may see what the old ones did not
        references: [eu-ai-act:15(5), nist-ai-rmf:MEASURE 2.7]
    approvals:
      count: 2
      role: approver
      notSubmitter: true
      maximumAge: 365d
    onViolation:
      action: quarantine
      grace: 7d

    """
}
