// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// A pointer from a rule to what it answers: `eu-ai-act:15(4)`.
package struct FrameworkReference: Sendable, Equatable {
  package let framework: Framework
  /// Such as `15(4)` or `AML.T0010`.
  package let clause: String

  /// Reads `framework:clause`; `nil` for a framework that is not known, or no clause.
  package init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let framework = Framework(rawValue: String(parts[0])) else { return nil }
    let clause = parts[1].drop { $0 == " " }
    guard !clause.isEmpty, clause.utf8.count <= 100 else { return nil }
    self.framework = framework
    self.clause = String(clause)
  }

  /// As it is written in a policy.
  package var text: String { "\(framework.rawValue):\(clause)" }

  /// For people: `EU AI Act (Regulation 2024/1689) Art. 15(4)`.
  package var title: String { "\(framework.title) \(clause)" }
}

/// What policies can point to. `internal` is for an organisation's own documents.
package enum Framework: String, CaseIterable, Sendable {
  case atlas
  case euAIAct = "eu-ai-act"
  case hipaa
  case iso42001 = "iso-42001"
  case nistAIRMF = "nist-ai-rmf"
  case nistAML = "nist-aml"
  case owaspLLM = "owasp-llm"
  case owaspML = "owasp-ml"
  case pciDSS = "pci-dss"
  case ownDocument = "internal"

  /// What a clause stands behind.
  package var title: String {
    switch self {
    case .atlas: "MITRE ATLAS"
    case .euAIAct: "EU AI Act (Regulation 2024/1689) Art."
    case .hipaa: "HIPAA 45 CFR"
    case .iso42001: "ISO/IEC 42001"
    case .nistAIRMF: "NIST AI RMF"
    case .nistAML: "NIST AI 100-2 NISTAML"
    case .owaspLLM: "OWASP Top 10 for LLM applications"
    case .owaspML: "OWASP ML Security Top 10"
    case .pciDSS: "PCI DSS requirement"
    case .ownDocument: "our own"
    }
  }
}
