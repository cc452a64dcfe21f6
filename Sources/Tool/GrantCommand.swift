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
        martlet grant add shop predictor --models scoring --respond decimals=2,top=3
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

    var summary: GrantSummary { summary(response: nil) }

    func summary(response: ResponsePolicy?) -> GrantSummary {
      GrantSummary(
        name: name, role: role, models: models, effect: deny ? .deny : .allow, response: response)
    }

    func validate() throws {
      guard (1...256).contains(models.utf8.count) else {
        throw ValidationError("--models must have 1 to 256 bytes, found \(models.utf8.count)")
      }
    }

    /// Says what was done.
    func say(_ state: String, response: ResponsePolicy? = nil) throws {
      switch format {
      case .text:
        let grant = Grant(
          principal: "", role: role, models: models, effect: summary.effect, response: response)
        Terminal.say("\(name): \(grant), \(state)")
      case .json:
        try Terminal.document(
          Document(
            name: name, role: role, models: models, effect: summary.effect, response: response, state: state))
      }
    }

    private struct Document: Encodable {
      let name: String
      let role: Role
      let models: String
      let effect: Grant.Effect
      let response: ResponsePolicy?
      let state: String
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
          martlet grant add shop predictor --models scoring --respond label-only,watermark
          martlet grant add shop predictor --models scoring --respond full   whole answers again
        """)

    @OptionGroup var grant: Named

    @Option(
      help: ArgumentHelp(
        "How much of an answer it gives: label-only, decimals=N, top=N, temperature=T and watermark with commas between them, or full (default: as it is, or full).",
        discussion:
          "Of several grants that let somebody ask a model, each takes away what it says.", valueName: "parts"
      ))
    var respond: ResponsePolicy?

    func validate() throws {
      let wanted = Grant(
        principal: "", role: grant.role, models: grant.models, effect: grant.summary.effect, response: respond
      )
      if let fault = wanted.fault { throw ValidationError("--respond: \(fault)") }
    }

    func run() async throws {
      let summary = grant.summary(response: respond)
      try await grant.registry.withDoor { try await $0.add(summary) }
      try grant.say("added", response: respond)
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
        let words = Grant(
          principal: "", role: grant.role, models: grant.models, effect: grant.effect,
          response: grant.response)
        Terminal.say("\(grant.name): \(words)")
      }
    }
  }
}

extension ResponsePolicy: ExpressibleByArgument {
  /// - Returns: nil for what is no response, as ``init(text:)`` says it.
  package init?(argument: String) {
    do throws(ResponseFault) { try self.init(text: argument) } catch { return nil }
  }
}
