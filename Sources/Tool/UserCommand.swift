// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletAccess
import MartletClient
import MartletLifecycle
import MartletRegistry

struct UserCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "user",
    abstract: "Add, list, disable and erase people and services, and give people passwords.",
    discussion: """
      Whoever is added may do nothing yet: `martlet grant add` gives rights, `martlet token create` a key.

      EXAMPLES
        martlet user add anna
        martlet user password anna
        martlet grant add anna approver --models 'scoring-*'
      """,
    subcommands: [
      Add.self, List.self, Disable.self, Enable.self, Erase.self, UserPasswordCommand.self,
      UserTOTPCommand.self,
    ])

  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add",
      abstract: "Add a person, or a service.",
      discussion: """
        EXAMPLES
          martlet user add anna
          martlet user add line-4 --service
        """)

    @Argument(help: "The name, 1 to 128 bytes.")
    var name: String

    @Flag(help: "It is a service; otherwise a person.")
    var service = false

    @OptionGroup var registry: RegistryOptions

    @Option(help: "text or json.")
    var format: OutputFormat = .text

    func run() async throws {
      let kind: Principal.Kind = service ? .service : .person
      let name = name
      let added = try await registry.withDoor { try await $0.addPrincipal(name, kind) }
      switch format {
      case .text: Terminal.say("\(name) is added, and may do nothing yet: martlet grant add '\(name)' ROLE")
      case .json: try Terminal.document(Principal(id: added.id, name: added.name, kind: added.kind))
      }
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List people and services, with what they may do.",
      discussion: """
        EXAMPLES
          martlet user list
          martlet user list --format json
        """)

    @OptionGroup var registry: RegistryOptions

    @Option(help: "text or json.")
    var format: OutputFormat = .text

    private struct Line: Encodable {
      let id: String
      let name: String
      let kind: Principal.Kind
      let added: Date
      let disabled: Date?
      let password: Bool
      let code: Bool
      let grants: [String]

      init(_ account: PrincipalSummary) {
        id = account.id
        name = account.name
        kind = account.kind
        added = account.createdAt
        disabled = account.disabledAt
        password = account.hasPassword
        code = account.hasTOTP
        grants = account.grants.map {
          Grant(
            principal: "", role: $0.role, models: $0.models, effect: $0.effect, response: $0.response
          ).description
        }.sorted()
      }
    }

    func run() async throws {
      let lines = try await registry.withDoor { try await $0.principals() }.map(Line.init)
      guard format == .text else { return try Terminal.document(lines) }
      for line in lines {
        let kind = line.kind.rawValue.padding(toLength: 7, withPad: " ", startingAt: 0)
        let notes = [
          line.disabled == nil ? nil : "disabled", line.password ? "password" : nil, line.code ? "code" : nil,
        ].compactMap { $0 }
        let grants = line.grants.isEmpty ? "may do nothing" : line.grants.joined(separator: ", ")
        Terminal.say("\(kind)  \(line.name): \(([grants] + notes).joined(separator: "; "))")
      }
    }
  }

  struct Disable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "disable",
      abstract: "Make every credential of somebody worthless, until they are enabled, and sign them out.",
      discussion: """
        EXAMPLES
          martlet user disable anna
        """)

    @OptionGroup var who: Who

    func run() async throws {
      let name = who.name
      try await who.registry.withDoor { try await $0.disable(name) }
      try who.say("disabled", "\(who.name) is disabled: none of their credentials works")
    }
  }

  struct Enable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "enable",
      abstract: "Let the credentials of somebody who was disabled work again.",
      discussion: """
        EXAMPLES
          martlet user enable anna
        """)

    @OptionGroup var who: Who

    func run() async throws {
      let name = who.name
      try await who.registry.withDoor { try await $0.enable(name) }
      try who.say("enabled", "\(who.name) is enabled")
    }
  }

  struct Erase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "erase",
      abstract: "Take somebody's name and every credential out of the store, for good.",
      discussion: """
        The log keeps the id, which then stands for somebody nobody can name: it stays intact, and what was decided stays \
        explained.

        EXAMPLES
          martlet user erase anna
        """)

    @OptionGroup var who: Who

    func run() async throws {
      let name = who.name
      let id = try await who.registry.withDoor { door in
        let id = try await door.principals().first { $0.name == name }?.id
        try await door.erase(name)
        return id
      }
      try who.say("erased", "\(name) is erased; in the log they are \(id ?? "nobody")")
    }
  }

  /// One principal, by name.
  struct Who: ParsableArguments {
    @Argument(help: "The name, as `martlet user list` shows it.")
    var name: String

    @OptionGroup var registry: RegistryOptions

    @Option(help: "text or json.")
    var format: OutputFormat = .text

    /// The store of this machine, for secrets that do not travel.
    func lifecycle() throws -> Lifecycle {
      guard !registry.namesServer else {
        throw Unusable(
          description: "secrets of people are set where the store is: leave --server and MARTLET_SERVER out")
      }
      return Lifecycle(store: try Store(.standard()))
    }

    /// Says what was done.
    func say(_ state: String, _ text: String) throws {
      switch format {
      case .text: Terminal.say(text)
      case .json: try Terminal.document(["name": name, "state": state])
      }
    }
  }
}
