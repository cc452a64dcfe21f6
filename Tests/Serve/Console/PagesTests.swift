// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import HummingbirdTesting
import MartletAccess
import MartletEvidence
import MartletGate
import MartletLog
import MartletRegistry
import Testing

@testable import MartletConsole
@testable import MartletLifecycle

@Suite struct PagesTests {
  let fixture: ConsoleFixture

  init() throws { fixture = try ConsoleFixture() }

  @Test func theHomePageShowsWhatNeedsSomebodyFirst() async throws {
    try fixture.version("digits")
    try fixture.version("forest", released: false)
    let finding = Finding(rule: "MRT-PKL-001", severity: .critical, message: "it calls os.system")
    let digest = try fixture.refusal("pickled", finding)
    let key = try fixture.key(.viewer)
    try await fixture.visit { browser in
      let html = try await browser.signIn(key).html
      #expect(html.contains("1 of 2 models answer."))
      let concern = try #require(
        html.firstMatch(
          of: #/<section class="group" aria-labelledby="group-failed">.*?<\/section>/#.dotMatchesNewlines()))
      #expect(concern.output.contains(#"href="/models/forest/1""#))
      #expect(
        concern.output.contains(
          "robustness.linf[0.1].accuracy is 0.1, and robustness.linf[0.1].accuracy &gt;= 0.2"))
      #expect(!html.contains(#"href="/models/digits/1""#))
      let models = try await browser.get("/models").html
      #expect(models.contains(#"href="/models/digits/1""#) && models.contains(#"href="/models/forest/1""#))
      let line = try await browser.get("/models/forest").html
      #expect(line.contains("No version of it answers.") && line.contains(#"href="/models/forest/1""#))
      #expect(html.contains("It calls os.system."))
      let refused = try await browser.get("/models/pickled/refused/\(digest.hex)")
      #expect(refused.status == .ok && refused.html.contains("MRT-PKL-001"))
      // Neither a name it was not offered as nor a version has that page.
      #expect(try await browser.get("/models/digits/refused/\(digest.hex)").status == .notFound)
    }
  }

  @Test func theVersionPageShowsTheEvidenceTheReasonsAndTheCommand() async throws {
    let version = try fixture.version("digits")
    let key = try fixture.key(.auditor)
    try await fixture.visit { [fixture] browser in
      try await browser.signIn(key)
      let html = try await browser.get("/models/digits/1").html
      for expected in [
        "It is released and answers questions.", "age1recipient", "97.0 %", "95 % interval 5.0 % to 50.0 %",
        "scan.verdict is safe", "1 of 1 check found nothing wrong", version.digest.hex,
        "/v2/models/digits/versions/1/infer",
        #"-d &#39;{&quot;inputs&quot;:&quot;digits&#39;\&#39;&#39;s&quot;}&#39;"#,
        "In the log", "<b>release</b>",
      ] { #expect(html.contains(expected), "\(expected)") }
      for evidence in try fixture.lifecycle.store.registry.evidence(about: version.digest) {
        #expect(html.contains(evidence.id.hex))
      }
    }
  }

  @Test func aViewerOfOneModelSeesNeitherAnotherNorTheLog() async throws {
    try fixture.version("digits")
    try fixture.version("secret-plan", byte: 2)
    let finding = Finding(rule: "MRT-PKL-001", severity: .critical, message: "bad")
    let refused = try fixture.refusal("secret-pickle", finding)
    let key = try fixture.key(.viewer, on: "digits")
    try await fixture.visit { browser in
      let home = try await browser.signIn(key).html
      let models = try await browser.get("/models").html
      #expect(models.contains("digits") && !models.contains("secret") && !home.contains("secret"))
      for hidden in ["/log", "/policy", "/people", "/traffic", "/upload"] {
        #expect(!home.contains("href=\"\(hidden)\""))
        #expect(try await browser.get(hidden).status == .forbidden)
      }
      #expect(try await browser.get("/models/secret-plan").status == .forbidden)
      let page = try await browser.get("/models/digits/1")
      #expect(page.status == .ok && !page.html.contains("In the log"))
      // What is there and what is not look the same.
      let there = try await browser.get("/models/secret-plan/1")
      let nowhere = try await browser.get("/models/nowhere/1")
      #expect(there.status == .forbidden && there.html == nowhere.html)
      #expect(try await browser.get("/models/secret-pickle/refused/\(refused.hex)").status == .forbidden)
      #expect(try await browser.get("/log").status == .forbidden)
    }
    let denied = try await fixture.records().filter { $0.outcome == "denied" }
    #expect(
      denied.map(\.action) == [
        "console.audit", "console.audit", "console.administer", "console.audit", "console.submit",
        "console.view",
        "console.view", "console.view", "console.view", "console.audit",
      ])
  }

  @Test func whoAuditsOneModelSeesItsEntriesButNotTheWholeLog() async throws {
    try fixture.version("digits")
    let key = try fixture.key(.auditor, on: "digits")
    try await fixture.visit { browser in
      try await browser.signIn(key)
      #expect(try await browser.get("/models/digits/1").html.contains("In the log"))
      #expect(try await browser.get("/log").status == .forbidden)
    }
  }

  @Test func theLogPageShowsTheCheckpointAndLeadsToOlderEntries() async throws {
    let key = try fixture.key(.auditor)
    try await fixture.visit { [fixture] browser in
      try await browser.signIn(key)
      let size = try fixture.lifecycle.logPage(count: 1).checkpoint.size
      try fixture.lifecycle.store.record(
        (0..<60).map { Record("test.entry", outcome: "number \($0)", by: "x", at: Date()) })
      let root = "\(try fixture.lifecycle.logPage(count: 1).checkpoint.root)"
      let newest = try await browser.get("/log").html
      #expect(newest.contains(root))
      #expect(newest.contains("number 59<") && newest.contains("number 10<") && !newest.contains("number 9<"))
      let link = "/log?before=\(size + 10)"
      #expect(newest.contains(#"href="\#(link)""#))
      let older = try await browser.get(link).html
      #expect(older.contains("number 9<") && !older.contains("number 10<"))
      #expect(try await browser.get("/log?before=0").html.contains("No entries"))
      #expect(try await browser.get("/log?before=18446744073709551615").status == .ok)
      #expect(try await browser.get("/log?before=-1").status == .notFound)
    }
  }

  @Test func theLogIsSearchedByWhatWhoModelAndDay() async throws {
    try fixture.version("digits")
    try fixture.version("forest", byte: 2)
    let key = try fixture.lifecycle.makeKey(for: "anna", kind: .person, role: .auditor)
    let anna = try fixture.lifecycle.account(named: "anna").principal.id
    try fixture.lifecycle.store.record(
      (0..<120).map {
        Record(
          "test.entry", outcome: "number \($0)", by: $0 == 7 ? anna : "x", model: "m\($0 % 2)", at: Date())
      })
    try await fixture.visit { browser in
      try await browser.signIn(key)
      func found(_ query: String) async throws -> String { try await browser.get("/log?" + query).html }
      let first = try await found("action=test&model=m1")
      #expect(first.contains("50 entries") && first.contains("number 119<") && !first.contains("number 118<"))
      let link = try #require(first.firstMatch(of: #/href="(\/log\?[^"]*before=\d+)">Older/#)).1
      let second = try await browser.get(String(link).replacing("&amp;", with: "&")).html
      #expect(
        second.contains("number 19<") && !second.contains("number 21<") && second.contains("10 entries"))
      #expect(try await found("principal=anna&action=test.entry").contains("1 entry"))
      #expect(try await found("principal=\(anna)&action=test").contains("number 7<"))
      #expect(try await found("outcome=number%203").contains("1 entry"))
      #expect(try await found("action=test&until=2026-01-01").contains("No entries"))
      #expect(try await found("action=test&since=2026-01-01").contains("50 entries"))
      #expect(try await browser.get("/log?since=yesterday").status == .badRequest)
    }
  }

  @Test func anEntryIsProvedForWhoMayReadIt() async throws {
    try fixture.version("digits")
    let (all, one) = (try fixture.key(.auditor), try fixture.key(.auditor, on: "digits"))
    let entries = try fixture.lifecycle.logPage(count: 100).entries
    let release = try #require(entries.first { $0.record?.model == "digits" }).index
    let token = try #require(entries.first { $0.record?.action == "token.create" }).index
    try await fixture.visit { [fixture] browser in
      for (key, mayAll) in [(all, true), (one, false)] {
        let browser = browser.stranger()
        try await browser.signIn(key)
        let page = try await browser.get("/log/\(release)")
        #expect(page.status == .ok && page.html.contains("release") && page.html.contains("checked"))
        let file = try await browser.get("/log/\(release)/proof")
        #expect(file.headers[.contentDisposition] == "attachment; filename=\"entry-\(release).tlog-proof\"")
        let proof = try TlogProof(parsing: Array(file.html.utf8))
        let entry = try #require(proof.extra)
        _ = try proof.verify(
          entry: entry.span, key: LogVerifierKey(fixture.lifecycle.logVerifierKey), policy: WitnessPolicy())
        #expect(try await browser.get("/log/\(token)").status == (mayAll ? .ok : .forbidden))
        #expect(try await browser.get("/log/\(token)/proof").status == (mayAll ? .ok : .forbidden))
        for nowhere in ["999999", "-1", "x", "18446744073709551616"] {
          #expect(try await browser.get("/log/\(nowhere)").status == (mayAll ? .notFound : .forbidden))
        }
      }
    }
  }

  @Test func evidenceIsGivenWholeToWhoMayAudit() async throws {
    let version = try fixture.version("digits")
    let (auditor, viewer) = (try fixture.key(.auditor), try fixture.key(.viewer))
    let piece = try fixture.lifecycle.store.registry.evidence(about: version.digest)[0]
    try await fixture.visit { browser in
      let path = "/models/digits/1/evidence/\(piece.id.hex)"
      try await browser.signIn(auditor)
      let answer = try await browser.get(path)
      #expect(try JSONDecoder().decode(Envelope.self, from: Data(answer.html.utf8)) == piece.envelope)
      #expect(try await browser.get("/models/digits/1/evidence/00").status == .notFound)
      let other = browser.stranger()
      try await other.signIn(viewer)
      #expect(try await other.get(path).status == .forbidden)
    }
  }

  @Test func aChangedLogIsSaidToBeChanged() async throws {
    try fixture.version("digits")
    let key = try fixture.key(.auditor)
    let bundles = fixture.logDirectory + "/tile/entries"
    try await fixture.visit { browser in
      try await browser.signIn(key)
      let files = try FileManager.default.subpathsOfDirectory(atPath: bundles).map { bundles + "/" + $0 }
      for file in files {
        guard var bytes = FileManager.default.contents(atPath: file) else { continue }
        bytes[10] ^= 1
        try bytes.write(to: URL(fileURLWithPath: file))
      }
      let log = try await browser.get("/log")
      #expect(log.status == .internalServerError)
      #expect(log.html.contains("The log is not as it was signed."))
      #expect(try await browser.get("/models/digits/1").html.contains("The log is not as it was signed."))
    }
  }

  @Test func evidenceOfAnotherSignerIsNotBelieved() async throws {
    let version = try fixture.version("digits", released: false)
    let other = try ConsoleFixture()
    let forged = try other.version("digits")
    #expect(forged.digest == version.digest)
    let store = fixture.lifecycle.store
    try store.registry.move(
      model: "digits", digest: version.digest, to: .released,
      evidence: try other.lifecycle.store.registry.evidence(about: forged.digest))
    let key = try fixture.key(.viewer)
    try await fixture.visit { browser in
      let home = try await browser.signIn(key).html
      #expect(home.contains("The one model does not answer yet."))
      let page = try await browser.get("/models/digits/1").html
      #expect(page.contains("5 stored pieces of evidence are not signed by this store"))
      #expect(!page.contains("answers questions") && !page.contains("curl"))
    }
  }
}
