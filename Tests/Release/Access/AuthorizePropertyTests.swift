// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAccess
import Testing

/// What holds for every set of grants, tried on thousands of random ones over names and patterns that interact.
@Suite struct AuthorizePropertyTests {
  static let people = ["p1", "p2", "p3"].map { Principal(id: $0, name: "of " + $0, kind: .person) }
  static let names = ["", "a", "b", "ab", "ba", "aab", "a*", "*"]
  static let patterns = ["*", "**", "a", "b", "a*", "*a", "a*b", "*b*", "ab", ""]
  static let resources = [Resource.everything] + names.map(Resource.model)

  static func grant(_ random: inout SeededGenerator, effect: Grant.Effect? = nil) -> Grant {
    Grant(
      principal: people.randomElement(using: &random)!.id, role: Role.allCases.randomElement(using: &random)!,
      models: patterns.randomElement(using: &random)!,
      effect: effect ?? (Int.random(in: 0..<4, using: &random) == 0 ? .deny : .allow))
  }

  static func grants(_ random: inout SeededGenerator) -> [Grant] {
    (0..<Int.random(in: 0...6, using: &random)).map { _ in grant(&random) }
  }

  static func scope(_ random: inout SeededGenerator) -> Scope {
    Scope(
      actions: ActionSet(Action.allCases.filter { _ in Bool.random(using: &random) }),
      models: (0...1).map { _ in NamePattern(patterns.randomElement(using: &random)!) })
  }

  /// Everything that somebody may, under these grants.
  static func rights(_ principal: Principal, _ context: AccessContext) -> Set<String> {
    var rights: Set<String> = []
    for resource in resources {
      for action in Action.allCases where authorize(principal, action, resource, context: context).allowed {
        rights.insert("\(action) \(resource)")
      }
    }
    return rights
  }

  @Test func aDenyTakesAwayAllThatItsRoleAllowsAndGivesNothing() {
    var random = SeededGenerator(1)
    for _ in 0..<400 {
      let grants = Self.grants(&random)
      let deny = Self.grant(&random, effect: .deny)
      for person in Self.people {
        let before = Self.rights(person, .init(grants: grants))
        let after = Self.rights(person, .init(grants: (grants + [deny]).shuffled(using: &random)))
        #expect(after.isSubset(of: before))
        guard deny.principal == person.id else {
          #expect(after == before)
          continue
        }
        for resource in Self.resources where deny.pattern.covers(resource) {
          for action in deny.role.actions { #expect(!after.contains("\(action) \(resource)")) }
        }
      }
    }
  }

  @Test func rolesAreMonotone() {
    var random = SeededGenerator(2)
    for _ in 0..<400 {
      let grants = Self.grants(&random)
      let allow = Self.grant(&random, effect: .allow)
      for person in Self.people {
        let before = Self.rights(person, .init(grants: grants))
        #expect(Self.rights(person, .init(grants: grants + [allow])).isSuperset(of: before))
      }
    }
    for role in Role.allCases {
      #expect(role.actions.contains(.view))
      #expect(role.actions.isSubset(of: Role.administrator.actions))
    }
  }

  @Test func theOrderOfGrantsPlaysNoPart() {
    var random = SeededGenerator(3)
    for _ in 0..<400 {
      let grants = Self.grants(&random)
      for person in Self.people {
        #expect(
          Self.rights(person, .init(grants: grants))
            == Self.rights(person, .init(grants: grants.shuffled(using: &random))))
      }
    }
  }

  @Test func aScopeOnlyNarrows() {
    var random = SeededGenerator(4)
    for _ in 0..<400 {
      let grants = Self.grants(&random)
      let scope = Self.scope(&random)
      for person in Self.people {
        let narrowed = Self.rights(person, .init(grants: grants, scope: scope))
        #expect(narrowed.isSubset(of: Self.rights(person, .init(grants: grants))))
      }
    }
  }

  @Test func nobodyGetsMoreByAGrantThanWhoeverGaveItAdministers() {
    var random = SeededGenerator(5)
    var changes = 0
    for _ in 0..<6_000 {
      let grants = Self.grants(&random)
      let actor = Self.people.randomElement(using: &random)!
      let context = AccessContext(
        grants: grants, scope: Bool.random(using: &random) ? .unlimited : Self.scope(&random))
      let removed = grants.randomElement(using: &random)
      let change =
        removed != nil && Bool.random(using: &random)
        ? GrantChange(.remove, removed!) : GrantChange(.add, Self.grant(&random))
      guard change.authorized(by: actor, context: context).allowed else { continue }
      changes += 1
      let after = change.kind == .add ? grants + [change.grant] : grants.filter { $0 != change.grant }
      for person in Self.people {
        let gained = Self.rights(person, .init(grants: after)).subtracting(
          Self.rights(person, .init(grants: grants)))
        for resource in Self.resources {
          guard Action.allCases.contains(where: { gained.contains("\($0) \(resource)") }) else { continue }
          #expect(
            authorize(actor, .administer, resource, context: context).allowed,
            "\(actor.id) of \(grants) gave \(change.grant) to \(change.grant.principal)")
        }
      }
    }
    #expect(changes > 100)
  }

  @Test func whoHasARoleMayAllThatItAllows() {
    var random = SeededGenerator(6)
    for _ in 0..<400 {
      let grants = Self.grants(&random)
      for person in Self.people {
        let rights = Self.rights(person, .init(grants: grants))
        for resource in Self.resources {
          for role in heldRoles(of: person, on: resource, grants: grants) {
            for action in role.actions { #expect(rights.contains("\(action) \(resource)")) }
          }
        }
      }
    }
  }

  @Test func whatOnePatternContainsItCoversAndWhatOverlapsMeets() {
    for one in Self.patterns.map(NamePattern.init) {
      for two in Self.patterns.map(NamePattern.init) {
        let covered = Self.resources.filter(two.covers)
        if one.contains(two) { #expect(covered.allSatisfy(one.covers), "\(one) \(two)") }
        let meet = Self.names.contains { one.matches($0) && two.matches($0) }
        if meet { #expect(one.overlaps(two), "\(one) \(two)") }
        #expect(one.overlaps(two) == two.overlaps(one))
      }
    }
    #expect(!NamePattern("a*").overlaps(NamePattern("b*")))
    #expect(!NamePattern("**").contains(.everything))
  }

  @Test func nobodyTakesAwayWhatDeniesThemselves() {
    let administrator = Grant(principal: "p1", role: .administrator)
    let deny = Grant(principal: "p1", role: .viewer, models: "a", effect: .deny)
    let context = AccessContext(grants: [administrator, deny])
    let own = GrantChange(.remove, deny).authorized(by: Self.people[0], context: context)
    #expect(own.basis == .ownDenial)
    let another = Grant(principal: "p2", role: .administrator)
    #expect(
      GrantChange(.remove, deny).authorized(by: Self.people[1], context: .init(grants: [another])).allowed)
  }

  @Test func nobodyApprovesTheirOwn() {
    let context = AccessContext(
      grants: [Grant(principal: "p1", role: .administrator)], submitter: "p1")
    #expect(authorize(Self.people[0], .approve, .model("a"), context: context).basis == .ownSubmission)
    #expect(authorize(Self.people[0], .view, .model("a"), context: context).allowed)
  }

  @Test func anExplanationNamesEveryGrantAndItsWeight() {
    let grants = [
      Grant(principal: "p1", role: .viewer), Grant(principal: "p1", role: .predictor, models: "b"),
      Grant(principal: "p1", role: .predictor, models: "a*"),
      Grant(principal: "p1", role: .operator, models: "a", effect: .deny),
    ]
    let explained = AccessExplanation(Self.people[0], .predict, .model("a"), context: .init(grants: grants))
    #expect(!explained.decision.allowed)
    #expect(explained.decision.reason == "denied the role operator on a")
    #expect(
      explained.lines.map { $0.meaning(for: .predict, .model("a")) } == [
        "does not include to predict", "does not cover model a", "allows it",
        "denies it, and wins over what allows it",
      ])
  }
}
