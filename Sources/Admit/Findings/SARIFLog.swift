// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence
package import MartletScan

/// The report in SARIF 2.1.0 (OASIS), for code-scanning views.
package struct SARIFLog: Encodable {
  private let schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
  private let version = "2.1.0"
  private let runs: [Run]

  private enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case version, runs
  }

  /// - Parameter toolVersion: of Martlet.
  package init(_ report: ScanReport, toolVersion: String) {
    let used = Set(report.artifacts.flatMap(\.findings).map(\.rule))
    let cards = Catalog.cards.filter { used.contains($0.code) }
    let indices = Dictionary(uniqueKeysWithValues: cards.enumerated().map { ($1.code, $0) })
    var results: [Result] = []
    for (index, artifact) in report.artifacts.enumerated() {
      for finding in artifact.findings {
        results.append(Result(finding, in: artifact, at: index, rule: indices[finding.rule]))
      }
    }
    let driver = Driver(version: toolVersion, rules: cards.map(Rule.init))
    runs = [
      Run(
        tool: Tool(driver: driver), artifacts: report.artifacts.map(Artifact.init), results: results,
        invocations: [Invocation(incomplete: report.artifacts.contains { $0.verdict == .incomplete })])
    ]
  }
}

extension SARIFLog {
  private struct Text: Encodable { let text: String }
  private struct Help: Encodable { let text: String, markdown: String }
  private struct Tool: Encodable { let driver: Driver }
  private struct Level: Encodable { let level: String }

  private struct Invocation: Encodable {
    let executionSuccessful = true
    let properties: [String: Bool]
    init(incomplete: Bool) { properties = ["readWhole": !incomplete] }
  }

  private struct Run: Encodable {
    let tool: Tool
    let artifacts: [Artifact]
    let results: [Result]
    let invocations: [Invocation]
    let columnKind = "utf16CodeUnits"
  }

  private struct Driver: Encodable {
    let name = "Martlet"
    let informationUri = "https://github.com/martlet/martlet"
    let version: String
    let rules: [Rule]
  }

  private struct Rule: Encodable {
    struct Properties: Encodable {
      let tags: [String]
      let securitySeverity: String
      let verdict: String
      private enum CodingKeys: String, CodingKey {
        case tags, verdict
        case securitySeverity = "security-severity"
      }
    }

    let id: String
    let name: String
    let shortDescription: Text
    let fullDescription: Text
    let help: Help
    let defaultConfiguration: Level
    let properties: Properties

    init(_ card: RuleCard) {
      id = card.code
      name = card.code.replacing("-", with: "")
      shortDescription = Text(text: card.name)
      fullDescription = Text(text: card.finds)
      let references =
        card.references.isEmpty ? "" : "\n\nSee " + card.references.joined(separator: ", ") + "."
      help = Help(
        text: card.why + " " + card.remedy + references,
        markdown: "**Why it matters.** \(card.why)\n\n**What to do.** \(card.remedy)\(references)")
      defaultConfiguration = Level(level: Self.level(card.severity))
      properties = Properties(
        tags: ["security"] + card.cwe.map { "external/cwe/cwe-\($0)" } + card.atlas,
        securitySeverity: Self.score(card.severity), verdict: card.verdict.rawValue)
    }

    static func level(_ severity: Severity) -> String {
      switch severity {
      case .critical, .high: "error"
      case .medium: "warning"
      case .low, .info: "note"
      }
    }

    /// The scale of CVSS, which code-scanning views sort by.
    private static func score(_ severity: Severity) -> String {
      switch severity {
      case .critical: "9.5"
      case .high: "8.0"
      case .medium: "5.5"
      case .low: "3.0"
      case .info: "0.0"
      }
    }
  }

  private struct Artifact: Encodable {
    struct Place: Encodable { let uri: String }
    let location: Place
    let hashes: [String: String]?
    let properties: [String: String]

    init(_ artifact: ScanReport.Artifact) {
      location = Place(uri: SARIFLog.uri(artifact.path))
      hashes = artifact.sha256.map { ["sha-256": $0] }
      properties = ["format": artifact.format, "verdict": artifact.verdict.rawValue]
    }
  }

  private struct Result: Encodable {
    struct Location: Encodable {
      let physicalLocation: Physical
      let logicalLocations: [Logical]?
    }
    struct Physical: Encodable {
      struct Place: Encodable { let uri: String, index: Int }
      struct Region: Encodable { let startLine: Int?, byteOffset: Int?, byteLength: Int? }
      let artifactLocation: Place
      let region: Region
    }
    struct Logical: Encodable { let fullyQualifiedName: String, kind = "member" }
    struct Suppression: Encodable { let kind = "external", justification: String }

    let ruleId: String
    let ruleIndex: Int?
    let level: String
    let message: Text
    let locations: [Location]
    let partialFingerprints: [String: String]
    let properties: [String: String]
    let suppressions: [Suppression]?

    init(_ finding: Finding, in artifact: ScanReport.Artifact, at index: Int, rule: Int?) {
      ruleId = finding.rule
      ruleIndex = rule
      level = Rule.level(finding.severity)
      var text = finding.message
      if let construct = finding.construct { text += "\nConstruct: \(construct)" }
      if let allow = finding.allow { text += "\nTo accept it: --allow '\(allow)'" }
      message = Text(text: text)
      // The offset counts within the innermost member; only where there is none it is a place in the file.
      let region =
        if finding.member == nil, let offset = finding.offset {
          Physical.Region(startLine: nil, byteOffset: offset, byteLength: 1)
        } else {
          Physical.Region(startLine: 1, byteOffset: nil, byteLength: nil)
        }
      locations = [
        Location(
          physicalLocation: Physical(
            artifactLocation: .init(uri: SARIFLog.uri(artifact.path), index: index), region: region),
          logicalLocations: finding.member.map { [Logical(fullyQualifiedName: $0)] })
      ]
      let mark = [finding.rule, finding.member ?? "", finding.construct ?? finding.message]
      partialFingerprints = ["martlet/v1": "\(Digest.of(Array(mark.joined(separator: "\0").utf8)))"]
      var properties = ["verdict": artifact.verdict.rawValue]
      properties["construct"] = finding.construct
      properties["member"] = finding.member
      properties["offset"] = finding.offset.map { "\($0)" }
      self.properties = properties
      suppressions = artifact.accepted.map { [Suppression(justification: $0)] }
    }
  }

  /// A path as a relative or absolute URI reference (RFC 3986).
  private static func uri(_ path: String) -> String {
    let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
    if path.contains("://") { return path }
    let digits = Array("0123456789ABCDEF".utf8)
    var written: [UInt8] = path.hasPrefix("/") ? Array("file://".utf8) : []
    for byte in path.utf8 {
      if plain.contains(byte) {
        written.append(byte)
      } else {
        written += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: written, as: UTF8.self)
  }
}
