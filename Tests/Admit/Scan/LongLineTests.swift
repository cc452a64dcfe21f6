// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletEvidence
import MartletScan
import Testing

/// Python on one line of very many tokens: it is looked at in parts, whatever it nests, and nothing hides behind its length.
@Suite struct LongLineTests {
  private static func verdict(_ text: String) -> Verdict {
    Scanner().scan(bytes: Bytes(utf8: text), name: "a.py").verdict
  }

  @Test(arguments: [9_000, 40_000]) func whatStandsBehindManyStatementsIsSeen(_ count: Int) {
    let many = String(repeating: "x=1;", count: count)
    #expect(Self.verdict("import os\n" + many + "os.system('id')\n") == .unsafe)
    #expect(
      Self.verdict("import os\nx=[" + String(repeating: "1,", count: count) + "os.system('id')]\n") == .unsafe
    )
  }

  @Test func conditionsBehindConditionsAreNoRecursion() {
    #expect(
      Self.verdict("import os\n" + String(repeating: "if x:", count: 60_000) + "os.system('id')\n") != .safe)
  }

  @Test(arguments: ["getattr(a,", "a[", "f(", "globals()["]) func openBracketsTakeTimeByTheirNumber(
    _ part: String
  ) {
    // Never ended, so never run: nothing that does harm.
    #expect(Self.verdict("import os\nx=" + String(repeating: part, count: 20_000) + "\n") != .unsafe)
  }
}
