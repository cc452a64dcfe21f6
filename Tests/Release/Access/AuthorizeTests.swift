// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAccess
import Testing

@Suite struct AuthorizeTests {
  let anna = Principal(id: "p1", name: "anna", kind: .person)

  @Test func nothingIsAllowedWithoutAGrant() {
    for action in Action.allCases {
      #expect(!authorize(anna, action, .model("digits"), context: .init(grants: [])).allowed)
      let another = Grant(principal: "p2", role: .administrator)
      #expect(!authorize(anna, action, .model("digits"), context: .init(grants: [another])).allowed)
    }
  }

  @Test func denyWinsOverEveryAllowInAnyOrder() {
    for role in Role.allCases {
      for action in role.actions {
        let allow = Grant(principal: "p1", role: .administrator)
        let deny = Grant(principal: "p1", role: role, models: "dig*", effect: .deny)
        #expect(!authorize(anna, action, .model("digits"), context: .init(grants: [allow, deny])).allowed)
        #expect(!authorize(anna, action, .model("digits"), context: .init(grants: [deny, allow])).allowed)
        #expect(authorize(anna, action, .model("faces"), context: .init(grants: [deny, allow])).allowed)
      }
    }
  }

  @Test func oneMoreAllowNeverTakesAway() {
    let grants = Role.allCases.map { Grant(principal: "p1", role: $0, models: "digits") }
    for count in grants.indices {
      for action in Action.allCases {
        let fewer = authorize(anna, action, .model("digits"), context: .init(grants: Array(grants[..<count])))
          .allowed
        let more = authorize(anna, action, .model("digits"), context: .init(grants: Array(grants[...count])))
          .allowed
        #expect(more || !fewer)
      }
    }
  }

  @Test(arguments: [
    ("digits", "digits", true), ("digits", "digits2", false), ("dig*", "digits", true), ("*", "", true),
    ("*its", "digits", true), ("d*g*s", "digits", true), ("d*g*x", "digits", false), ("", "digits", false),
    ("a*a*a*a*a*a*a*a*b", String(repeating: "a", count: 2_000), false),
  ])
  func patternsMatchNames(pattern: String, name: String, expected: Bool) {
    let grant = Grant(principal: "p1", role: .predictor, models: pattern)
    #expect(authorize(anna, .predict, .model(name), context: .init(grants: [grant])).allowed == expected)
  }

  @Test func aGrantOnOneModelIsNoneOnTheStore() {
    let grant = Grant(principal: "p1", role: .administrator, models: "digits")
    #expect(!authorize(anna, .administer, .everything, context: .init(grants: [grant])).allowed)
    #expect(authorize(anna, .administer, .model("digits"), context: .init(grants: [grant])).allowed)
  }
}
