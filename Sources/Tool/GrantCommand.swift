// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletAccess
import MartletClient
import MartletLifecycle
import MartletRegistry

struct GrantCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grant",
    abstract: "Give people and services roles, deny them some, and list what they have.",
    discussion: """
      Nobody may do what no grant allows. A grant with --deny wins over every grant that allows.

      EXAMPLES
        martlet grant add anna approver --models 'scoring-*'
        martlet grant add anna predictor --models scoring-secret --deny
        martlet grant list anna
      """,
    subcommands: [Add.self, Remove.self, List.self])

  /// One grant, as it is written on the command line.
  struct Named: ParsableArguments {
    @Argument(help: "Whom it is about, as `martlet user list` shows it.")
    var name: String

    @Argument(help: "viewer, predictor, submitter, assessor, approver, operator, auditor or administrator.")
    var role: Role

    @Option(
      help:
        "The models it is about: a name, or a pattern with *. `*` alone is everything, the store included.")
    var models: String = "*"

    @Flag(help: "It denies the role.")
    var deny = false

    @OptionGroup var registry: RegistryOptions

    @Option(help: "text or json.")
    var format: OutputFormat = .text

    var summary: GrantSummary {
      GrantSummary(name: name, role: role, models: models, effect: deny ? .deny : .allow)
    }

    func validate() throws {
      guard (1...256).contains(models.utf8.count) else {
        throw ValidationError("--models must have 1 to 256 bytes, found \(models.utf8.count)")
      }
    }

    /// Says what was done.
    func say(_ state: String) throws {
      switch format {
      case .text:
        Terminal.say(
          "\(name): \(Grant(principal: "", role: role, models: models, effect: summary.effect)), \(state)")
      case .json:
        try Terminal.document([
          "name": name, "role": role.rawValue, "models": models, "effect": summary.effect.rawValue,
          "state": state,
        ])
      }
    }
  }

  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add",
      abstract: "Give somebody a role, or deny it.",
      discussion: """
        EXAMPLES
          martlet grant add anna operator
          martlet grant add line-4 predictor --models digits
        """)

    @OptionGroup var grant: Named

    func run() async throws {
      let summary = grant.summary
      try await grant.registry.withDoor { try await $0.add(summary) }
      try grant.say("added")
    }
  }

  struct Remove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "remove",
      abstract: "Take a grant away, as it was given.",
      discussion: """
        EXAMPLES
          martlet grant remove line-4 predictor --models digits
        """)

    @OptionGroup var grant: Named

    func run() async throws {
      let summary = grant.summary
      try await grant.registry.withDoor { try await $0.remove(summary) }
      try grant.say("removed")
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List the grants of everybody, or of one.",
      discussion: """
        EXAMPLES
          martlet grant list
          martlet grant list anna --format json
        """)

    @Argument(help: "Whose (default: everybody's).")
    var name: String?

    @OptionGroup var registry: RegistryOptions

    @Option(help: "text or json.")
    var format: OutputFormat = .text

    func run() async throws {
      let name = name
      let people = try await registry.withDoor { try await $0.principals() }
      if let name, !people.contains(where: { $0.name == name }) {
        throw RegistryError.noSuchPrincipal(name)
      }
      let grants = people.filter { name == nil || $0.name == name }.flatMap(\.grants)
      guard format == .text else { return try Terminal.document(grants) }
      for grant in grants {
        let words = Grant(principal: "", role: grant.role, models: grant.models, effect: grant.effect)
        Terminal.say("\(grant.name): \(words)")
      }
    }
  }
}
