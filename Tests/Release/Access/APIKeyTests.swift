// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAccess
import Testing

@Suite struct APIKeyTests {
  @Test func whatWasShownOnceOpensAndNothingElseDoes() throws {
    let key = APIKey.generate()
    let shown = key.reveal()
    let presented = try #require(APIKey(presented: shown))
    #expect(presented.id == key.id)
    #expect(presented.matches(key.secretDigest))
    #expect(!APIKey.generate().matches(key.secretDigest))
    #expect(!"\(key)".contains(shown.suffix(20)))
  }

  @Test func aTypingErrorAnywhereIsNoticed() {
    let shown = Array(APIKey.generate().reveal())
    for index in shown.indices {
      var wrong = shown
      wrong[index] = wrong[index] == "x" ? "y" : "x"
      #expect(APIKey(presented: String(wrong)) == nil, "letter \(index)")
    }
  }

  @Test(arguments: ["", "mk", "mk___", "Bearer", String(repeating: "a", count: 10_000), "mk_live_é_é"])
  func whatIsNoKeyIsRefused(_ text: String) {
    #expect(APIKey(presented: text) == nil)
  }
}
