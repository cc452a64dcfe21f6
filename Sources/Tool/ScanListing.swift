// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence
import MartletScan

/// A report for people: what is worst comes first.
struct ScanListing {
  private let report: ScanReport
  private let verbose: Bool
  /// Findings of one artifact that are shown unless all are asked for.
  private static let shown = 8
  private static let shownSafe = 12

  init(_ report: ScanReport, verbose: Bool) {
    self.report = report
    self.verbose = verbose
  }

  func show(_ took: Duration) {
    let safe = report.artifacts.filter { $0.verdict == .safe }
    let rest = report.artifacts.filter { $0.verdict != .safe }
    for verdict in Verdict.allCases.reversed() {
      for artifact in rest where artifact.verdict == verdict { show(artifact) }
    }
    if verbose || safe.count <= Self.shownSafe { for artifact in safe { show(artifact) } }
    var counts: [String] = []
    for verdict in Verdict.allCases.reversed() {
      let count = report.artifacts.count { $0.verdict == verdict }
      if count > 0 { counts.append(Terminal.paint("\(count) \(verdict.rawValue)", Self.colour(verdict))) }
    }
    let accepted = report.artifacts.count { $0.accepted != nil }
    if accepted > 0 { counts.append("\(accepted) of them accepted") }
    let seconds = Double(took.components.seconds) + Double(took.components.attoseconds) / 1e18
    if report.artifacts.isEmpty { Terminal.say("no files: nothing was scanned, so nothing is known") }
    Terminal.say(
      "\(counts.joined(separator: ", ")) · \(seconds.formatted(.number.precision(.significantDigits(2)))) s")
    if let first = rest.flatMap(\.findings).max(by: { $0.severity < $1.severity }) {
      Terminal.say(
        Terminal.paint("`martlet explain \(first.rule)` says why that matters and what to do.", .dim))
    }
  }

  private func show(_ artifact: ScanReport.Artifact) {
    var facts = [artifact.format]
    if let digest = artifact.sha256 { facts.append("sha256 \(verbose ? digest : String(digest.prefix(12)))") }
    if let fetched = artifact.fetched, let size = artifact.size {
      facts.append("fetched \(Self.bytes(fetched)) of \(Self.bytes(size))")
    }
    if let accepted = artifact.accepted { facts.append("accepted: \(accepted)") }
    let verdict = artifact.verdict.rawValue.padding(toLength: 10, withPad: " ", startingAt: 0)
    Terminal.say(
      "\(Terminal.paint(verdict, Self.colour(artifact.verdict)))  \(Terminal.paint(artifact.path, .bold))  "
        + Terminal.paint(facts.joined(separator: " · "), .dim))
    let findings = artifact.findings.sorted { $0.severity > $1.severity }
    for finding in verbose ? findings[...] : findings.prefix(Self.shown) { show(finding) }
    if !verbose, findings.count > Self.shown {
      Terminal.say("            and \(findings.count - Self.shown) more findings: --verbose shows them")
    }
    if verbose, let constructs = artifact.constructs {
      for construct in constructs {
        Terminal.say("\(construct.construct): \(construct.covered)", after: "    covered ", width: 12)
      }
    }
  }

  private func show(_ finding: Finding) {
    let severity = finding.severity.rawValue.padding(toLength: 8, withPad: " ", startingAt: 0)
    Terminal.say(
      finding.construct.map { "\(finding.rule)  \($0)" } ?? finding.rule,
      after: "  \(Terminal.paint(severity, Self.colour(finding.severity)))  ",
      width: 12)
    Terminal.say(finding.message, after: "            ", width: 12)
    var place: [String] = []
    if let member = finding.member { place.append("in \(member)") }
    if let offset = finding.offset { place.append("at byte \(offset)") }
    if !place.isEmpty { Terminal.say(place.joined(separator: " "), after: "            ", width: 12) }
    if let allow = finding.allow {
      Terminal.say("to accept it: --allow '\(allow)'", after: "            ", width: 12)
    }
  }

  private static func bytes(_ count: Int) -> String { count.formatted(.byteCount(style: .file)) }

  private static func colour(_ verdict: Verdict) -> Terminal.Colour {
    switch verdict {
    case .safe: .green
    case .unknown, .incomplete: .yellow
    case .unsafe: .red
    }
  }

  private static func colour(_ severity: Severity) -> Terminal.Colour {
    switch severity {
    case .critical, .high: .red
    case .medium: .yellow
    case .low, .info: .dim
    }
  }
}
