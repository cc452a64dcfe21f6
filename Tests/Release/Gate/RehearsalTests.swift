// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletGate
import Testing

@Suite struct RehearsalTests {
  let now = Date(timeIntervalSince1970: 1_795_478_400)
  static let policy = """
    name: x
    environments: [production]
    release:
      - id: harmless
        require: scan.verdict == safe
        maximumAge: 30d
      - require: scan.rules == current
    approvals: {count: 1, role: approver, maximumAge: 5d}
    """

  func outcomes(_ json: String, policy: String = policy) throws -> [Rehearsal.Outcome] {
    try Rehearsal(json: Array(json.utf8))
      .outcomes(of: Policy(yaml: policy), at: now, editions: ["scan.rules": "2026.3"])
  }

  static let scan = #"{"kind":"scan","age":"3d","predicate":{"verdict":"safe","rules":"2026.3"}}"#
  static func one(_ expect: String, scan: String = scan, approval: String = #""age":"1d""#) -> String {
    """
    {"cases":[{"name":"one","environment":"production","submitter":"bert","evidence":[\(scan)],
      "approvals":[{"principal":"anna","roles":["approver"],\(approval)}],\(expect)}]}
    """
  }

  @Test(arguments: [
    one(#""expect":"yes""#), one(#""expect":"no","failing":["approvals"]"#, approval: #""age":"6d""#),
    one(#""expect":"no","failing":["approvals"]"#, approval: #""stale":true"#),
    one(#""expect":"no","failing":["harmless"]"#, scan: scan.replacing("3d", with: "31d")),
    one(#""expect":"no","failing":["scan.rules == current"]"#, scan: scan.replacing("2026.3", with: "1")),
  ])
  func whatIsExpectedAndFoundPasses(_ json: String) throws {
    let outcomes = try outcomes(json)
    #expect(outcomes.map(\.name) == ["one"])
    #expect(outcomes.map(\.problem) == [nil])
    #expect(outcomes[0].passed)
  }

  @Test func whatIsOtherwiseIsSaid() throws {
    #expect(try outcomes(Self.one(#""expect":"no""#))[0].problem == "expected no, found yes")
    let old = Self.scan.replacing("3d", with: "31d")
    let wrong = try outcomes(Self.one(#""expect":"yes""#, scan: old))[0]
    #expect(!wrong.passed)
    #expect(wrong.problem?.contains("too old") == true)
    let other = try outcomes(Self.one(#""expect":"no","failing":["approvals"]"#, scan: old))[0]
    #expect(other.problem == "expected no from `approvals`, found it from `harmless`")
  }

  @Test(arguments: [
    "", "[]", "{}", #"{"cases":[]}"#, #"{"cases":[{}]}"#, #"{"cases":[{"expect":"perhaps"}]}"#,
    #"{"cases":[{"expect":"yes","evidences":[]}]}"#, #"{"cases":[{"expect":"yes","evidence":[{}]}]}"#,
    #"{"cases":[{"expect":"yes","evidence":[{"kind":"scan","age":"old"}]}]}"#,
    #"{"cases":[{"expect":"yes","evidence":[{"kind":"scan","signer":"lab"}]}]}"#,
    #"{"cases":[{"expect":"yes","transition":"jump"}]}"#,
  ])
  func whatIsNoTestIsRefused(_ json: String) {
    #expect(throws: RehearsalError.self) { try outcomes(json) }
  }
}
