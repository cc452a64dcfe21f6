// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What a rule looks for and why: the text behind `martlet explain CODE` and the rule's page.
package struct RuleCard: Codable, Sendable, Equatable {
  package enum Status: String, Codable, Sendable { case stable, preview }

  /// `MRT-` + three letters for the family + a number. Never reused.
  package let code: String
  /// A few words, as a heading.
  package let name: String
  package let severity: Severity
  /// What one finding of this rule makes of the artifact.
  package let verdict: Verdict
  package let status: Status
  /// What it finds.
  package let finds: String
  /// Why that matters to whoever loads the file.
  package let why: String
  /// What to do about it.
  package let remedy: String
  /// Advisories, papers and specifications.
  package let references: [String]
  /// MITRE ATLAS technique ids.
  package let atlas: [String]
  /// CWE numbers.
  package let cwe: [Int]

  package init(
    code: String, name: String, severity: Severity, verdict: Verdict, status: Status = .stable,
    finds: String, why: String, remedy: String, references: [String] = [], atlas: [String] = [],
    cwe: [Int] = []
  ) {
    self.code = code
    self.name = name
    self.severity = severity
    self.verdict = verdict
    self.status = status
    self.finds = finds
    self.why = why
    self.remedy = remedy
    self.references = references
    self.atlas = atlas
    self.cwe = cwe
  }

  /// A finding of this rule.
  package func finding(_ message: String, construct: String? = nil, at offset: Int? = nil) -> Finding {
    Finding(rule: code, severity: severity, message: message, construct: construct, offset: offset)
  }
}
