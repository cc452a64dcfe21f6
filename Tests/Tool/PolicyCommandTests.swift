// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Testing

/// `martlet policy`.
@Suite struct PolicyCommandTests {
  let place = try! Workplace()

  @Test func aPolicyIsCheckedAndItsMistakesAreSaid() async throws {
    let odd = try place.write("name: x\nrelease:\n  - require: scan.verdict == save\n", to: "odd.yaml")
    let checked = try await place.martlet("policy", "check", odd)
    #expect(checked.status == 0)
    #expect(
      checked.lines.first?.hasPrefix("warning  the rule `scan.verdict == save` compares with save") == true)
    #expect(try await place.martlet("policy", "check", odd, "--strict").status == 1)
    #expect(try await place.martlet("policy", "check", place.lenientPolicy(), "--strict").status == 0)
    let none = try place.write("name: x\nrelease: []\n", to: "none.yaml")
    #expect(try await place.martlet("policy", "check", none).status == 2)
    #expect(!FileManager.default.fileExists(atPath: place.home))
  }

  @Test func thoseThatComeWithMartletCanBeShownAndUsed() async throws {
    let listed = try await place.martlet("policy", "list")
    #expect(listed.lines.map { $0.prefix { $0 != " " } } == ["default", "minimal", "internal", "regulated"])
    for name in ["default", "minimal", "internal", "regulated"] {
      let shown = try await place.martlet("policy", "show", name)
      let copy = try place.write(shown.output, to: "\(name).yaml")
      #expect(try await place.martlet("policy", "check", copy).status == 0)
      #expect(try await place.martlet("policy", "explain", copy).output.contains("To be released"))
    }
    #expect(try await place.martlet("policy", "show", "none").status == 2)
  }

  @Test func casesPassOrDoNot() async throws {
    let policy = try place.lenientPolicy()
    func cases(_ verdict: String) -> String {
      #"{"cases":[{"expect":"yes","evidence":[{"kind":"scan","predicate":{"verdict":"\#(verdict)"}}]}]}"#
    }
    try FileManager.default.createDirectory(atPath: place("cases"), withIntermediateDirectories: false)
    try place.write(cases("safe"), to: "cases/a.json")
    let passed = try await place.martlet("policy", "test", policy, "--evidence", place("cases"))
    #expect(passed.status == 0)
    #expect(passed.lines.last == "1 of 1 case passed")
    try place.write(cases("unsafe"), to: "cases/b.json")
    let failed = try await place.martlet("policy", "test", policy, "--evidence", place("cases"))
    #expect(failed.status == 1)
    #expect(failed.output.contains("expected yes, found no: scan.verdict is unsafe"))
    #expect(try await place.martlet("policy", "test", policy, "--evidence", place("none")).status == 2)
  }

  @Test func aModelIsExplainedAndThenNoLongerServed() async throws {
    try await place.release(Example.digits, as: "digits")
    let known = try place.knowledge()
    let no = try await place.martlet("policy", "explain", "default", "--model", "digits")
    #expect(no.status == 1)
    #expect(no.output.contains("no   the evidence says nothing of robustness.clean.accuracy"))
    #expect(try place.knowledge() == known)

    let server = try await RunningServer(place)
    let viewer = try await server.newKey("anna", role: "viewer")
    #expect(try await server.ask("/v2/models/digits", key: viewer).status == 200)
    let set = try await place.martlet("policy", "set", "default")
    #expect(set.status == 1)
    // What was answered within the last half second is trusted; the decision itself is there when the command ends.
    var status = 200
    while status == 200 { status = try await server.ask("/v2/models/digits", key: viewer).status }
    #expect(status == 404)
    #expect(try await server.stop().status == 0)
    let records = try await place.records().filter { ($0["action"] as? String) == "reevaluate" }
    #expect(records.map { $0["outcome"] as? String } == ["quarantined"])
    #expect(try await place.martlet("policy", "reevaluate").output == "no version is released\n")
    try await place.expectIntactLog()
  }
}
