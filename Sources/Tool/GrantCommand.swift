// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletAccess
import MartletLifecycle
import MartletRegistry

struct GrantCommand: ParsableCommand {
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

    @Option(help: "text or json.")
    var format: OutputFormat = .text

    var effect: Grant.Effect { deny ? .deny : .allow }

    func validate() throws {
      guard (1...256).contains(models.utf8.count) else {
        throw ValidationError("--models must have 1 to 256 bytes, found \(models.utf8.count)")
      }
    }

    /// Says what was done.
    func say(_ state: String) throws {
      switch format {
      case .text:
        Terminal.say("\(name): \(Grant(principal: "", role: role, models: models, effect: effect)), \(state)")
      case .json:
        try Terminal.document([
          "name": name, "role": role.rawValue, "models": models, "effect": effect.rawValue, "state": state,
        ])
      }
    }
  }

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add",
      abstract: "Give somebody a role, or deny it.",
      discussion: """
        EXAMPLES
          martlet grant add anna operator
          martlet grant add line-4 predictor --models digits
        """)

    @OptionGroup var grant: Named

    func run() throws {
      try Lifecycle(store: Store(.standard())).grant(
        grant.role, on: grant.models, to: grant.name, effect: grant.effect)
      try grant.say("added")
    }
  }

  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "remove",
      abstract: "Take a grant away, as it was given.",
      discussion: """
        EXAMPLES
          martlet grant remove line-4 predictor --models digits
        """)

    @OptionGroup var grant: Named

    func run() throws {
      try Lifecycle(store: Store(.standard())).removeGrant(
        grant.role, on: grant.models, from: grant.name, effect: grant.effect)
      try grant.say("removed")
    }
  }

  struct List: ParsableCommand {
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

    @Option(help: "text or json.")
    var format: OutputFormat = .text

    private struct Line: Encodable {
      let name: String
      let role: Role
      let models: String
      let effect: Grant.Effect
    }

    func run() throws {
      let registry = try Store.reading(.standard())
      let accounts: [Account]
      if let name {
        guard let one = try registry.account(named: name) else { throw RegistryError.noSuchPrincipal(name) }
        accounts = [one]
      } else {
        accounts = try registry.accounts()
      }
      let lines = accounts.flatMap { account in
        account.grants.map { ($0, account.principal.name) }
      }
      guard format == .text else {
        return try Terminal.document(
          lines.map { Line(name: $1, role: $0.role, models: $0.models, effect: $0.effect) })
      }
      for (grant, name) in lines { Terminal.say("\(name): \(grant)") }
    }
  }
}
