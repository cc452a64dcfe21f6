// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Testing

@testable import MartletBackdoor

@Suite struct NamePatternTests {
  @Test(arguments: [
    ("head.*", "head.weight", true), ("head.*", "body.head.weight", false), ("*", "", true),
    ("layer?.w", "layer3.w", true), ("layer?.w", "layer13.w", false), ("*.w*.b", "a.w.w1.b", true),
    ("", "a", false), ("a", "a", true), ("*a*a*a*b", String(repeating: "a", count: 2_000), false),
  ]) func aNameFitsOrNot(_ pattern: String, _ name: String, _ fits: Bool) {
    #expect(NamePattern(pattern).matches(name) == fits)
  }
}
