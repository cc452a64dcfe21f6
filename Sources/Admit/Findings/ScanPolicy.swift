// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
package import MartletEvidence
package import MartletScan
import Yams

/// Why a policy for scans cannot be followed.
package struct ScanPolicyError: Error, CustomStringConvertible, Equatable {
  package let description: String
}

/// What a team accepts in its scans: allowed constructs, other severities, files that are left out until a day.
///
///     allow: [ultralytics, my_package.models.*]
///     severity:
///       MRT-SRC-001: low
///     ignore:
///       - path: tests/fixtures/**
///         until: 2027-03-31
///         because: files of the test suite that are meant to be bad
///
/// Unknown keys are refused. A severity changes what people look at first, never the verdict.
package struct ScanPolicy: Sendable, Equatable {
  package struct Ignored: Sendable, Equatable {
    /// `*` stands for anything but a slash, `**` for anything.
    let path: String
    /// The last day, as `yyyy-MM-dd` in UTC.
    let until: String
    let because: String?
  }

  package let allow: [String]
  package let severity: [String: Severity]
  package let ignore: [Ignored]

  package init(yaml: String) throws(ScanPolicyError) {
    guard yaml.utf8.count <= 256 << 10 else { throw Self.wrong("it is longer than 256 KiB") }
    let root: Node?
    do { root = try Yams.compose(yaml: yaml) } catch { throw Self.wrong("it is no YAML: \(error)") }
    guard let fields = root?.mapping else { throw Self.wrong("expected a mapping of keys to values") }
    try Self.check(fields, ["allow", "severity", "ignore"], "the policy")
    var allow: [String] = []
    if let node = fields["allow"] {
      guard let names = node.sequence?.map(\.string), !names.contains(nil) else {
        throw Self.wrong("`allow` must be a list of packs and patterns")
      }
      allow = names.compactMap(\.self)
    }
    var severities: [String: Severity] = [:]
    if let node = fields["severity"] {
      guard let pairs = node.mapping else { throw Self.wrong("`severity` must map rules to severities") }
      for (code, value) in pairs {
        guard let code = code.string, Catalog.card(for: code) != nil else {
          throw Self.wrong("`severity` names no rule with `\(code.string ?? "?")`; see `martlet rules`")
        }
        guard let severity = value.string.flatMap(Severity.init) else {
          throw Self.wrong("the severity of \(code) must be info, low, medium, high or critical")
        }
        severities[code] = severity
      }
    }
    var ignored: [Ignored] = []
    if let node = fields["ignore"] {
      guard let entries = node.sequence else { throw Self.wrong("`ignore` must be a list") }
      for (index, entry) in entries.enumerated() {
        let place = "entry \(index + 1) of `ignore`"
        guard let entry = entry.mapping else { throw Self.wrong("\(place) must have `path` and `until`") }
        try Self.check(entry, ["path", "until", "because"], place)
        guard let path = entry["path"]?.string, !path.isEmpty else {
          throw Self.wrong("\(place) has no `path`")
        }
        guard let until = entry["until"]?.string, until.wholeMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2}/) != nil
        else { throw Self.wrong("\(place) needs the day when it ends: `until: 2027-03-31`") }
        ignored.append(Ignored(path: path, until: until, because: entry["because"]?.string))
      }
    }
    self.allow = allow
    severity = severities
    ignore = ignored
  }

  /// The report with other severities, and with the ignored artifacts marked so.
  package func apply(to report: ScanReport, on day: Date) -> ScanReport {
    let today = day.formatted(.iso8601.year().month().day())
    return ScanReport(
      artifacts: report.artifacts.map { artifact in
        var artifact = artifact
        for index in artifact.findings.indices {
          if let severity = severity[artifact.findings[index].rule] {
            artifact.findings[index].severity = severity
          }
        }
        if artifact.verdict != .safe,
          let entry = ignore.first(where: { $0.until >= today && Glob.matches($0.path, artifact.path) })
        {
          artifact.accepted =
            "ignored until \(entry.until)" + (entry.because.map { ": \($0)" } ?? "")
        }
        return artifact
      })
  }

  /// Entries that have ended, for a reminder.
  package func expired(on day: Date) -> [String] {
    let today = day.formatted(.iso8601.year().month().day())
    return ignore.filter { $0.until < today }.map { "`\($0.path)` was ignored until \($0.until)" }
  }

  private static func check(
    _ fields: Node.Mapping, _ allowed: Set<String>, _ place: String
  ) throws(ScanPolicyError) {
    for (key, _) in fields where !allowed.contains(key.string ?? "") {
      throw wrong(
        "\(place) has an unknown key `\(key.string ?? "?")`; known are \(allowed.sorted().joined(separator: ", "))"
      )
    }
  }

  private static func wrong(_ reason: String) -> ScanPolicyError { ScanPolicyError(description: reason) }
}
