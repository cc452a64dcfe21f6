// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletEvidence
import MartletFindings
import MartletScan
import Testing

/// Files that are reported on.
enum Sample {
  /// A pickle that calls `os.system`.
  static let harmful = Bytes(utf8: "cos\nsystem\n(S'id <b>&'\ntR.")
  static let unvetted = Bytes(utf8: "cmy_package.models\nNet\n)R.")
  static let text = Bytes(utf8: "weights of a small model\n")

  static func report(
    _ files: [(String, Bytes)], allowing allowance: Allowance = .init()
  ) -> ScanReport {
    var options = ScanOptions()
    options.hashes = true
    options.constructs = true
    return ScanReport(
      artifacts: files.map { Scanner(allowing: allowance).scan($0.1, name: $0.0, options: options) })
  }
}

@Suite struct SARIFTests {
  private func log(_ report: ScanReport) throws -> [String: Any] {
    let data = try JSONEncoder().encode(SARIFLog(report, toolVersion: "1.2.3"))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test func aFindingIsAResultOfItsRuleInItsFile() throws {
    let log = try log(Sample.report([("models/a b%.pkl", Sample.harmful), ("README", Sample.text)]))
    #expect(log["version"] as? String == "2.1.0")
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let driver = try #require((run["tool"] as? [String: [String: Any]])?["driver"])
    let rules = try #require(driver["rules"] as? [[String: Any]])
    let result = try #require((run["results"] as? [[String: Any]])?.first)
    #expect(result["ruleId"] as? String == "MRT-PKL-001")
    #expect(result["level"] as? String == "error")
    let index = try #require(result["ruleIndex"] as? Int)
    #expect(rules[index]["id"] as? String == "MRT-PKL-001")
    let location = try #require((result["locations"] as? [[String: [String: Any]]])?.first)
    let place = location["physicalLocation"]?["artifactLocation"] as? [String: Any]
    #expect(place?["uri"] as? String == "models/a%20b%25.pkl")
    #expect((result["partialFingerprints"] as? [String: String])?["martlet/v1"]?.count == 64)
  }

  @Test func anAcceptedFileIsSuppressed() throws {
    let report = Sample.report([("a.pkl", Sample.harmful)])
    let log = try log(Baseline(accepting: report).apply(to: report))
    let result = try #require(
      ((log["runs"] as? [[String: Any]])?.first?["results"] as? [[String: Any]])?.first)
    #expect((result["suppressions"] as? [[String: String]])?.first?["justification"] == "in the baseline")
  }
}

@Suite struct RulePageTests {
  /// The guide's pages are made from the cards: `make rules` writes them.
  @Test func theGuideHasThePageOfEveryRule() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../docs/rules").standardizedFileURL
    let index = try String(contentsOf: folder.appendingPathComponent("README.md"), encoding: .utf8)
    #expect(index == RulePage.index(Catalog.cards))
    for card in Catalog.cards {
      let page = try String(contentsOf: folder.appendingPathComponent("\(card.code).md"), encoding: .utf8)
      #expect(page == RulePage.markdown(card), "\(card.code)")
    }
  }
}

@Suite struct HTMLTests {
  @Test func whatTheFileSaysIsTextAndNotMarkup() {
    let report = Sample.report([("<script>alert(1)</script>.pkl", Sample.harmful)])
    let page = HTMLPage.render(report, toolVersion: "1", date: "today")
    #expect(!page.contains("<script>"))
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;.pkl"))
    #expect(page.contains("id &lt;b&gt;&amp;"))
    #expect(page.contains("<span class=\"verdict unsafe\">"))
    #expect(page.contains("href=\"#MRT-PKL-001\""))
    #expect(page.contains("id=\"MRT-PKL-001\""))
  }
}

@Suite struct BaselineTests {
  @Test func theSameBytesAreAcceptedAndOthersAreNot() {
    let before = Sample.report([("a.pkl", Sample.harmful), ("b", Sample.text)])
    let baseline = Baseline(accepting: before)
    #expect(baseline.accepted.count == 1)
    #expect(baseline.apply(to: before).verdict == .safe)
    // Moved, it is still the same.
    #expect(baseline.apply(to: Sample.report([("moved.pkl", Sample.harmful)])).verdict == .safe)
    let changed = Bytes(utf8: "cos\nsystem\n(S'rm'\ntR.")
    #expect(baseline.apply(to: Sample.report([("a.pkl", changed)])).verdict == .unsafe)
  }

  @Test func itSurvivesBeingWritten() throws {
    let baseline = Baseline(accepting: Sample.report([("a.pkl", Sample.harmful)]))
    #expect(try JSONDecoder().decode(Baseline.self, from: JSONEncoder().encode(baseline)) == baseline)
  }
}

@Suite struct ScanPolicyTests {
  private let day = Date(timeIntervalSince1970: 1_800_000_000)  // 2027-01-15

  @Test func anIgnoredPathIsAcceptedUntilItsDay() throws {
    let policy = try ScanPolicy(
      yaml: """
        ignore:
          - path: fixtures/**
            until: 2027-01-15
            because: meant to be bad
          - path: "*.old"
            until: 2027-01-14
        """)
    let report = Sample.report([("tests/fixtures/deep/a.pkl", Sample.harmful)])
    let applied = policy.apply(to: report, on: day)
    #expect(applied.verdict == .safe)
    #expect(applied.artifacts[0].verdict == .unsafe)
    #expect(applied.artifacts[0].accepted == "ignored until 2027-01-15: meant to be bad")
    #expect(policy.apply(to: Sample.report([("a.old", Sample.harmful)]), on: day).verdict == .unsafe)
    #expect(policy.expired(on: day) == ["`*.old` was ignored until 2027-01-14"])
  }

  @Test func aSeverityChangesAndTheVerdictStays() throws {
    let policy = try ScanPolicy(yaml: "severity: {MRT-PKL-001: low}")
    let applied = policy.apply(to: Sample.report([("a", Sample.harmful)]), on: day)
    #expect(applied.verdict == .unsafe)
    #expect(applied.artifacts[0].findings.first { $0.rule == "MRT-PKL-001" }?.severity == .low)
  }

  @Test(arguments: [
    ("- a", "expected a mapping"), ("alow: []", "unknown key `alow`"), ("allow: sklearn", "must be a list"),
    ("severity: {MRT-XXX-001: low}", "names no rule"), ("severity: {MRT-PKL-001: none}", "must be info"),
    ("ignore: [{path: a}]", "until: 2027-03-31"), ("ignore: [{path: a, until: tomorrow}]", "needs the day"),
    ("a: [", "no YAML"),
  ]) func whatIsWrongIsNamed(yaml: String, reason: String) {
    #expect { try ScanPolicy(yaml: yaml) } throws: { "\($0)".contains(reason) }
  }
}

@Suite struct CertificateTests {
  private let allowance = Allowance(patterns: ["my_package.models.*"])

  @Test func itHoldsForTheSameBytesOnly() throws {
    let safe = Sample.report([("net.pkl", Sample.unvetted)], allowing: allowance)
    #expect(safe.verdict == .safe, "\(safe)")
    let certificate = try #require(Certificate(safe, allowing: allowance, at: Date()))
    #expect(certificate.artifacts[0].constructs.map(\.construct).contains("my_package.models.Net"))
    #expect(certificate.objections(to: safe) == [])
    let other = Sample.report([("net.pkl", Sample.text)], allowing: allowance)
    #expect(certificate.objections(to: other) == ["net.pkl: the certificate is not about these bytes"])
    // Without the allowance the same bytes are not safe.
    #expect(!certificate.objections(to: Sample.report([("net.pkl", Sample.unvetted)])).isEmpty)
  }

  @Test func onlyWhatIsSafeGetsOne() {
    let report = Sample.report([("a", Sample.harmful)])
    #expect(Certificate(report, allowing: .init(), at: Date()) == nil)
  }
}
