// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// How bad one finding is by itself.
package enum Severity: String, Codable, Sendable, CaseIterable, Comparable {
  case info, low, medium, high, critical

  package static func < (left: Severity, right: Severity) -> Bool {
    allCases.firstIndex(of: left)! < allCases.firstIndex(of: right)!
  }
}

/// One thing a rule saw. The JSON keys are part of the report format and stay as they are.
package struct Finding: Codable, Sendable, Equatable {
  /// The code of the rule, such as `MRT-PKL-001`. `martlet explain` knows every one.
  package var rule: String
  package var severity: Severity
  /// What was expected, what was found, what to do.
  package var message: String
  /// The resolved construct, such as `os.system('id')`.
  package var construct: String?
  /// Where in a nested artifact: member names from the outside in, joined by `!`.
  package var member: String?
  /// The byte offset within the innermost member.
  package var offset: Int?
  /// What `--allow` takes to accept the construct, where a user may.
  package var allow: String?

  package init(
    rule: String, severity: Severity, message: String, construct: String? = nil, member: String? = nil,
    offset: Int? = nil,
    allow: String? = nil
  ) {
    self.rule = rule
    self.severity = severity
    self.message = message
    self.construct = construct
    self.member = member
    self.offset = offset
    self.allow = allow
  }
}
