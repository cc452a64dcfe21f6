// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Testing

/// `martlet data` and `martlet assess integrity` as their users know them.
@Suite struct DataCommandTests {
  let place = try! Workplace()

  private func seal(_ data: String, as manifest: String = "data.manifest.json") async throws -> Program.Ended
  {
    if !FileManager.default.fileExists(atPath: place("data.pem")) {
      #expect(try await place.martlet("keygen", "signing", "-o", "data.pem").status == 0)
    }
    return try await place.martlet("data", "seal", data, "--key", "data.pem", "-o", manifest)
  }

  private func verify(_ data: String, _ more: String...) async throws -> Program.Ended {
    try await place.martlet(
      ["data", "verify", data, "--manifest", "data.manifest.json", "--key", "data.pem.pub"] + more)
  }

  @Test func whatChangedIsNamed() async throws {
    let sealed = try await seal(Example.creditData)
    #expect(sealed.status == 0 && sealed.output.contains("300 rows of 46 columns"), "\(sealed.errors)")
    let intact = try await verify(Example.creditData)
    #expect(intact.status == 0 && intact.output.hasPrefix("intact"), "\(intact.errors)")
    var lines = String(decoding: try Example.bytes(Example.creditData), as: UTF8.self).split(separator: "\n")
    lines[18] = "99" + lines[18].drop { $0 != "," }
    lines.remove(at: 49)
    try place.write(lines.joined(separator: "\n"), to: "changed.csv")
    let changed = try await verify("changed.csv")
    #expect(changed.status == 1, "\(changed.errors)")
    #expect(
      changed.output.contains("row 17: duration, now 99") && changed.output.contains("removed   row 48"))
    let diff = try await place.martlet("data", "diff", Example.creditData, "changed.csv")
    #expect(diff.status == 1 && diff.output.contains("row 17: duration from"), "\(diff.output)")
  }

  @Test func aRowIsProvedToOthers() async throws {
    _ = try await seal(Example.creditData)
    let proved = try await verify(Example.creditData, "--row", "17", "--proof", "row.json")
    #expect(proved.status == 0 && proved.output.contains("by 9 hashes"), "\(proved.errors)")
    let checked = try await place.martlet("data", "check-proof", "row.json", "--key", "data.pem.pub")
    #expect(checked.status == 0 && checked.output.contains("row 17 of 300 of test.csv"), "\(checked.errors)")
    let text = String(decoding: try Example.bytes(place("row.json")), as: UTF8.self)
    try place.write(text.replacing("\"row\":17", with: "\"row\":18"), to: "forged.json")
    #expect(
      try await place.martlet("data", "check-proof", "forged.json", "--key", "data.pem.pub").status == 1)
  }

  @Test func aVersionHasItsDataAsEvidence() async throws {
    _ = try await seal(Example.digitsData)
    try await place.release(Example.digits, as: "digits")
    let kept = try await verify(Example.digitsData, "--trained", "digits:1")
    #expect(kept.status == 0 && kept.output.contains("evidence"), "\(kept.errors)")
    let shown = try await place.martlet("show", "digits")
    let digest = try #require(kept.output.firstMatch(of: /digest (?<digest>[0-9a-f]{64})/)?.digest)
    #expect(shown.output.contains("data       \(digest)"), "\(shown.output)")
    try await place.expectIntactLog()
    try place.write(
      "name: data\nrelease:\n  - require: data.rows >= 1000\n", to: "data policy.yaml")
    let checked = try await place.martlet("policy", "check", "data policy.yaml")
    #expect(checked.status == 0, "\(checked.output)\(checked.errors)")
  }

  @Test func badDataLeaveNothingBehind() async throws {
    _ = try await seal(Example.creditData)
    for (text, words) in [
      ("a,b\n1,2\n3\n", "row 1 (line 3), column 'b'"),
      ("a,b\n1,x\n2,nan\n3,4\nx,5\n", "row 3 (line 5), column 'a'"),
      ("a,a\n1,2\n", "'a' twice"), ("a,b\n1,inf\n", "found infinity"),
    ] {
      try place.write(text, to: "bad.csv")
      let ended = try await seal("bad.csv", as: "bad.manifest.json")
      #expect(ended.status == 2 && ended.errors.contains(words), "\(ended.errors)")
      #expect(ended.errors.split(separator: "\n").count == 1)
      let names = try FileManager.default.contentsOfDirectory(atPath: place.path)
      #expect(!names.contains { $0.hasPrefix("bad.manifest") || $0.hasPrefix(".martlet-") })
    }
  }

  @Test func driftIsCalledAndProfilesAreWritten() async throws {
    let same = try await place.martlet("data", "drift", Example.creditData, Example.creditData)
    #expect(same.status == 0 && same.output.hasPrefix("stable"), "\(same.errors)")
    let page = try await place.martlet(
      "data", "profile", Example.creditData, "--format", "html", "-o", "profile.html")
    #expect(page.status == 0, "\(page.errors)")
    #expect(String(decoding: try Example.bytes(place("profile.html")), as: UTF8.self).contains("<svg"))
  }

  @Test func suspiciousRowsAreLeftOut() async throws {
    _ = try await seal(Example.creditData)
    let rows = (0..<120).map { row in
      let label = row % 2
      // Every twelfth label is wrong.
      let given = row % 12 == 7 ? 1 - label : label
      return "\(label * 10 + row % 5),\(row % 7),\(given)\n"
    }
    try place.write("a,b,y\n" + rows.joined(), to: "train.csv")
    let found = try await place.martlet(
      "assess", "integrity", "--data", "train.csv", "--remove", "clean.csv", "--key", "data.pem", "--format",
      "json")
    #expect(found.status == 1, "\(found.errors)")
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(found.output.utf8)) as? [String: Any])
    let suspicious = try #require(document["suspicious"] as? [[String: Any]])
    #expect(Set(suspicious.compactMap { $0["row"] as? Int }).isSuperset(of: stride(from: 7, to: 120, by: 12)))
    let checked = try await place.martlet(
      "data", "verify", "clean.csv", "--manifest", "clean.csv.manifest.json", "--key", "data.pem.pub")
    #expect(checked.status == 0, "\(checked.output)\(checked.errors)")
    let missing = try await place.martlet("assess", "integrity", "--data", "train.csv", "--label", "risk")
    #expect(missing.status == 2 && missing.errors.contains("expected a column 'risk'"), "\(missing.errors)")
  }
}
