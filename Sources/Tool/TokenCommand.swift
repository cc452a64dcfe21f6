// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletAccess
import MartletClient
import MartletLifecycle
import MartletRegistry

struct TokenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token",
    abstract: "Make, list, replace and revoke API keys.",
    subcommands: [Create.self, List.self, Rotate.self, Revoke.self])

  struct Create: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "create",
      abstract: "Make an API key and print it, once.",
      discussion: """
        EXAMPLES
          martlet token create line-4 --role predictor --models digits --expires 90
          martlet token create shop --role predictor --models scoring --respond decimals=2,watermark
          martlet token create anna --person --role administrator
          martlet token create anna --person --role administrator --only view --only audit
        """)

    @Argument(help: "Whose key it is. A new name becomes a new principal.")
    var name: String

    @Option(help: "viewer, predictor, submitter, assessor, approver, operator, auditor or administrator.")
    var role: Role

    @Option(help: "The models it is for: a name, or a pattern with *.")
    var models: String = "*"

    @Option(help: ArgumentHelp("Days until it ends (default: never).", valueName: "days"))
    var expires: Int?

    @Option(
      help: ArgumentHelp(
        "An action that the key is for, whatever else its owner may; once for each (default: all).",
        valueName: "action"))
    var only: [Action] = []

    @Option(
      help: ArgumentHelp(
        "The models that the key is for, whatever others its owner may use; once for each (default: all).",
        valueName: "models"))
    var onlyModels: [String] = []

    @Option(
      help: ArgumentHelp(
        "How much of an answer the owner gets, as `martlet grant add --help` says it (default: as they do already, or full).",
        valueName: "parts"))
    var respond: ResponsePolicy?

    @Flag(help: "The owner is a person; otherwise a service.")
    var person = false

    @OptionGroup var registry: RegistryOptions

    @Option(help: "text or json.")
    var format: OutputFormat = .text

    func validate() throws {
      guard !name.isEmpty, name.utf8.count <= 128 else { throw ValidationError("a name has 1 to 128 bytes") }
      if let expires {
        guard (1...3_650).contains(expires) else {
          throw ValidationError("--expires must be from 1 to 3650 days, found \(expires)")
        }
      }
      if let fault = Grant(principal: "", role: role, models: models, response: respond).fault {
        throw ValidationError("--respond: \(fault)")
      }
    }

    func run() async throws {
      let order = KeyOrder(
        name: name, kind: person ? .person : .service, role: role, models: models,
        actions: only.isEmpty ? nil : only, onlyModels: onlyModels.isEmpty ? nil : onlyModels, days: expires,
        response: respond)
      try TokenCommand.show(await registry.withDoor { try await $0.makeKey(order) }, format)
    }
  }

  struct Rotate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rotate",
      abstract: "Make the key that takes the place of another, and print it, once.",
      discussion: """
        The new key has the owner, the scope and the lifetime of the old one, which goes on until it is revoked: put the new one \
        in its place first. A service has two live keys at most.

        EXAMPLES
          martlet token rotate 2bQ8vYk1LmZ0
          martlet token revoke 2bQ8vYk1LmZ0
        """)

    @Argument(help: "The old key's id, as `martlet token list` shows it.")
    var id: String

    @OptionGroup var registry: RegistryOptions

    @Option(help: "text or json.")
    var format: OutputFormat = .text

    func run() async throws {
      let id = id
      try TokenCommand.show(await registry.withDoor { try await $0.rotateKey(id) }, format)
    }
  }

  private static func show(_ key: MadeKey, _ format: OutputFormat) throws {
    switch format {
    case .text: Terminal.say(key.key)
    case .json: try Terminal.document(key)
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the keys, without their secrets.")

    @OptionGroup var registry: RegistryOptions

    @Option(help: "text or json.")
    var format: OutputFormat = .text

    func run() async throws {
      let lines = try await registry.withDoor { try await $0.keys() }
      guard format == .text else { return try Terminal.document(lines) }
      for line in lines {
        let until = line.expires.map { " until " + $0.formatted(.iso8601) } ?? ""
        let used = line.lastUsed.map { ", used " + $0.formatted(.iso8601) } ?? ""
        Terminal.say(
          "\(line.id)  \(line.state.rawValue.padding(toLength: 7, withPad: " ", startingAt: 0))  \(line.owner)\(until)\(used)"
        )
      }
    }
  }

  struct Revoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "revoke", abstract: "End a key now.")

    @Argument(help: "The key's id, as `martlet token list` shows it.")
    var id: String

    @OptionGroup var registry: RegistryOptions

    @Option(help: "text or json.")
    var format: OutputFormat = .text

    func run() async throws {
      let id = id
      try await registry.withDoor { try await $0.revokeKey(id) }
      switch format {
      case .text: Terminal.say("\(id) is revoked")
      case .json: try Terminal.document(["id": id, "state": "revoked"])
      }
    }
  }
}

extension Role: ExpressibleByArgument {}

extension Action: ExpressibleByArgument {}
